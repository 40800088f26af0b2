import { abortError } from './deadline.ts'
import { UnavailableError } from './kube-error.ts'

/** How many calls run at once, and how many may wait for their turn. */
export interface CallQueue {
  /**
   * Resolves when it is this call's turn, with the way to say that it is done.
   * @throws UnavailableError at once when too many wait already; AbortError when `signal` aborts first
   */
  enter(signal: AbortSignal): Promise<() => void>
}

export function createCallQueue(atOnce: number, waiting: number): CallQueue {
  const queue: (() => void)[] = []
  let running = 0

  function leave(): () => void {
    let isDone = false
    return () => {
      if (isDone) return
      isDone = true
      running -= 1
      queue.shift()?.()
    }
  }

  return {
    async enter(signal) {
      if (signal.aborted) throw abortError(signal)
      if (running < atOnce) {
        running += 1
        return leave()
      }
      if (queue.length >= waiting)
        throw new UnavailableError(`${waiting} calls to this server wait for their turn already`, {
          code: 503,
          reason: 'QueueFull',
        })
      const turn = Promise.withResolvers<undefined>()
      const go = () => {
        running += 1
        turn.resolve(undefined)
      }
      const giveUp = () => {
        const index = queue.indexOf(go)
        if (index === -1) return
        queue.splice(index, 1)
        turn.reject(abortError(signal))
      }
      queue.push(go)
      signal.addEventListener('abort', giveUp, { once: true })
      try {
        await turn.promise
      } finally {
        signal.removeEventListener('abort', giveUp)
      }
      return leave()
    },
  }
}
