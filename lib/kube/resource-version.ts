const DECIMAL = /^(0|[1-9]\d{0,38})$/

/**
 * Compares two resourceVersions of one kind: negative when `a` is older, 0 when equal, positive when newer;
 * undefined when either isn't a decimal number and so says nothing about order (Kubernetes 1.35 API conventions).
 */
export function compareResourceVersions(a: string, b: string): number | undefined {
  if (!DECIMAL.test(a) || !DECIMAL.test(b)) return undefined
  if (a.length !== b.length) return a.length - b.length
  if (a === b) return 0
  return a < b ? -1 : 1
}
