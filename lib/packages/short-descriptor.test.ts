import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { normalizeDescriptors } from './short-descriptor.ts'

test('the short form becomes the long one', () => {
  expect(
    normalizeDescriptors([
      { name: 'replicas', type: 'number', label: { en: 'Replicas', zh: '副本数' }, default: 2, minimum: 1 },
      { name: 'mode', options: ['a', { label: 'B', value: 'b' }], required: true, description: 'How' },
      { name: 'verbose', type: 'boolean', default: false },
      { name: 'odd', type: 'fancy' },
    ]),
  ).toEqual([
    {
      path: 'replicas',
      displayName: 'Replicas',
      'x-descriptors': [
        'urn:alm:descriptor:com.tectonic.ui:number',
        'urn:alm:descriptor:com.tectonic.default:2',
        'urn:alm:descriptor:com.tectonic.ui:validation:minimum:1',
        'urn:alm:descriptor:label:en:Replicas',
        'urn:alm:descriptor:label:zh:副本数',
      ],
    },
    {
      path: 'mode',
      description: 'How',
      'x-descriptors': [
        'urn:alm:descriptor:com.tectonic.ui:select:a',
        'urn:alm:descriptor:com.tectonic.ui:select:b',
        'urn:alm:descriptor:props:select:options:["a",{"label":"B","value":"b"}]',
        'urn:alm:descriptor:com.tectonic.ui:validation:required',
      ],
    },
    {
      path: 'verbose',
      'x-descriptors': [
        'urn:alm:descriptor:com.tectonic.ui:booleanSwitch',
        'urn:alm:descriptor:com.tectonic.default:false',
      ],
    },
    { path: 'odd', 'x-descriptors': ['urn:alm:descriptor:com.tectonic.ui:fancy'] },
  ])
})

test('the long form stays, a missing list of capabilities becomes an empty one', () => {
  const long = [{ path: 'a', displayName: 'A', 'x-descriptors': ['x'] }]
  expect(normalizeDescriptors(long)).toEqual(long)
  expect(normalizeDescriptors([{ path: 'a', name: 'b' }])).toEqual([
    { path: 'a', name: 'b', 'x-descriptors': [] },
  ])
  expect(normalizeDescriptors('no list')).toBeUndefined()
})

test('it takes anything, and changes nothing the second time', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          fc.anything(),
          fc.record(
            {
              name: fc.string(),
              type: fc.anything(),
              options: fc.anything(),
              default: fc.jsonValue(),
              label: fc.anything(),
            },
            { requiredKeys: ['name'] },
          ),
        ),
      ),
      (list) => {
        const once = normalizeDescriptors(list)
        expect(normalizeDescriptors(once)).toEqual(once)
      },
    ),
    { numRuns: 200 },
  )
})
