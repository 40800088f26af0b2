import { RE2JS } from 're2js'

const MAX_PATTERN = 1000
const MAX_PROGRAM = 2000
/** Program instructions × characters: some 50 ms at worst. Longer texts are not checked. */
const MAX_WORK = 2_000_000
const MAX_CACHED = 500

const cache = new Map<string, RE2JS | null>()

function compiled(pattern: string): RE2JS | null {
  const known = cache.get(pattern)
  if (known !== undefined) return known
  let matcher: RE2JS | null = null
  try {
    if (pattern.length <= MAX_PATTERN) matcher = RE2JS.compile(pattern)
    if (matcher !== null && matcher.programSize() > MAX_PROGRAM) matcher = null
  } catch {
    matcher = null
  }
  if (cache.size >= MAX_CACHED) cache.clear()
  cache.set(pattern, matcher)
  return matcher
}

/** Whether RE2 takes a stranger's pattern: linear time, so no look-around, no back references. */
export function isPatternUsable(pattern: string): boolean {
  return compiled(pattern) !== null
}

/** Whether `pattern` is found in `text`; true as well for what can't be checked in bounded time. */
export function matchesPattern(pattern: string, text: string): boolean {
  const matcher = compiled(pattern)
  if (matcher === null || matcher.programSize() * text.length > MAX_WORK) return true
  return matcher.matcher(text).find()
}
