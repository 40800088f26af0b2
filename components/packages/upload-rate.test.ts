import { expect, test } from 'vitest'
import { secondsLeft, startRate, updateRate } from './upload-rate.ts'

test('a steady upload has a steady rate', () => {
  let rate = startRate(0)
  expect(secondsLeft(rate, 1000)).toBeNull()
  for (let second = 1; second <= 5; second++) rate = updateRate(rate, second * 100, second * 1000)
  expect(rate.bytesPerSecond).toBeCloseTo(100)
  expect(secondsLeft(rate, 1000)).toBe(5)
})

test('it follows a change without jumping', () => {
  let rate = updateRate(startRate(0), 1000, 1000)
  rate = updateRate(rate, 1100, 2000)
  expect(rate.bytesPerSecond).toBeGreaterThan(100)
  expect(rate.bytesPerSecond).toBeLessThan(1000)
})

test('steps too short to tell are put together; a stalled upload has no end', () => {
  const rate = updateRate(startRate(0), 100, 50)
  expect(rate.sent).toBe(0)
  let stalled = updateRate(startRate(0), 100, 1000)
  for (let second = 2; second < 60; second++) stalled = updateRate(stalled, 100, second * 1000)
  expect(secondsLeft(stalled, 1000)).toBeNull()
})
