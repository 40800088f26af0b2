import type { Json, JsonObject } from '#lib/kinds/object.ts'
import { isObject } from '../json.ts'

/**
 * One step of a field's path, as FieldsV1 writes it: `f:name` (a field), `k:{"type":"Ready"}` (the item of a list with these
 * keys), `v:"text"` (the item of a set), `i:0` (an index). Two steps are the same when their texts are.
 */
export type Step = string

export const fieldStep = (name: string): Step => `f:${name}`
export const valueStep = (value: Json): Step => `v:${encode(value)}`

/** The step to the item of a list with these keys, whatever their order. */
export function keyStep(keys: readonly (readonly [string, Json])[]): Step {
  const sorted = keys.toSorted(([a], [b]) => compareTexts(a, b))
  return `k:{${sorted.map(([name, value]) => `${encode(name)}:${encode(value)}`).join(',')}}`
}

/** The field's name, when the step leads to a field. */
export function fieldOf(step: Step): string | undefined {
  return step.startsWith('f:') ? step.slice(2) : undefined
}

export const isKeyStep = (step: Step): boolean => step.startsWith('k:')

/** JSON as Go writes it: the characters that mean something in HTML are escaped. */
function encode(value: Json): string {
  return JSON.stringify(value).replaceAll(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/**
 * Reads a step in any spelling.
 * @returns undefined for a kind of step that nobody knows yet
 * @throws TypeError when the text is malformed
 */
export function parseStep(text: string): Step | undefined {
  if (text.startsWith('f:')) return text
  if (text.length < 2) throw new TypeError('key must be 2 characters long')
  if (text[1] !== ':') throw new TypeError(`missing colon: ${text}`)
  const rest = text.slice(2)
  switch (text[0]) {
    case 'v':
      return valueStep(decode(rest))
    case 'k': {
      const keys = decode(rest)
      if (!isObject(keys)) throw new TypeError(`the keys of an item are an object: ${text}`)
      return keyStep(Object.entries(keys))
    }
    case 'i':
      if (!/^[+-]?\d+$/.test(rest)) throw new TypeError(`an index is a number: ${text}`)
      return `i:${Number(rest)}`
    default:
      return undefined
  }
}

function decode(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch (error) {
    throw new TypeError((error as Error).message, { cause: error })
  }
}

/** The step as messages show it: `.spec`, `[name="a"]`, `[="text"]`, `[0]`. */
export function showStep(step: Step): string {
  const rest = step.slice(2)
  if (step.startsWith('f:')) return `.${rest}`
  if (step.startsWith('i:')) return `[${rest}]`
  const value = decode(rest)
  if (step.startsWith('v:')) return `[=${showValue(value)}]`
  return `[${Object.entries(value as JsonObject)
    .map(([name, key]) => `${name}=${showValue(key)}`)
    .join(',')}]`
}

function showValue(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(showValue).join(',')}]`
  if (isObject(value))
    return Object.entries(value)
      .map(([name, child]) => `${name}=${showValue(child)}`)
      .join('')
  return JSON.stringify(value)
}

/** Steps in the order in which FieldsV1 lists them: fields, keys, values, indices; each by what it says. */
export function sortSteps(steps: Iterable<Step>): Step[] {
  const list = [...steps]
  if (list.every((step) => step.startsWith('f:'))) return list.sort(compareTexts)
  return list
    .map((step) => ({ step, rank: 'fkvi'.indexOf(step[0] ?? ''), value: orderOf(step) }))
    .sort((a, b) => a.rank - b.rank || compareValues(a.value, b.value))
    .map(({ step }) => step)
}

function orderOf(step: Step): Json {
  const rest = step.slice(2)
  if (step.startsWith('f:')) return rest
  const value = decode(rest)
  return isObject(value) ? Object.entries(value).flat() : value
}

/** By code points, as UTF-8 bytes compare: UTF-16 units would put some characters elsewhere. */
function compareTexts(a: string, b: string): number {
  if (a === b) return 0
  for (let index = 0; ; index++) {
    const [left, right] = [a.charCodeAt(index), b.charCodeAt(index)]
    if (left === right) continue
    if (Number.isNaN(left)) return -1
    if (Number.isNaN(right)) return 1
    const areSurrogates = [left >= 0xd800 && left < 0xe000, right >= 0xd800 && right < 0xe000]
    if (areSurrogates[0] !== areSurrogates[1]) return areSurrogates[0] === true ? 1 : -1
    return left - right
  }
}

const KINDS = ['number', 'string', 'boolean', 'list', 'object', 'null']

function kindOf(value: Json): number {
  if (value === null) return 5
  return Array.isArray(value) ? 3 : KINDS.indexOf(typeof value)
}

function compareValues(a: Json, b: Json): number {
  if (typeof a === 'string' && typeof b === 'string') return compareTexts(a, b)
  if (kindOf(a) !== kindOf(b)) return kindOf(a) - kindOf(b)
  if (!Array.isArray(a) || !Array.isArray(b)) return typeof a === 'object' ? 0 : Number(a) - Number(b)
  for (let index = 0; index < a.length && index < b.length; index++) {
    const order = compareValues(a[index] ?? null, b[index] ?? null)
    if (order !== 0) return order
  }
  return a.length - b.length
}
