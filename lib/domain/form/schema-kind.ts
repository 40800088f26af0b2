import { isDuration } from './duration.ts'
import type { ChoiceOption, ControlKind, FormObject, FormValue } from './form-model.ts'
import { isObject } from './form-path.ts'
import type { FormPath } from './form-path.ts'
import { guessKind } from './guess-kind.ts'
import { parseQuantity } from './quantity.ts'

export const MAX_OPTIONS = 1000

/** How generated definitions write the pattern of a Kubernetes quantity. */
const QUANTITY_PATTERN = String.raw`^(\+|-)?(([0-9]+`
const TOLERATION_KEYS = new Set(['key', 'operator', 'value', 'effect', 'tolerationSeconds'])

/** The first type that is not null; null when there is none. */
export function typeOf(schema: FormValue | undefined): string | null {
  if (!isObject(schema)) return null
  const { type } = schema
  if (typeof type === 'string') return type
  const named = Array.isArray(type) ? type.find((name) => typeof name === 'string' && name !== 'null') : null
  return typeof named === 'string' ? named : null
}

/** Whether a schema takes numbers and texts. */
export function isIntOrString({ type }: FormObject): boolean {
  return (
    Array.isArray(type) &&
    type.includes('string') &&
    type.some((one) => one === 'integer' || one === 'number')
  )
}

/** The keys of an object's properties; empty for any other schema. */
export function propertyNames(schema: FormValue | undefined): string[] {
  return isObject(schema) && isObject(schema['properties']) ? Object.keys(schema['properties']) : []
}

/** Alternatives of which each is one value: `{const, title}`, or nothing but null. */
function constOptions(list: FormValue | undefined): ChoiceOption[] | null {
  if (!Array.isArray(list)) return null
  const options: ChoiceOption[] = []
  for (const item of list.slice(0, MAX_OPTIONS)) {
    if (!isObject(item)) return null
    const { title, description } = item
    const value = 'const' in item ? item['const'] : Array.isArray(item['enum']) ? item['enum'][0] : undefined
    if (value === null || (value === undefined && item['type'] === 'null')) continue
    if (value === undefined || typeof value === 'object') return null
    options.push({
      value,
      label: { en: typeof title === 'string' && title !== '' ? title : String(value) },
      ...(typeof description === 'string' && { description: { en: description } }),
    })
  }
  return options
}

/** What a schema offers for choice: `enum`, one `const`, or alternatives with titles; null when it doesn't. */
export function schemaOptions(schema: FormValue | undefined): ChoiceOption[] | null {
  if (!isObject(schema)) return null
  if (!Array.isArray(schema['enum']))
    return 'const' in schema
      ? constOptions([schema])
      : (constOptions(schema['oneOf']) ?? constOptions(schema['anyOf']))
  const options: ChoiceOption[] = []
  for (const value of schema['enum'].slice(0, MAX_OPTIONS)) {
    if (value === null) continue
    if (typeof value === 'object') return null
    options.push({ value, label: { en: String(value) } })
  }
  return options
}

/** Alternatives that only name a scalar type each, as one list of types; null for any others. */
function scalarTypes(list: readonly FormValue[]): FormValue[] | null {
  const types = list.map((item) =>
    isObject(item) && Object.keys(item).length === 1 ? item['type'] : undefined,
  )
  const areScalar = types.every((type) => typeof type === 'string' && type !== 'object' && type !== 'array')
  return areScalar ? types.filter((type) => type !== undefined) : null
}

/** The one alternative beside "or null", or several types as one; the schema itself where it says more. */
export function unwrapped(schema: FormObject): FormObject {
  for (const key of ['anyOf', 'oneOf', 'allOf']) {
    const list = schema[key]
    if (!Array.isArray(list) || typeOf(schema) !== null) continue
    const { [key]: _list, ...rest } = schema
    const types = key === 'allOf' ? null : scalarTypes(list)
    if (types !== null && types.length > 1) return { ...rest, type: types }
    const others = list.filter((item) => !(isObject(item) && item['type'] === 'null'))
    const only = others[0]
    if (others.length !== 1 || !isObject(only)) continue
    return { ...only, ...rest }
  }
  return schema
}

function kindOfArray(schema: FormObject, path: FormPath): ControlKind {
  const { items } = schema
  if ((schemaOptions(items)?.length ?? 0) > 0) return 'choices'
  const names = propertyNames(items)
  if (names.length > 0) {
    const isToleration = names.includes('effect') && names.every((name) => TOLERATION_KEYS.has(name))
    if (isToleration) return 'tolerations'
    const isSelector =
      guessKind([], path) === 'nodeSelector' && names.every((name) => name === 'key' || name === 'value')
    return isSelector ? 'nodeSelector' : 'rows'
  }
  if (['string', 'number', 'integer'].includes(typeOf(items) ?? '')) return 'list'
  return guessKind([], path) === 'tolerations' ? 'tolerations' : 'data'
}

function kindOfObject(schema: FormObject, path: FormPath): ControlKind {
  const more = schema['additionalProperties']
  const guessed = guessKind({}, path)
  if (typeOf(more) === 'string') return guessed === 'nodeSelector' ? guessed : 'map'
  return more === false ? 'data' : guessed
}

function kindOfString(schema: FormObject, path: FormPath, existing: FormValue | undefined): ControlKind {
  const { format, pattern } = schema
  if (format === 'password' || schema['writeOnly'] === true) return 'password'
  const isBlank = existing === undefined || existing === null || existing === ''
  const text = typeof existing === 'string' || typeof existing === 'number' ? String(existing) : ''
  const saysQuantity =
    format === 'quantity' || (typeof pattern === 'string' && pattern.startsWith(QUANTITY_PATTERN))
  // A default of another form shows that the word is meant otherwise (`format: duration` is PT30S elsewhere).
  if (saysQuantity && (isBlank || parseQuantity(text) !== null)) return 'quantity'
  if (format === 'duration' && (isBlank || isDuration(text))) return 'duration'
  if (format === 'textarea' || format === 'multiline') return 'textarea'
  return typeof existing === 'string' && pattern === undefined ? guessKind(existing, path) : 'text'
}

/** The control that fits a schema (a safe one, see `safeSchema`); `data` where none does. */
export function schemaKind(schema: FormObject, path: FormPath, existing: FormValue | undefined): ControlKind {
  if ((schemaOptions(schema)?.length ?? 0) > 0) return 'select'
  if (isIntOrString(schema)) return kindOfString(schema, path, existing) === 'quantity' ? 'quantity' : 'text'
  switch (typeOf(schema)) {
    case 'boolean':
      return 'switch'
    case 'integer':
    case 'number':
      return 'number'
    case 'string':
      return kindOfString(schema, path, existing)
    case 'array':
      return kindOfArray(schema, path)
    case 'object':
      return kindOfObject(schema, path)
    default:
      return 'data'
  }
}

/** Whether an object's properties are requests and limits. */
export function isResourcesSchema(schema: FormObject): boolean {
  const names = propertyNames(schema)
  return names.includes('requests') && names.every((name) => ['requests', 'limits', 'claims'].includes(name))
}
