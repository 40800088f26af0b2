import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { JsonObject } from '#lib/kinds/object.ts'
import { applyStrategicMerge } from './strategic-merge.ts'

test('maps merge, null removes, values replace', () => {
  const document = { data: { a: '1', b: '2' }, type: 'x' }
  const patch = { data: { a: null, c: '3' }, type: 'y' }
  expect(applyStrategicMerge(document, patch)).toEqual({ data: { b: '2', c: '3' }, type: 'y' })
})

test('lists with a merge key merge by it', () => {
  const document = {
    status: {
      conditions: [
        { type: 'A', status: 'True' },
        { type: 'B', status: 'True' },
      ],
    },
  }
  const patch = {
    status: {
      conditions: [
        { type: 'B', status: 'False' },
        { type: 'C', status: 'True' },
      ],
    },
  }
  expect(applyStrategicMerge(document, patch)).toEqual({
    status: {
      conditions: [
        { type: 'A', status: 'True' },
        { type: 'B', status: 'False' },
        { type: 'C', status: 'True' },
      ],
    },
  })
})

test('new items come first, unless the patch says where', () => {
  const list = (...names: string[]) => names.map((name) => ({ name }))
  const document = { secrets: list('a', 'b') }
  const added = applyStrategicMerge(document, { secrets: list('c') })
  expect(added).toEqual({ secrets: list('c', 'a', 'b') })
  const ordered = { secrets: list('c'), '$setElementOrder/secrets': list('b', 'c', 'a') }
  expect(applyStrategicMerge(document, ordered)).toEqual({ secrets: list('b', 'c', 'a') })
  const onlyOrder = { '$setElementOrder/secrets': list('b', 'a') }
  expect(applyStrategicMerge(document, onlyOrder)).toEqual({ secrets: list('b', 'a') })
  expect(applyStrategicMerge({ imagePullSecrets: list('a') }, { imagePullSecrets: list('b') })).toEqual({
    imagePullSecrets: list('b'),
  })
})

test('items are deleted and lists replaced', () => {
  const document = { secrets: [{ name: 'a' }, { name: 'b' }] }
  const patch = { '$setElementOrder/secrets': [{ name: 'b' }], secrets: [{ $patch: 'delete', name: 'a' }] }
  expect(applyStrategicMerge(document, patch)).toEqual({ secrets: [{ name: 'b' }] })
  const replaced = applyStrategicMerge(document, { secrets: [{ $patch: 'replace' }, { name: 'c' }] })
  expect(replaced).toEqual({ secrets: [{ name: 'c' }] })
})

test('finalizers merge as a set and are taken off by value', () => {
  const document = { metadata: { finalizers: ['a', 'b'] } }
  expect(applyStrategicMerge(document, { metadata: { finalizers: ['b', 'c'] } })).toEqual({
    metadata: { finalizers: ['a', 'b', 'c'] },
  })
  const without = { metadata: { '$deleteFromPrimitiveList/finalizers': ['a'] } }
  expect(applyStrategicMerge(document, without)).toEqual({ metadata: { finalizers: ['b'] } })
})

test('objects are replaced as a whole, or keep only what is named', () => {
  const document = { spec: { a: 1, b: 2 } }
  expect(applyStrategicMerge(document, { spec: { $patch: 'replace', c: 3 } })).toEqual({ spec: { c: 3 } })
  expect(applyStrategicMerge(document, { spec: { $retainKeys: ['a', 'c'], c: 3 } })).toEqual({
    spec: { a: 1, c: 3 },
  })
})

test('an empty patch changes nothing, and nothing changes the document', () => {
  const documents = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 })) as fc.Arbitrary<JsonObject>
  fc.assert(
    fc.property(documents, (document) => {
      expect(applyStrategicMerge(document, {})).toEqual(document)
    }),
  )
})
