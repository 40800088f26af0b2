import { badRequest } from '../api-error.ts'

interface Requirement {
  readonly key: string
  readonly operator: 'in' | 'notin' | 'exists' | '!' | 'gt' | 'lt'
  readonly values: ReadonlySet<string>
}

/** A parsed label selector; an object matches when every requirement holds. */
export type LabelSelector = readonly Requirement[]

const KEY =
  /^(?:(?=[^/]{1,253}\/)[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/
const VALUE = /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/

/**
 * Parses `a=b,c!=d,e in (f,g),h notin (i),j,!k,l>1`.
 * @throws ApiError 400 when the text is no selector
 */
export function parseLabelSelector(text: string): LabelSelector {
  return splitRequirements(text).map((part) => parseRequirement(part, text))
}

/** Splits at commas outside of parentheses; an empty selector has no parts. */
function splitRequirements(text: string): string[] {
  if (text.trim() === '') return []
  const parts: string[] = []
  let start = 0
  let depth = 0
  for (let index = 0; index <= text.length; index++) {
    const char = text[index]
    if (char === '(') depth++
    else if (char === ')') depth--
    else if ((char === ',' && depth === 0) || char === undefined) {
      parts.push(text.slice(start, index).trim())
      start = index + 1
    }
  }
  return parts
}

function parseRequirement(part: string, whole: string): Requirement {
  const fail = (why: string) => badRequest(`unable to parse requirement: ${why} in selector ${whole}`)
  const set = /^(\S+)\s+(in|notin)\s*\(([^()]*)\)$/.exec(part)
  if (set !== null)
    return checked(
      set[1] ?? '',
      set[2] === 'in' ? 'in' : 'notin',
      (set[3] ?? '').split(',').map((value) => value.trim()),
    )
  const compared = /^([^=!<>\s]+)\s*(==|=|!=|>|<)\s*(\S*)$/.exec(part)
  if (compared !== null) {
    const [, key = '', sign, value = ''] = compared
    if (sign === '>' || sign === '<') {
      if (!/^-?\d+$/.test(value)) throw fail(`${sign} needs an integer, found "${value}"`)
      return { ...checked(key, 'exists', []), operator: sign === '>' ? 'gt' : 'lt', values: new Set([value]) }
    }
    return checked(key, sign === '!=' ? 'notin' : 'in', [value])
  }
  if (part.startsWith('!')) return checked(part.slice(1).trim(), '!', [])
  return checked(part, 'exists', [])

  function checked(key: string, operator: Requirement['operator'], values: string[]): Requirement {
    if (!KEY.test(key)) throw fail(`"${key}" is no label key`)
    const bad = values.find((value) => !VALUE.test(value))
    if (bad !== undefined) throw fail(`"${bad}" is no label value`)
    return { key, operator, values: new Set(values) }
  }
}

/** Whether labels satisfy the selector. A missing key satisfies `!=` and `notin`. */
export function matchesLabels(selector: LabelSelector, labels: Readonly<Record<string, string>>): boolean {
  return selector.every(({ key, operator, values }) => {
    const value = Object.hasOwn(labels, key) ? labels[key] : undefined
    if (operator === '!') return value === undefined
    if (operator === 'notin') return value === undefined || !values.has(value)
    if (value === undefined) return false
    if (operator === 'exists') return true
    if (operator === 'in') return values.has(value)
    if (!/^-?\d+$/.test(value)) return false
    const [bound = '0'] = values
    return operator === 'gt' ? BigInt(value) > BigInt(bound) : BigInt(value) < BigInt(bound)
  })
}
