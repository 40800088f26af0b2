import { expect, test } from 'vitest'
import { ageOf, humanDuration } from './column-kit.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

test.each([
  [0, '0s'],
  [119 * SECOND, '119s'],
  [2 * MINUTE, '2m'],
  [9 * MINUTE + 59 * SECOND, '9m59s'],
  [10 * MINUTE + 30 * SECOND, '10m'],
  [179 * MINUTE, '179m'],
  [3 * HOUR, '3h'],
  [7 * HOUR + 5 * MINUTE, '7h5m'],
  [47 * HOUR, '47h'],
  [4 * DAY + 20 * HOUR, '4d20h'],
  [8 * DAY, '8d'],
  [729 * DAY, '729d'],
  [730 * DAY, '2y'],
  [735 * DAY, '2y5d'],
  [8 * 365 * DAY, '8y'],
  [-5 * SECOND, '<invalid>'],
])('%i ms is %s', (milliseconds, text) => {
  expect(humanDuration(milliseconds)).toBe(text)
})

test('an age without a timestamp is unknown', () => {
  expect(ageOf(undefined, 0)).toBe('<unknown>')
  expect(ageOf('1970-01-01T00:00:00Z', 42 * SECOND)).toBe('42s')
})
