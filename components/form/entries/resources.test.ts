import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FormObject, FormValue } from '#lib/domain/form/form-model.ts'
import { NEW_RESOURCE, readResources, resourceFaults, withAmount, writeResources } from './resources.ts'

const amounts = fc.option(
  fc.dictionary(
    fc.constantFrom('cpu', 'memory', 'nvidia.com/gpu', 'ephemeral-storage'),
    fc.oneof(fc.constantFrom('500m', '2', '4Gi'), fc.integer({ min: 1, max: 64 })),
    { noNullPrototype: true },
  ),
  { nil: null },
)
const resources: fc.Arbitrary<FormValue> = fc.option(
  fc.record(
    { requests: amounts, limits: amounts, claims: fc.constant<FormValue>([]) },
    { requiredKeys: [], noNullPrototype: true },
  ) as fc.Arbitrary<FormObject>,
  { nil: null },
)

describe('resources', () => {
  test('what nobody touched is written as it was', () => {
    fc.assert(
      fc.property(resources, (value) => {
        expect(JSON.stringify(writeResources(readResources(value), value, value))).toBe(JSON.stringify(value))
      }),
    )
  })

  test('an amount typed and emptied again leaves what was there, null and absent included', () => {
    fc.assert(
      fc.property(
        fc.oneof(resources, fc.constant(undefined)),
        fc.constantFrom('requests' as const, 'limits' as const),
        (initial, side) => {
          const typed = withAmount(initial, initial, side, 'example.com/fpga', '1')
          const emptied = withAmount(typed, initial, side, 'example.com/fpga', '')
          expect(emptied ?? null).toEqual(initial ?? null)
        },
      ),
    )
  })

  test('a number stays one, a text stays as it is typed', () => {
    const value = { limits: { cpu: 2 } }
    expect(withAmount(value, value, 'limits', 'cpu', '3')).toEqual({ limits: { cpu: 3 } })
    expect(withAmount(value, value, 'limits', 'cpu', '500m')).toEqual({ limits: { cpu: '500m' } })
    expect(withAmount(value, value, 'requests', 'memory', '1.0Gi')).toEqual({
      limits: { cpu: 2 },
      requests: { memory: '1.0Gi' },
    })
  })

  test('the last amount taken out leaves nothing', () => {
    const value = { limits: { cpu: '2' } }
    expect(withAmount(value, value, 'limits', 'cpu', '')).toBeUndefined()
  })

  test('a resource can be renamed', () => {
    const value = { requests: { 'nvidia.com/gpu': 1 } }
    const rows = readResources(value).map((row) =>
      row.name === 'nvidia.com/gpu' ? { ...row, name: 'amd.com/gpu' } : row,
    )
    expect(writeResources(rows, value, value)).toEqual({ requests: { 'amd.com/gpu': '1' } })
  })

  test('amounts without a name, doubles and hostile names are told and not written', () => {
    const rows = [
      { ...NEW_RESOURCE, name: 'cpu', limits: '1' },
      { ...NEW_RESOURCE, name: 'cpu', limits: '2' },
      { ...NEW_RESOURCE, limits: '3' },
      { ...NEW_RESOURCE, name: '__proto__', limits: '4' },
      NEW_RESOURCE,
    ]
    expect([...resourceFaults(rows)]).toEqual([
      [1, 'duplicate'],
      [2, 'key'],
      [3, 'key'],
    ])
    expect(writeResources(rows, undefined, undefined)).toEqual({ limits: { cpu: '1' } })
  })
})
