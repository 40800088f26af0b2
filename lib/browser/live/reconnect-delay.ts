const FIRST_MS = 800
const LAST_MS = 8000

/**
 * How long to wait before a connection is tried again, in milliseconds: longer each time, and never as long as others
 * wait, so that browsers that lost it together don't all come back together.
 * @param failures tries that failed since it last worked, from 0
 * @param random 0 ≤ x < 1
 */
export function reconnectDelay(failures: number, random: number): number {
  return Math.min(LAST_MS, FIRST_MS * 2 ** failures) * (0.25 + random)
}
