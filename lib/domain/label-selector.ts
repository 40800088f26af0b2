import { isLabelKey, isLabelValue } from './form/labels.ts'

/** One requirement of a label selector in its text form. */
interface Requirement {
  key: string
  operator: 'in' | 'notin' | 'exists' | 'absent' | 'gt' | 'lt'
  values: readonly string[]
}

export type TextSelector = readonly Requirement[]

const MAX_LENGTH = 2000
const INTEGER = /^[+-]?\d{1,18}$/

/**
 * Reads `a=b,c!=d,e in (f,g),h notin (i),j,!k,l>1`, as the API server does.
 * @returns null for what is no selector, or longer than 2,000 characters; an empty text selects everything
 */
export function parseLabelSelector(text: string): TextSelector | null {
  if (text.length > MAX_LENGTH) return null
  if (text.trim() === '') return []
  const requirements: Requirement[] = []
  for (const part of splitOutside(text)) {
    const requirement = requirementOf(part.trim())
    if (requirement === null) return null
    requirements.push(requirement)
  }
  return requirements
}

/** Splits at commas that stand outside of parentheses. */
function splitOutside(text: string): string[] {
  const parts: string[] = []
  let start = 0
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const char = text[at]
    if (char === '(') depth++
    else if (char === ')') depth--
    else if (char === ',' && depth === 0) {
      parts.push(text.slice(start, at))
      start = at + 1
    }
  }
  return [...parts, text.slice(start)]
}

function requirementOf(part: string): Requirement | null {
  const set = /^(\S+)\s+(in|notin)\s*\(([^()]*)\)$/.exec(part)
  if (set !== null) {
    const values = (set[3] ?? '').split(',').map((value) => value.trim())
    return checked(set[1] ?? '', set[2] === 'in' ? 'in' : 'notin', values)
  }
  if (part.startsWith('!')) return checked(part.slice(1).trim(), 'absent', [])
  const sign = /==|!=|[=<>]/.exec(part)
  if (sign === null) return checked(part, 'exists', [])
  const key = part.slice(0, sign.index).trim()
  const value = part.slice(sign.index + sign[0].length).trim()
  if (sign[0] === '<' || sign[0] === '>')
    return INTEGER.test(value) ? checked(key, sign[0] === '>' ? 'gt' : 'lt', [value]) : null
  return checked(key, sign[0] === '!=' ? 'notin' : 'in', [value])
}

function checked(key: string, operator: Requirement['operator'], values: readonly string[]) {
  const isInteger = operator === 'gt' || operator === 'lt'
  const isSound = isLabelKey(key) && values.every((value) => isInteger || isLabelValue(value))
  return isSound ? { key, operator, values } : null
}

/** Whether labels satisfy every requirement. A missing label satisfies `!=` and `notin`. */
export function matchesSelector(selector: TextSelector, labels: Readonly<Record<string, string>>): boolean {
  return selector.every(({ key, operator, values }) => {
    const value = Object.hasOwn(labels, key) ? labels[key] : undefined
    if (operator === 'absent') return value === undefined
    if (operator === 'notin') return value === undefined || !values.includes(value)
    if (value === undefined) return false
    if (operator === 'exists') return true
    if (operator === 'in') return values.includes(value)
    if (!INTEGER.test(value)) return false
    const difference = BigInt(value) - BigInt(values[0] ?? '0')
    return operator === 'gt' ? difference > 0n : difference < 0n
  })
}
