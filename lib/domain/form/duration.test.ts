import { expect, test } from 'vitest'
import { isDuration, parseDuration } from './duration.ts'

test.each<[string, number]>([
  ['0', 0],
  ['30s', 30_000],
  ['1h30m', 5_400_000],
  ['1.5h', 5_400_000],
  ['7d', 604_800_000],
  ['2w', 1_209_600_000],
  ['500ms', 500],
  ['1m1ms', 60_001],
  ['1000us', 1],
])('%s is %d ms', (text, ms) => {
  expect(parseDuration(text)).toBe(ms)
})

test.each(['', '5', 's', '-5s', '5 s', '1h 30m', '5x', '1..5h', 'PT5S', '1s'.repeat(60)])(
  '%s is none',
  (text) => {
    expect(isDuration(text)).toBe(false)
  },
)
