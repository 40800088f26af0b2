import { abortError } from './deadline.ts'

/** Waits for `promise`, or rejects with an AbortError as soon as one of the signals aborts. Leaves no listeners. */
export async function untilSettled<T>(promise: Promise<T>, signals: readonly AbortSignal[]): Promise<T> {
  // Whoever asked hears of the abort; what becomes of the promise afterwards is nobody's any more.
  promise.catch(() => {})
  const aborted = Promise.withResolvers<never>()
  const onAbort = (event: Event) => aborted.reject(abortError(event.target as AbortSignal))
  for (const signal of signals) {
    if (signal.aborted) throw abortError(signal)
    signal.addEventListener('abort', onAbort, { once: true })
  }
  try {
    return await Promise.race([promise, aborted.promise])
  } finally {
    for (const signal of signals) signal.removeEventListener('abort', onAbort)
  }
}
