import { QueryClient } from '@tanstack/react-query'
import { ProblemError } from './problem-error.ts'

const FRESH_MS = 30_000
const AGAIN_MS = 5000
const MAX_RETRIES = 2
const RETRYABLE = new Set(['timeout', 'unavailable', 'internal'])

/** Whether asking again may help: not when the server has refused for good. */
function isPassing(error: Error | null): boolean {
  if (error === null) return false
  return !(error instanceof ProblemError) || RETRYABLE.has(error.problem.code)
}

/** Whether a read that failed is tried again at once. */
export function shouldRetry(failures: number, error: Error): boolean {
  return failures < MAX_RETRIES && isPassing(error)
}

/** A cache of answers. Live events say when to read again; the age limit only covers what they can't. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: FRESH_MS,
        retry: shouldRetry,
        retryDelay: (count) => 500 * 2 ** count,
        // Live events come once: what could not be read after one is asked for until it can.
        refetchInterval: ({ state }) => (isPassing(state.error) ? AGAIN_MS : false),
        // The console may be on this machine: being offline says nothing.
        networkMode: 'always',
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  })
}
