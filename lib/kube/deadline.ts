export interface Deadline {
  /** Aborts when the time is up or the caller's signal does. */
  readonly signal: AbortSignal
  /** True once the time, and not the caller, ended it. */
  isExpired(): boolean
  remainingMs(): number
  /** Takes the time limit away; the caller's signal still counts. */
  lift(): void
  /** Lets go of timer and caller's signal. */
  clear(): void
}

/** Joins a time limit in milliseconds with the caller's signal, leaving no listener behind after `clear`. */
export function startDeadline(timeoutMs: number, caller?: AbortSignal): Deadline {
  const controller = new AbortController()
  const endsAt = performance.now() + timeoutMs
  let expired = false
  const onAbort = () => controller.abort()
  const timer = setTimeout(() => {
    expired = true
    controller.abort()
  }, timeoutMs)
  if (caller?.aborted) controller.abort()
  else caller?.addEventListener('abort', onAbort, { once: true })
  return {
    signal: controller.signal,
    isExpired: () => expired,
    remainingMs: () => Math.max(0, endsAt - performance.now()),
    lift: () => clearTimeout(timer),
    clear() {
      clearTimeout(timer)
      caller?.removeEventListener('abort', onAbort)
    },
  }
}

/** What an aborted call throws when its caller wanted it to end. */
export function abortError(signal?: AbortSignal): DOMException {
  return Object.assign(new DOMException('The call was aborted', 'AbortError'), { cause: signal?.reason })
}
