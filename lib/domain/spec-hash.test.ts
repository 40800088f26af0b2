import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson, isOtherSpec, specHash } from './spec-hash.ts'

test('the order of keys does not matter, the order of items and nulls do', () => {
  expect(specHash({ a: 1, b: { c: null, d: 2 } })).toBe(specHash({ b: { d: 2, c: null }, a: 1 }))
  expect(specHash({ a: [1, 2] })).not.toBe(specHash({ a: [2, 1] }))
  expect(specHash({ a: null })).not.toBe(specHash({}))
  expect(specHash({ a: undefined })).toBe(specHash({}))
})

test('canonical JSON is JSON of the same value', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
    }),
  )
})

test('different values have different hashes', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
      expect(specHash(a) === specHash(b)).toBe(canonicalJson(a) === canonicalJson(b))
    }),
  )
  const hashes = new Set(Array.from({ length: 20_000 }, (_, n) => specHash({ replicas: n })))
  expect(hashes.size).toBe(20_000)
})

test('only a hash of ours can tell that another spec was carried out', () => {
  const spec = { version: 'v1', config: { a: 1 } }
  expect(isOtherSpec(specHash(spec), spec)).toBe(false)
  expect(isOtherSpec(specHash({ version: 'v1' }), spec)).toBe(true)
  expect(isOtherSpec('0f343b0931126a20f133d67c2b018a3b', spec)).toBe(false)
  expect(isOtherSpec(undefined, spec)).toBe(false)
})

test('a spec that is nested too deep to be hashed is another one, and no exception', () => {
  let config = {}
  for (let depth = 0; depth < 9000; depth += 1) config = { a: config }
  expect(isOtherSpec(specHash({}), { version: 'v1', config })).toBe(true)
})
