import type { Clock } from './clock.ts'
import type { UnavailableError } from './kube-error.ts'

/** Ends one watch when its caller or one of our reasons to distrust it says so. */
export interface WatchGuard {
  /** For the request. */
  readonly signal: AbortSignal
  /** Why the watch was given up; undefined while it was not. */
  readonly error: UnavailableError | undefined
  giveUp(error: UnavailableError): void
  /** Gives up after `ms`, unless `end` or, for the same `key`, another call comes before. */
  limit(key: string, ms: number, error: () => UnavailableError): void
  /** Takes a limit away. */
  lift(key: string): void
  /** Lets go of timers and the caller's signal. */
  end(): void
}

export function createWatchGuard(clock: Clock, caller: AbortSignal): WatchGuard {
  const controller = new AbortController()
  const timers = new Map<string, () => void>()
  let error: UnavailableError | undefined
  const onAbort = () => controller.abort()
  caller.addEventListener('abort', onAbort, { once: true })

  function giveUp(why: UnavailableError): void {
    if (controller.signal.aborted) return
    error = why
    controller.abort()
  }

  function lift(key: string): void {
    timers.get(key)?.()
    timers.delete(key)
  }

  return {
    signal: controller.signal,
    get error() {
      return error
    },
    giveUp,
    limit(key, ms, why) {
      lift(key)
      timers.set(
        key,
        clock.after(ms, () => giveUp(why())),
      )
    },
    lift,
    end() {
      for (const cancel of timers.values()) cancel()
      timers.clear()
      caller.removeEventListener('abort', onAbort)
    },
  }
}
