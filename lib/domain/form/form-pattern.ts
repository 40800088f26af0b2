import { RE2JS } from 're2js'

const MAX_PATTERN = 1000
const MAX_PROGRAM = 2000
/** Program instructions × characters: some 50 ms at worst. Longer texts are not checked. */
const MAX_WORK = 2_000_000
const MAX_CACHED = 500
/** What each pattern costs besides its length. */
const PATTERN_COST = 80

/** What counted repetitions come to at least, without the cost of writing them out. */
function repeated(pattern: string): number {
  let sum = 0
  for (const [, least = '', most = ''] of pattern.matchAll(/\{(\d{1,4})(?:,(\d{0,4}))?\}/g))
    sum += Math.max(Number(least), Number(most))
  return sum
}

const cache = new Map<string, RE2JS | null>()

function compiled(pattern: string): RE2JS | null {
  const known = cache.get(pattern)
  if (known !== undefined) return known
  let matcher: RE2JS | null = null
  try {
    if (pattern.length <= MAX_PATTERN && repeated(pattern) <= MAX_PROGRAM) matcher = RE2JS.compile(pattern)
    if (matcher !== null && matcher.programSize() > MAX_PROGRAM) matcher = null
  } catch {
    matcher = null
  }
  if (cache.size >= MAX_CACHED) cache.clear()
  cache.set(pattern, matcher)
  return matcher
}

/** What compiling a pattern costs, in characters of plain ones. */
export function patternCost(pattern: string): number {
  return pattern.length + repeated(pattern) + PATTERN_COST
}

/** Whether RE2 takes a stranger's pattern: linear time, so no look-around, no back references. */
export function isPatternUsable(pattern: string): boolean {
  return compiled(pattern) !== null
}

/** How much may still be matched in one check of a whole configuration. */
export interface PatternBudget {
  left: number
}

/** Some 0.2 s at worst. */
export function patternBudget(): PatternBudget {
  return { left: 4 * MAX_WORK }
}

/** Whether `pattern` is found in `text`; true as well for what can't be checked in bounded time. */
export function matchesPattern(pattern: string, text: string, budget = patternBudget()): boolean {
  const matcher = compiled(pattern)
  if (matcher === null) return true
  const work = matcher.programSize() * (text.length + 1)
  if (work > Math.min(MAX_WORK, budget.left)) return true
  budget.left -= work
  return matcher.matcher(text).find()
}
