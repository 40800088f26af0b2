import type { KubeObject } from '#lib/kinds/object.ts'

/** Strings and parts of objects seen lately. Two generations: what is met again stays, the rest is let go. */
interface Pool<K, V> {
  get(key: K): V | undefined
  set(key: K, value: V): void
}

const GENERATION = 8192
/** What is nested deeper is kept as it is. */
const MAX_DEPTH = 100

function createPool<K, V>(): Pool<K, V> {
  let young = new Map<K, V>()
  let old = new Map<K, V>()
  function set(key: K, value: V): void {
    if (young.size >= GENERATION) {
      old = young
      young = new Map()
    }
    young.set(key, value)
  }
  return {
    get(key) {
      const found = young.get(key)
      if (found !== undefined) return found
      const older = old.get(key)
      if (older !== undefined) set(key, older)
      return older
    },
    set,
  }
}

type Fields = Record<string, unknown>

/**
 * How a cache keeps objects: without managedFields (often a third of an object, and nobody reads them), with equal
 * parts shared between them. Nobody may change them afterwards; outside of production they are frozen.
 * @param transform makes an object smaller first; gets it without managedFields and may change it
 */
export function createObjectKeeper<T extends KubeObject>(transform?: (object: T) => T): (object: T) => T {
  const strings = createPool<string, { text: string; hash: number }>()
  const parts = createPool<number, object>()
  const isFrozen = process.env['NODE_ENV'] !== 'production'
  let lastHash = 0
  /** Of the value that `share` returned last. */
  let hash = 0

  function shareText(text: string): string {
    let known = strings.get(text)
    if (known === undefined) {
      lastHash = (lastHash + 0x9e3779b1) | 0
      known = { text, hash: lastHash }
      strings.set(text, known)
    }
    hash = known.hash
    return known.text
  }

  function share(value: unknown, depth: number): unknown {
    if (typeof value === 'string') return shareText(value)
    if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) {
      hash = typeof value === 'number' ? value | 0 : value === true ? 1 : 2
      return value
    }
    const fields = value as Fields
    const isOpen = !Object.isFrozen(value)
    let sum = Array.isArray(value) ? 17 : 31
    for (const key of Object.keys(fields)) {
      shareText(key)
      sum = Math.imul(sum ^ hash, 0x01000193)
      const field = share(fields[key], depth + 1)
      if (isOpen) fields[key] = field
      sum = Math.imul(sum ^ hash, 0x01000193)
    }
    hash = sum
    const known = parts.get(sum)
    if (known !== undefined && hasSame(known as Fields, fields)) return known
    if (isFrozen) Object.freeze(value)
    if (known === undefined) parts.set(sum, value)
    return value
  }

  return (object) => {
    // A copy without it: `delete` would turn metadata into a hash table, five times its size.
    const { managedFields: _, ...metadata }: T['metadata'] & { managedFields?: unknown } = object.metadata
    object.metadata = metadata
    return share(transform ? transform(object) : object, 0) as T
  }
}

/** Whether two objects hold the very same values under the same keys in the same order. */
function hasSame(a: Fields, b: Fields): boolean {
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const keys = Object.keys(a)
  const others = Object.keys(b)
  return (
    keys.length === others.length &&
    keys.every((key, index) => key === others[index] && Object.is(a[key], b[key]))
  )
}
