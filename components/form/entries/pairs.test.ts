import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FormValue } from '#lib/domain/form/form-model.ts'
import { LIST_FORMAT, MAP_FORMAT, NEW_PAIR } from './pairs.ts'

const text = fc.string({ maxLength: 8 })
const map = fc.dictionary(text, fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null)), {
  noNullPrototype: true,
})
const list = fc.array(
  fc.oneof(
    fc.record({ key: text, value: text, extra: fc.integer() }, { requiredKeys: [] }),
    text,
    fc.integer(),
  ),
  { minLength: 1, maxLength: 6 },
)

describe('a map', () => {
  test('reading and writing changes nothing, whatever the values are', () => {
    fc.assert(
      fc.property(map, (value) => {
        // An empty key can't be edited here; what has one is shown as a fault.
        fc.pre(!Object.keys(value).some((key) => ['', '__proto__', 'constructor', 'prototype'].includes(key)))
        const written = MAP_FORMAT.write(MAP_FORMAT.read(value), value)
        expect(written).toEqual(value)
        expect(Object.keys(written ?? {})).toEqual(Object.keys(value))
      }),
    )
  })

  test('one entry added and taken out again leaves what was there', () => {
    const initials: (FormValue | undefined)[] = [undefined, null, {}, { a: 'b' }]
    for (const initial of initials) {
      const pairs = MAP_FORMAT.read(initial)
      const before = MAP_FORMAT.write(pairs, initial)
      expect(MAP_FORMAT.write([...pairs, NEW_PAIR], initial)).toEqual(before)
      expect(before).toEqual(initial ?? undefined)
    }
  })

  test('a number stays a number while it is one', () => {
    const [pair] = MAP_FORMAT.read({ replicas: 2 })
    expect(MAP_FORMAT.write([{ ...pair!, text: '3' }], {})).toEqual({ replicas: 3 })
    expect(MAP_FORMAT.write([{ ...pair!, text: 'many' }], {})).toEqual({ replicas: 'many' })
  })

  test('doubles, missing keys and keys that reach into prototypes are told and never written', () => {
    const pairs = [
      { ...NEW_PAIR, key: 'a', text: '1' },
      { ...NEW_PAIR, key: 'a', text: '2' },
      { ...NEW_PAIR, text: '3' },
      { ...NEW_PAIR, key: '__proto__', text: '4' },
      NEW_PAIR,
    ]
    expect(MAP_FORMAT.write(pairs, undefined)).toEqual({ a: '1' })
    expect([...MAP_FORMAT.faults(pairs)]).toEqual([
      [1, 'duplicate'],
      [2, 'key'],
      [3, 'key'],
    ])
  })
})

describe('a list of keys and values', () => {
  test('reading and writing changes nothing, whatever the items are', () => {
    fc.assert(
      fc.property(list, (value) => {
        const written = LIST_FORMAT.write(LIST_FORMAT.read(value), value)
        expect(JSON.stringify(written)).toBe(JSON.stringify(value))
      }),
    )
  })

  test('an edit keeps the other fields and their order', () => {
    const [pair] = LIST_FORMAT.read([{ note: 'x', value: 'linux', key: 'os' }])
    const written = LIST_FORMAT.write([{ ...pair!, text: 'windows' }, NEW_PAIR], undefined)
    expect(JSON.stringify(written)).toBe('[{"note":"x","value":"windows","key":"os"}]')
  })

  test('an entry is found at its place among those that are written', () => {
    const pairs = [NEW_PAIR, { ...NEW_PAIR, key: 'a' }]
    expect(LIST_FORMAT.pathOf(pairs, 1)).toEqual([0])
  })
})
