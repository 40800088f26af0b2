import { expect, test } from 'vitest'
import type { ProblemCode } from '#lib/contract/problem.ts'
import { NetworkError, ProblemError } from './problem-error.ts'
import { shouldRetry } from './query-client.ts'

const problem = (code: ProblemCode) =>
  new ProblemError({ type: 'about:blank', title: code, status: 500, detail: '', code, requestId: 'r' })

test('asks again only where that may help, and not for ever', () => {
  expect(shouldRetry(0, new NetworkError('away'))).toBe(true)
  expect(shouldRetry(0, problem('unavailable'))).toBe(true)
  expect(shouldRetry(0, problem('not-found'))).toBe(false)
  expect(shouldRetry(0, problem('forbidden'))).toBe(false)
  expect(shouldRetry(2, new NetworkError('away'))).toBe(false)
})
