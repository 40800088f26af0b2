import { ExpiredError, ForbiddenError, KubeError, NotFoundError } from './kube-error.ts'

/** What one failure means. */
export interface Reaction {
  /** Undefined for a failure that is a matter of course. */
  state?: 'stale' | 'forbidden' | 'absent'
  /** How long to wait before the next try, in milliseconds. */
  delayMs: number
}

/** How a cache gets over failures: an expired revision at once, all others with jittered back-off. */
export interface Recovery {
  react(error: unknown): Reaction
  /** It went well: the next failure is a first one again. */
  reset(): void
}

const FIRST_DELAY_MS = 250
const LAST_DELAY_MS = 30_000
const LONGEST_RETRY_AFTER_MS = 60_000

/**
 * @param random 0 ≤ x < 1
 * @param pollDelayMs how often to look again for a kind that is absent or forbidden
 */
export function createRecovery(random: () => number, pollDelayMs: number): Recovery {
  let failures = 0
  let expiries = 0
  return {
    react(error) {
      if (error instanceof ExpiredError && (expiries += 1) === 1) return { delayMs: 0 }
      const pollMs = pollDelayMs * (0.8 + 0.4 * random())
      if (error instanceof NotFoundError) return { state: 'absent', delayMs: pollMs }
      if (error instanceof ForbiddenError) return { state: 'forbidden', delayMs: pollMs }
      const backoffMs = Math.min(LAST_DELAY_MS, FIRST_DELAY_MS * 2 ** failures) * (0.5 + 0.5 * random())
      failures = Math.min(failures + 1, 16)
      const askedMs = error instanceof KubeError ? (error.retryAfterMs ?? 0) : 0
      return { state: 'stale', delayMs: Math.max(backoffMs, Math.min(askedMs, LONGEST_RETRY_AFTER_MS)) }
    },
    reset() {
      failures = 0
      expiries = 0
    },
  }
}
