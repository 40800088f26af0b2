import { expect, test } from 'vitest'
import { compileForm } from './compile-form.ts'
import { isPatternUsable, matchesPattern, patternBudget } from './form-pattern.ts'
import { UI, row } from './testing/form-fixture.ts'
import { validateConfig } from './validate-config.ts'

test.each([
  ['^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$', true],
  ['^.{1000}$', true],
  ['a{1000}'.repeat(140), false],
  ['(a|b|c|d){1000}', false],
  ['(?=x)y', false],
])('%s is taken: %s', (pattern, isTaken) => {
  expect(isPatternUsable(pattern)).toBe(isTaken)
})

test('matching ends when the budget does', () => {
  const budget = patternBudget()
  const text = 'b'.repeat(1000)
  let wrong = 0
  for (let n = 0; n < 100_000; n++) if (!matchesPattern('^a{500}$', text, budget)) wrong++
  expect(wrong).toBeGreaterThan(0)
  expect(wrong).toBeLessThan(100)
})

test('a form takes so many patterns, each once, and says which it does not enforce', () => {
  const descriptors = Array.from({ length: 2000 }, (_, n) => [
    row(`a${n}`, `${UI}text`, `${UI}validation:pattern:^x${n % 1000}$`),
    row(`b${n}`, `${UI}text`, `${UI}validation:pattern:^same$`),
  ]).flat()
  const form = compileForm({ descriptors: descriptors.slice(0, 2000) })
  const enforced = form.controls.filter(({ rules }) => rules.pattern !== undefined)
  expect(enforced.filter(({ id }) => id.startsWith('b'))).toHaveLength(1000)
  expect(new Set(enforced.map(({ rules }) => rules.pattern)).size).toBeLessThanOrEqual(500)
  expect(form.notes.filter(({ code }) => code === 'pattern-not-enforced').length).toBeGreaterThan(400)
  expect(validateConfig(form, { b0: 'other' })).toMatchObject([{ path: 'b0', code: 'pattern' }])
})
