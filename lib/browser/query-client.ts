import { QueryClient } from '@tanstack/react-query'
import { ProblemError } from './problem-error.ts'

const FRESH_MS = 30_000
const MAX_RETRIES = 2
const RETRYABLE = new Set(['timeout', 'unavailable', 'internal'])

/** Whether asking again may help: not when the server has refused for good. */
export function shouldRetry(failures: number, error: Error): boolean {
  if (failures >= MAX_RETRIES) return false
  return !(error instanceof ProblemError) || RETRYABLE.has(error.problem.code)
}

/** A cache of answers. Live events say when to read again; the age limit only covers what they can't. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: FRESH_MS, retry: shouldRetry, retryDelay: (count) => 500 * 2 ** count },
      mutations: { retry: false },
    },
  })
}
