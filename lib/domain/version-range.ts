import { compareParsed, parseVersion } from './semver.ts'
import type { Version } from './semver.ts'

type Comparator = (version: Version) => boolean

/** A parsed range: it matches when all comparators of any alternative do. */
export interface VersionRange {
  readonly text: string
  readonly alternatives: readonly (readonly Comparator[])[]
}

const LONGEST = 2048
const TERM = /^(==|=|!=|!|>=|<=|>|<|\^|~>|~)?(.+)$/
const PARTIAL = /^[vV]?(\d{1,15}|[xX*])(?:\.(\d{1,15}|[xX*]))?(?:\.(\d{1,15}|[xX*]))?$/

const release = (major: number, minor: number, patch: number): Version => ({
  major,
  minor,
  patch,
  prerelease: [],
  build: '',
})

const isAt =
  (limit: Version): Comparator =>
  (version) =>
    compareParsed(version, limit) === 0
const isFrom =
  (limit: Version): Comparator =>
  (version) =>
    compareParsed(version, limit) >= 0
const isAbove =
  (limit: Version): Comparator =>
  (version) =>
    compareParsed(version, limit) > 0
const isBelow =
  (limit: Version): Comparator =>
  (version) =>
    compareParsed(version, limit) < 0
const isUpTo =
  (limit: Version): Comparator =>
  (version) =>
    compareParsed(version, limit) <= 0

/** First version after those that share `known` leading numbers (1 or 2) with `version`. */
function after(version: Version, known: number): Version {
  if (known === 1) return release(version.major + 1, 0, 0)
  return known === 2
    ? release(version.major, version.minor + 1, 0)
    : release(version.major, version.minor, version.patch + 1)
}

/** `^`: nothing left of the first number that isn't 0 may change. */
function caretLimit(version: Version, known: number): Version {
  if (version.major > 0 || known === 1) return after(version, 1)
  return after(version, version.minor > 0 || known === 2 ? 2 : 3)
}

/** `from <= version < to`, as a comparator list for each operator. */
function seriesComparators(operator: string, from: Version, known: number): Comparator[] | undefined {
  const to = after(from, known)
  switch (operator) {
    case '':
    case '=':
    case '==':
      return [isFrom(from), isBelow(to)]
    case '!':
    case '!=':
      return [(version) => compareParsed(version, from) < 0 || compareParsed(version, to) >= 0]
    case '>':
      return [isFrom(to)]
    case '>=':
      return [isFrom(from)]
    case '<':
      return [isBelow(from)]
    case '<=':
      return [isBelow(to)]
    case '^':
      return [isFrom(from), isBelow(caretLimit(from, known))]
    case '~':
    case '~>':
      return [isFrom(from), isBelow(to)]
    default:
      return undefined
  }
}

function exactComparators(operator: string, limit: Version): Comparator[] | undefined {
  switch (operator) {
    case '':
    case '=':
    case '==':
      return [isAt(limit)]
    case '!':
    case '!=':
      return [(version) => compareParsed(version, limit) !== 0]
    case '>':
      return [isAbove(limit)]
    case '>=':
      return [isFrom(limit)]
    case '<':
      return [isBelow(limit)]
    case '<=':
      return [isUpTo(limit)]
    case '^':
      return [isFrom(limit), isBelow(caretLimit(limit, 3))]
    case '~':
    case '~>':
      return [isFrom(limit), isBelow(after(limit, 2))]
    default:
      return undefined
  }
}

function anyComparators(operator: string): Comparator[] {
  return ['!', '!=', '>', '<'].includes(operator) ? [() => false] : []
}

function parseTerm(term: string): Comparator[] | undefined {
  const match = TERM.exec(term)
  if (match === null) return undefined
  const operator = match[1] ?? ''
  const text = match[2] ?? ''
  const exact = parseVersion(text)
  if (exact !== undefined) return exactComparators(operator, exact)
  const partial = PARTIAL.exec(text)
  if (partial === null) return undefined
  const numbers = partial
    .slice(1)
    .map((part) => (part === undefined || !/^\d/.test(part) ? null : Number(part)))
  const known = numbers.indexOf(null)
  // A number after a wildcard (`1.x.3`) means nothing; three plain numbers that got here have a leading zero.
  if (known === -1 || numbers.slice(known).some((part) => part !== null)) return undefined
  if (known === 0) return anyComparators(operator)
  return seriesComparators(operator, release(numbers[0] ?? 0, numbers[1] ?? 0, 0), known)
}

/**
 * Parses a version range as blang/semver reads it (space = and, `||` = or, `!`, `!=`, `x` wildcards, prereleases
 * compared plainly), and also `*`, a leading `v`, spaces after operators, `^`, `~` and missing numbers (`4.0` = `4.0.x`).
 * Blank text is any version. Returns undefined when nobody can parse it.
 */
export function parseRange(text: string): VersionRange | undefined {
  if (text.length > LONGEST) return undefined
  const alternatives: Comparator[][] = []
  const parts = text.trim() === '' ? ['*'] : text.split('||')
  for (const part of parts) {
    const terms = part
      .replaceAll(/([=!<>^~])\s+/g, '$1')
      .trim()
      .split(/\s+/)
    const comparators: Comparator[] = []
    for (const term of terms) {
      const parsed = parseTerm(term)
      if (parsed === undefined) return undefined
      comparators.push(...parsed)
    }
    alternatives.push(comparators)
  }
  return { text, alternatives }
}

/** Whether a version text lies in the range; what is no version lies in none but "any". */
export function matchesRange(range: VersionRange, version: string): boolean {
  const parsed = parseVersion(version)
  if (parsed === undefined) return range.alternatives.some((comparators) => comparators.length === 0)
  return range.alternatives.some((comparators) => comparators.every((holds) => holds(parsed)))
}
