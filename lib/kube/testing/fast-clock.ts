import type { Clock } from '../clock.ts'

/** Runs `factor` times as fast as ours. */
export function createFastClock(factor: number): Clock {
  return {
    now: () => performance.timeOrigin + performance.now() * factor,
    elapsed: () => performance.now() * factor,
    after(ms, callback) {
      const timer = setTimeout(callback, ms / factor)
      return () => clearTimeout(timer)
    },
  }
}
