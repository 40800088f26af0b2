/** A semantic version. `prerelease` is empty for a release; build metadata plays no part in ordering. */
export interface Version {
  readonly major: number
  readonly minor: number
  readonly patch: number
  readonly prerelease: readonly string[]
  readonly build: string
}

const NUMBER = '(0|[1-9]\\d{0,14})'
const PRE_PART = '(?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)'
const VERSION = new RegExp(
  `^[vV]?${NUMBER}\\.${NUMBER}\\.${NUMBER}(?:-(${PRE_PART}(?:\\.${PRE_PART})*))?(?:\\+([0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*))?$`,
)
const LONGEST = 256

/** Parses `major.minor.patch[-pre][+build]` with or without a leading `v`; undefined for anything else. */
export function parseVersion(text: string): Version | undefined {
  if (text.length > LONGEST) return undefined
  const match = VERSION.exec(text)
  if (match === null) return undefined
  return {
    major: Number(match[1]),
    minor: Number(match[2]),
    patch: Number(match[3]),
    prerelease: match[4]?.split('.') ?? [],
    build: match[5] ?? '',
  }
}

const DIGITS = /^\d+$/

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function comparePrereleasePart(a: string, b: string): number {
  const aIsNumber = DIGITS.test(a)
  const bIsNumber = DIGITS.test(b)
  if (aIsNumber && bIsNumber) return a.length - b.length || compareText(a, b)
  if (aIsNumber !== bIsNumber) return aIsNumber ? -1 : 1
  return compareText(a, b)
}

function comparePrerelease(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return (a.length === 0 ? 1 : 0) - (b.length === 0 ? 1 : 0)
  for (const [index, part] of a.entries()) {
    const other = b[index]
    if (other === undefined) return 1
    const order = comparePrereleasePart(part, other)
    if (order !== 0) return order
  }
  return a.length - b.length
}

/** Order of two parsed versions by semver's rules: negative, zero or positive. */
export function compareParsed(a: Version, b: Version): number {
  return (
    a.major - b.major ||
    a.minor - b.minor ||
    a.patch - b.patch ||
    comparePrerelease(a.prerelease, b.prerelease)
  )
}

/** Order of two version texts; those that are no versions sort below all that are, and by text. */
export function compareVersions(a: string, b: string): number {
  const parsedA = parseVersion(a)
  const parsedB = parseVersion(b)
  if (parsedA !== undefined && parsedB !== undefined) return compareParsed(parsedA, parsedB)
  if (parsedA === undefined && parsedB === undefined) return compareText(a, b)
  return parsedA === undefined ? -1 : 1
}
