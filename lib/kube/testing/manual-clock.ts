import type { Clock } from '../clock.ts'

export interface ManualClock extends Clock {
  /** Moves time on and runs what falls due, in order. */
  advance(ms: number): void
  /** Sets the wall clock, as NTP or a hand does: no time passes. */
  jump(ms: number): void
  /** Delays, in milliseconds from now, of the timers that are set. */
  pending(): number[]
}

export function createManualClock(start = 1_700_000_000_000): ManualClock {
  let elapsed = 0
  let epoch = start
  const timers = new Set<{ at: number; callback: () => void }>()
  return {
    now: () => epoch + elapsed,
    elapsed: () => elapsed,
    after(ms, callback) {
      const timer = { at: elapsed + ms, callback }
      timers.add(timer)
      return () => timers.delete(timer)
    },
    advance(ms) {
      const end = elapsed + ms
      for (;;) {
        const [next] = [...timers].filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)
        if (next === undefined) break
        timers.delete(next)
        elapsed = Math.max(elapsed, next.at)
        next.callback()
      }
      elapsed = end
    },
    jump(ms) {
      epoch += ms
    },
    pending: () => [...timers].map((timer) => timer.at - elapsed).sort((a, b) => a - b),
  }
}
