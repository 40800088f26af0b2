import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { differences } from './differences.ts'

test('changed, added and removed lines', () => {
  expect(differences('a: 1\nb: 2\nc: 3\n', 'a: 1\nb: 4\nc: 3\n')).toEqual([
    { line: 2, before: ['b: 2'], after: ['b: 4'] },
  ])
  expect(differences('a: 1\n', 'a: 1\nb: 2\n')).toEqual([{ line: 2, before: [], after: ['b: 2'] }])
  expect(differences('a: 1\nb: 2\nc: 3', 'a: 1\nc: 3')).toEqual([{ line: 2, before: ['b: 2'], after: [] }])
  expect(differences('same\n', 'same\n')).toEqual([])
  expect(differences('a: 1', 'a: 1\n')).toEqual([{ line: 1, before: ['a: 1'], after: ['a: 1', ''] }])
})

test('texts that differ have differences, equal ones none', () => {
  const text = fc.array(fc.constantFrom('a: 1', 'b: 2', 'c:', '  d: x'), { maxLength: 12 })
  fc.assert(
    fc.property(text, text, (a, b) => {
      const [one, two] = [`top\n${a.join('\n')}`, `top\n${b.join('\n')}`]
      const found = differences(one, two)
      expect(found.length === 0).toBe(one === two)
      for (const { before, after } of found) expect(before).not.toEqual(after)
    }),
    { numRuns: 500 },
  )
})
