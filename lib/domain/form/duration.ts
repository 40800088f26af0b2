const MAX_TEXT = 100
const DURATION = /^(?:\d+(?:\.\d+)?(?:ns|us|µs|μs|ms|[smhdwy]))+$/
const PART = /(\d+(?:\.\d+)?)(ns|us|µs|μs|ms|[smhdwy])/g

const SECOND = 1000
const DAY = 24 * 3600 * SECOND
const MILLISECONDS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: SECOND,
  m: 60 * SECOND,
  h: 3600 * SECOND,
  d: DAY,
  w: 7 * DAY,
  y: 365 * DAY,
}

/**
 * How many milliseconds a duration is, written as Go and Prometheus do: `30s`, `1h30m`, `1.5h`, `7d`, `2w`, `0`.
 * @returns null for what is no duration
 */
export function parseDuration(text: string): number | null {
  if (text === '0') return 0
  if (text.length > MAX_TEXT || !DURATION.test(text)) return null
  let sum = 0
  for (const [, amount, unit] of text.matchAll(PART)) sum += Number(amount) * (MILLISECONDS[unit ?? ''] ?? 0)
  return sum
}

/** Whether a text is a duration (see `parseDuration`). */
export function isDuration(text: string): boolean {
  return parseDuration(text) !== null
}
