import type { Clock } from '../clock.ts'

/** Runs `factor` times as fast as ours; delays longer than `longestMs` never end by themselves. */
export function createFastClock(factor: number, longestMs = Infinity): Clock {
  return {
    now: () => performance.timeOrigin + performance.now() * factor,
    elapsed: () => performance.now() * factor,
    after(ms, callback) {
      const timer = ms > longestMs ? undefined : setTimeout(callback, ms / factor)
      return () => clearTimeout(timer)
    },
  }
}
