/** How fast an upload goes, smoothed: `update` takes what has been sent so far. */
export interface UploadRate {
  /** Bytes per second; null until it can be told. */
  readonly bytesPerSecond: number | null
  readonly atMs: number
  readonly sent: number
}

/** Weight of the past after one second. */
const SMOOTHING = 0.7
const MIN_STEP_MS = 200

export function startRate(nowMs: number): UploadRate {
  return { bytesPerSecond: null, atMs: nowMs, sent: 0 }
}

/** The rate after `sent` bytes at `nowMs`. Steps shorter than 200 ms wait for the next one. */
export function updateRate(rate: UploadRate, sent: number, nowMs: number): UploadRate {
  const elapsedMs = nowMs - rate.atMs
  if (elapsedMs < MIN_STEP_MS || sent < rate.sent) return rate
  const now = ((sent - rate.sent) * 1000) / elapsedMs
  const past = SMOOTHING ** (elapsedMs / 1000)
  const bytesPerSecond = rate.bytesPerSecond === null ? now : rate.bytesPerSecond * past + now * (1 - past)
  return { bytesPerSecond, atMs: nowMs, sent }
}

/** Whole seconds until the rest is sent; null when nobody can tell. */
export function secondsLeft(rate: UploadRate, total: number): number | null {
  if (rate.bytesPerSecond === null || rate.bytesPerSecond < 1) return null
  return Math.max(0, Math.ceil((total - rate.sent) / rate.bytesPerSecond))
}
