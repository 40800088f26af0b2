import { expect, test } from 'vitest'
import { reconnectDelay } from './reconnect-delay.ts'

test('200 browsers that lost the console together come back spread over time', () => {
  const delays = Array.from({ length: 200 }, (_, index) => reconnectDelay(0, index / 200)).sort(
    (a, b) => a - b,
  )
  expect(delays[0]).toBeGreaterThanOrEqual(200)
  expect(delays.at(-1)).toBeLessThanOrEqual(1000)
  // Of any 100 ms no more than an eighth of them; later tries are spread wider.
  for (let from = 0; from < 1000; from += 100)
    expect(delays.filter((delay) => delay >= from && delay < from + 100).length).toBeLessThanOrEqual(26)
  expect(reconnectDelay(3, 0.99) - reconnectDelay(3, 0)).toBeGreaterThan(5000)
})

test('nobody waits for more than ten seconds', () => {
  expect(reconnectDelay(100, 0.999)).toBeLessThanOrEqual(10_000)
})
