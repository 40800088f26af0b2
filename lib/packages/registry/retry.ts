import { setTimeout as delay } from 'node:timers/promises'
import { RegistryError } from './registry-error.ts'

export interface RetryOptions {
  /** Failures in a row that are borne before giving up. */
  attempts: number
  /** Pause after the first failure, in milliseconds; it doubles up to `capMs`. */
  baseMs: number
  capMs: number
  /** Told of each failure that is borne, before the pause. */
  onRetry?: (error: RegistryError) => void
}

export const DEFAULT_RETRY: Readonly<RetryOptions> = { attempts: 8, baseMs: 300, capMs: 20_000 }
/** Longest `Retry-After` that is honoured, in milliseconds. */
const LONGEST_WAIT_MS = 120_000

/**
 * Waits before trying again: what the registry asked for, else longer each time, with jitter.
 * @param failures in a row so far, from 1
 * @throws the signal's reason
 */
export async function pause(
  error: RegistryError,
  failures: number,
  { baseMs, capMs, onRetry }: RetryOptions,
  signal?: AbortSignal,
): Promise<void> {
  onRetry?.(error)
  const own = Math.min(capMs, baseMs * 2 ** (failures - 1)) * (0.5 + Math.random() / 2)
  const asked = Math.min(error.retryAfterMs ?? 0, LONGEST_WAIT_MS)
  try {
    await delay(Math.max(own, asked), undefined, signal === undefined ? {} : { signal })
  } catch (aborted) {
    throw signal?.aborted === true ? signal.reason : aborted
  }
}

/**
 * Does `work` again while it fails in a way that may pass.
 * @throws what `work` throws in the end; the signal's reason
 */
export async function withRetry<T>(
  work: () => Promise<T>,
  options: RetryOptions,
  signal?: AbortSignal,
): Promise<T> {
  for (let failures = 1; ; failures++) {
    try {
      return await work()
    } catch (error) {
      signal?.throwIfAborted()
      if (!(error instanceof RegistryError) || !error.isTransient || failures >= options.attempts) throw error
      await pause(error, failures, options, signal)
    }
  }
}

/** What a `Retry-After` header asks for, in milliseconds: seconds, or a date. */
export function retryAfterOf(header: string | undefined, now: Date): number | undefined {
  if (header === undefined) return undefined
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1000
  const date = Date.parse(header)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now.getTime())
}
