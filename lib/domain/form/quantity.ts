/** An exact amount: `value` × 10^-`decimals`. */
export interface Quantity {
  value: bigint
  decimals: number
}

const MAX_TEXT = 100
const MAX_EXPONENT = 200
const QUANTITY = /^([+-]?)(\d+(?:\.\d*)?|\.\d+)(?:([KMGTPE]i)|([numkMGTPE])|[eE]([+-]?\d{1,3}))?$/

const BINARY: Readonly<Record<string, bigint>> = {
  Ki: 2n ** 10n,
  Mi: 2n ** 20n,
  Gi: 2n ** 30n,
  Ti: 2n ** 40n,
  Pi: 2n ** 50n,
  Ei: 2n ** 60n,
}
const DECIMAL: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
}

/**
 * Reads a Kubernetes quantity (`500m`, `1.5Gi`, `2e3`, `.5`): the grammar of the API server's resource.Quantity.
 * Null for what is none, with blanks too.
 */
export function parseQuantity(text: string): Quantity | null {
  const found = text.length <= MAX_TEXT ? QUANTITY.exec(text) : null
  if (found === null) return null
  const [, sign, digits = '', binary, decimal, exponent] = found
  const [whole = '', fraction = ''] = digits.split('.')
  const power = decimal !== undefined ? (DECIMAL[decimal] ?? 0) : Number(exponent ?? 0)
  if (Math.abs(power) > MAX_EXPONENT) return null
  const factor = binary === undefined ? 1n : (BINARY[binary] ?? 1n)
  const value = BigInt(whole + fraction) * factor * (sign === '-' ? -1n : 1n)
  const decimals = fraction.length - power
  return decimals < 0 ? { value: value * 10n ** BigInt(-decimals), decimals: 0 } : { value, decimals }
}

/**
 * Which of two quantities is greater, exactly: negative, zero or positive as a sort wants it.
 * @returns null when either is no quantity
 */
export function compareQuantities(a: string | number, b: string | number): number | null {
  const left = parseQuantity(String(a))
  const right = parseQuantity(String(b))
  if (left === null || right === null) return null
  const decimals = Math.max(left.decimals, right.decimals)
  const scaled = (one: Quantity) => one.value * 10n ** BigInt(decimals - one.decimals)
  const difference = scaled(left) - scaled(right)
  return difference === 0n ? 0 : difference < 0n ? -1 : 1
}

/** Whether a value is an amount that a resource may have: a quantity that is not negative, as text or number. */
export function isAmount(value: unknown): value is string | number {
  if (typeof value !== 'string' && typeof value !== 'number') return false
  const quantity = parseQuantity(String(value))
  return quantity !== null && quantity.value >= 0n
}
