import { expect, test } from 'vitest'
import { isAhead } from './cursor.ts'

test.each([
  ['e.6', 'e.5', true],
  ['e.5', 'e.5', false],
  ['e.4', 'e.5', false],
  ['e.10', 'e.9', true],
  ['f.1', 'e.5', true],
  [null, 'e.5', false],
  ['e.5', null, true],
])('seen %s, made at %s', (seen, made, ahead) => {
  expect(isAhead(seen, made)).toBe(ahead)
})
