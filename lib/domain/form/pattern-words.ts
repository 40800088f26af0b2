/** Kinds of characters that have a name; others stand for themselves. */
export const CHARACTER_KINDS = ['letters', 'lower', 'upper', 'digits'] as const
export type CharacterKind = (typeof CHARACTER_KINDS)[number]

/** What a simple pattern asks for: one of some beginnings, or certain characters only (some of them at both ends). */
export type PatternWords =
  | { kind: 'prefix'; prefixes: string[] }
  | {
      kind: 'characters'
      named: CharacterKind[]
      signs: string[]
      ends: CharacterKind[]
      /** How many, as `{1,63}` says it; `max` is empty where there is no bound. */
      count?: { min: string; max: string }
    }

const QUANTIFIER = String.raw`(?:[*+]|\{(\d+)(,\d*)?\})`
const CLASS = String.raw`\[((?:[^\]\\^]|\\[.\-_/])+)\]`
const WHOLE = new RegExp(String.raw`^\^${CLASS}${QUANTIFIER}\$$`)
/** A name as Kubernetes has them: `^[a-z0-9]([-a-z0-9]*[a-z0-9])?$`. */
const WITH_ENDS = new RegExp(String.raw`^\^${CLASS}\((?:\?:)?${CLASS}\*${CLASS}\)\?\$$`)
const PREFIX = /^\^((?:[\w/:@,;=#%&!~'" -]|\\[./\-$])+)$/
const HTTP = /^\^https\?:(?:\/\/|\\\/\\\/)$/
const RANGES: Readonly<Record<string, CharacterKind>> = { 'a-z': 'lower', 'A-Z': 'upper', '0-9': 'digits' }
/** A pattern that is longer says nothing simple. */
const LONGEST = 200

function readClass(text: string): { named: CharacterKind[]; signs: string[] } | null {
  const named: CharacterKind[] = []
  const signs: string[] = []
  const rest = text.replaceAll(/a-z|A-Z|0-9/g, (range) => {
    const kind = RANGES[range]
    if (kind !== undefined && !named.includes(kind)) named.push(kind)
    return ''
  })
  // Any other range has no name.
  if (/[^\\]-./.test(rest)) return null
  for (const sign of rest.replaceAll('\\', '')) if (!signs.includes(sign)) signs.push(sign)
  if (signs.some((sign) => /[\s\w]/.test(sign) && sign !== '_')) return null
  if (!named.includes('lower') || !named.includes('upper')) return { named, signs }
  return { named: ['letters', ...named.filter((kind) => kind === 'digits')], signs }
}

/**
 * What a pattern asks for, where that is simple enough for words; null elsewhere. Nothing is matched with it, so any
 * text will do.
 */
export function patternWords(pattern: string): PatternWords | null {
  if (pattern.length > LONGEST) return null
  if (HTTP.test(pattern)) return { kind: 'prefix', prefixes: ['http://', 'https://'] }
  const [, prefix] = PREFIX.exec(pattern) ?? []
  if (prefix !== undefined) return { kind: 'prefix', prefixes: [prefix.replaceAll('\\', '')] }
  const [, whole, min, upTo] = WHOLE.exec(pattern) ?? []
  if (whole !== undefined) {
    const found = readClass(whole)
    const count = min !== undefined && { count: { min, max: upTo?.slice(1) ?? min } }
    return found && { kind: 'characters', ...found, ends: [], ...count }
  }
  const [, first, middle, last] = WITH_ENDS.exec(pattern) ?? []
  if (first === undefined || middle === undefined || first !== last) return null
  const inside = readClass(middle)
  const ends = readClass(first)
  if (inside === null || ends === null || ends.signs.length > 0) return null
  return { kind: 'characters', ...inside, ends: ends.named }
}
