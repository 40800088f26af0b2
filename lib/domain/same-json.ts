import type { Json } from '#lib/kinds/object.ts'

type Pair = readonly [Json | undefined, Json | undefined]

/** Equal as JSON; the order of keys does not count, absence equals only absence. Any depth: it does not recurse. */
export function isSameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object') return false
  const open: Pair[] = [[a, b]]
  for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
    const [left, right] = pair
    if (left === right) continue
    if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false
    if (Array.isArray(left) !== Array.isArray(right)) return false
    const keys = Object.keys(left)
    if (keys.length !== Object.keys(right).length) return false
    const [ours, theirs] = [left, right] as [Record<string, Json>, Record<string, Json>]
    for (const key of keys) {
      if (!Object.hasOwn(theirs, key)) return false
      open.push([ours[key], theirs[key]])
    }
  }
  return true
}
