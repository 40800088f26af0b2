import { expect, test } from 'vitest'
import { isLabelKey, isLabelValue } from './labels.ts'

const LONG = 'a'.repeat(64)

test.each([
  'a',
  'disk-type',
  'a.b_c-d',
  'kubernetes.io/os',
  'node-role.kubernetes.io/infra',
  '1',
  'example.com/A_b',
])('%s is a key', (text) => {
  expect(isLabelKey(text)).toBe(true)
})

test.each([
  '',
  '/',
  'a/',
  '/a',
  'a/b/c',
  '-a',
  'a-',
  'Ä',
  'a b',
  LONG,
  `UPPER.io/a`,
  `${'a.'.repeat(130)}io/x`,
  'a..b/c',
])('%s is no key', (text) => {
  expect(isLabelKey(text)).toBe(false)
})

test('values', () => {
  expect(['', 'x', 'v1.2_3', 'A'].every(isLabelValue)).toBe(true)
  expect(['a/b', '-x', 'x.', LONG, 'ö', ' '].some(isLabelValue)).toBe(false)
})
