import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { carryOver } from './carry-over.ts'
import type { FormObject } from './form-model.ts'

test('what was changed, added and removed wins; the rest follows', () => {
  const before = { a: 1, b: { c: 2, d: 3, list: [1] }, gone: true }
  const mine = { a: 1, b: { c: 9, list: [1, 2] }, added: 'x' }
  const now = { a: 5, b: { c: 2, d: 4, list: [0], e: 6 }, gone: false, more: 1 }
  expect(carryOver(before, mine, now)).toEqual({ a: 5, b: { c: 9, list: [1, 2], e: 6 }, more: 1, added: 'x' })
})

test('nobody changed anything, only I did, only the others did', () => {
  const config = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.jsonValue({ maxDepth: 3 }), {
    noNullPrototype: true,
  }) as fc.Arbitrary<FormObject>
  fc.assert(
    fc.property(config, config, (one, two) => {
      expect(carryOver(one, one, two)).toEqual(two)
      expect(carryOver(one, two, one)).toEqual(two)
      expect(carryOver(one, two, two)).toEqual(two)
    }),
  )
})
