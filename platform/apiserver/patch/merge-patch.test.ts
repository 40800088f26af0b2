import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Json, JsonObject } from '#lib/kinds/object.ts'
import { cloneJson, equalJson, isObject, own, setOwn } from '../json.ts'
import { applyMergePatch } from './merge-patch.ts'

const withoutNulls: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.array(fc.integer(), { maxLength: 3 }),
    fc.dictionary(fc.string({ maxLength: 3 }), tie('value'), { maxKeys: 4 }),
  ),
})).value
const object = fc.dictionary(fc.string({ maxLength: 3 }), withoutNulls, {
  maxKeys: 5,
}) as fc.Arbitrary<JsonObject>

/** The patch that leads from one document to the other, by the book. */
function difference(from: JsonObject, to: JsonObject): JsonObject {
  const patch: JsonObject = {}
  for (const key of Object.keys(from)) if (!Object.hasOwn(to, key)) setOwn(patch, key, null)
  for (const [key, value] of Object.entries(to)) {
    const old = own(from, key)
    if (equalJson(old, value)) continue
    setOwn(patch, key, isObject(old) && isObject(value) ? difference(old, value) : value)
  }
  return patch
}

test('the difference of two documents leads from one to the other', () => {
  fc.assert(
    fc.property(object, object, (from, to) => {
      const before = cloneJson(from)
      expect(applyMergePatch(from, difference(from, to))).toEqual(to)
      expect(from).toEqual(before)
    }),
  )
})

test('a patch applied twice does what it does once', () => {
  const patch = fc.dictionary(
    fc.string({ maxLength: 3 }),
    fc.option(withoutNulls),
  ) as fc.Arbitrary<JsonObject>
  fc.assert(
    fc.property(object, patch, (document, change) => {
      const once = applyMergePatch(document, change)
      expect(applyMergePatch(once, change)).toEqual(once)
    }),
  )
})

test('nulls never arrive, not even inside of new objects', () => {
  expect(applyMergePatch({}, { a: { b: null, c: 1 } })).toEqual({ a: { c: 1 } })
})

test('__proto__ stays a key', () => {
  const patch = JSON.parse('{"__proto__": {"polluted": true}}') as Json
  expect(JSON.stringify(applyMergePatch({}, patch))).toBe('{"__proto__":{"polluted":true}}')
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
})
