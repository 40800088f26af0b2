import type { Json } from '#lib/kinds/object.ts'

/**
 * JSON with sorted keys: equal values give equal texts, whatever order their keys came in. Keys with undefined
 * are left out, as they are on the wire.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value))
    return `[${value.map((item) => (item === undefined ? 'null' : canonicalJson(item))).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value as Record<string, Json | undefined>)
    .filter(([, item]) => item !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`
}

/** Two 32-bit lanes of multiply-and-shift, 16 hex digits: for telling change, not for security. */
function hash64(text: string): string {
  let a = 0xdeadbeef
  let b = 0x41c6ce57
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    a = Math.imul(a ^ code, 2_654_435_761)
    b = Math.imul(b ^ code, 1_597_334_677)
  }
  const high = Math.imul(a ^ (a >>> 16), 2_246_822_507) ^ Math.imul(b ^ (b >>> 13), 3_266_489_909)
  const low = Math.imul(b ^ (b >>> 16), 2_246_822_507) ^ Math.imul(a ^ (a >>> 13), 3_266_489_909)
  const hex = (lane: number): string => (lane >>> 0).toString(16).padStart(8, '0')
  return hex(high) + hex(low)
}

/** Marks hashes of this project: another platform's `status.specHash` is computed otherwise and says nothing here. */
const PREFIX = 'm1-'

/** The hash of a spec as our controller writes it to `status.specHash` once that spec is carried out. */
export function specHash(spec: unknown): string {
  return PREFIX + hash64(canonicalJson(spec))
}

/** Whether a hash was written by this project. */
export function isOwnHash(hash: string): boolean {
  return hash.startsWith(PREFIX)
}

/** Whether `status.specHash` is one of ours and tells of another spec than this one. Never throws. */
export function isOtherSpec(statusHash: string | undefined, spec: unknown): boolean {
  if (statusHash?.startsWith(PREFIX) !== true) return false
  try {
    return statusHash !== specHash(spec)
  } catch {
    // Nested so deep that nobody ever hashed it: one such object must not take down what looks at all of them.
    return true
  }
}
