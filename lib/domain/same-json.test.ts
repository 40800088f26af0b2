import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Json } from '#lib/kinds/object.ts'
import { isSameJson } from './same-json.ts'
import { canonicalJson } from './spec-hash.ts'

const json = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>
/** The same value with the keys of every object in the other order. */
function turned(value: Json): Json {
  if (Array.isArray(value)) return value.map(turned)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, item]) => [key, turned(item)]),
  )
}
const nested = (levels: number): Json => {
  let value: Json = 1
  for (let level = 0; level < levels; level++) value = level % 2 === 0 ? [value] : { a: value }
  return value
}

describe('the same as JSON', () => {
  test.each<[Json | undefined, Json | undefined, boolean]>([
    [undefined, undefined, true],
    [undefined, null, false],
    [null, {}, false],
    [[], {}, false],
    [[1], { 0: 1 }, false],
    [{ a: 1 }, { a: 1, b: 2 }, false],
    [{ a: 1, b: 2 }, { b: 2, a: 1 }, true],
    [[1, 2], [2, 1], false],
    [1, '1', false],
    [{ toString: 1 }, {}, false],
  ])('%j and %j: %s', (a, b, isSame) => {
    expect(isSameJson(a, b)).toBe(isSame)
    expect(isSameJson(b, a)).toBe(isSame)
  })

  test('is what is written the same with sorted keys', () => {
    fc.assert(
      fc.property(json, json, (a, b) => {
        expect(isSameJson(a, turned(structuredClone(a)))).toBe(true)
        expect(isSameJson(a, b)).toBe(canonicalJson(a) === canonicalJson(b))
      }),
    )
  })

  test('is told at any depth', () => {
    expect(isSameJson(nested(200_000), nested(200_000))).toBe(true)
    expect(isSameJson(nested(200_000), nested(200_001))).toBe(false)
  })
})
