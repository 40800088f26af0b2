import { canonicalJson } from '../spec-hash.ts'
import { isDuration } from './duration.ts'
import type { FormControl, FormObject, FormValue } from './form-model.ts'
import { getAt } from './form-path.ts'
import { matchesPattern } from './form-pattern.ts'
import type { PatternBudget } from './form-pattern.ts'
import { compareQuantities, isAmount } from './quantity.ts'
import { isDeep, numberOf } from './typed-value.ts'
import type { FieldError } from './validate-config.ts'

/** What is wrong with the value of a control as a whole. */
export type Fault = Omit<FieldError, 'path'>

const OBJECTS: ReadonlySet<string> = new Set(['resources', 'map'])
const LISTS: ReadonlySet<string> = new Set(['rows', 'tolerations'])

function listItems(value: FormValue): FormValue[] {
  return Array.isArray(value) ? value : [value]
}

function isScalarList(value: FormValue): boolean {
  return Array.isArray(value) && value.every((item) => item !== null && typeof item !== 'object')
}

function isOfType(control: FormControl, value: FormValue): boolean {
  const { kind, valueType } = control
  if (kind === 'data') return true
  if (LISTS.has(kind)) return Array.isArray(value)
  if (OBJECTS.has(kind)) return typeof value === 'object' && !Array.isArray(value)
  if (kind === 'nodeSelector') return typeof value === 'object'
  if (kind === 'list' || kind === 'choices' || (kind === 'picker' && control.multiple))
    return isScalarList(value)
  if (kind === 'switch')
    return valueType === 'string' ? value === 'true' || value === 'false' : typeof value === 'boolean'
  if (kind === 'number')
    return (
      typeof value === 'number' ||
      (valueType === 'string' && typeof value === 'string' && numberOf(value) !== null)
    )
  if (kind === 'quantity') return typeof value === 'string' || typeof value === 'number'
  if (kind === 'select' || kind === 'radio') return typeof value !== 'object'
  return typeof value === 'string' || (valueType !== 'string' && typeof value !== 'object')
}

/** Whether a value is of the type that a control writes, and so are the entries of a list of numbers. */
export function checkType(control: FormControl, value: FormValue): Fault | null {
  const isNumbers = control.kind === 'list' && control.valueType === 'number' && isScalarList(value)
  if (isNumbers && listItems(value).some((item) => typeof item !== 'number'))
    return { code: 'type', params: { type: 'number' } }
  return isOfType(control, value) ? null : { code: 'type', params: { type: typeName(control) } }
}

function typeName({ kind, multiple, valueType }: FormControl): string {
  if (LISTS.has(kind) || kind === 'list' || kind === 'choices' || (kind === 'picker' && multiple))
    return 'array'
  return OBJECTS.has(kind) || kind === 'nodeSelector' ? 'object' : valueType
}

function lengthOf(control: FormControl, value: FormValue): number | null {
  if (Array.isArray(value)) return value.length
  const isText = typeof value === 'string' && control.kind !== 'number' && control.kind !== 'quantity'
  return isText ? Array.from(value).length : null
}

function checkNumber({ rules }: FormControl, number: number): Fault | null {
  const { minimum, maximum, integer } = rules
  if (integer === true && !Number.isInteger(number)) return { code: 'integer', params: {} }
  if (minimum !== undefined && number < minimum)
    return { code: 'minimum', params: { minimum: String(minimum) } }
  if (maximum !== undefined && number > maximum)
    return { code: 'maximum', params: { maximum: String(maximum) } }
  return null
}

/** What is counted: the entries of a list, else characters. */
function unitOf(value: FormValue): { unit?: 'entries' } {
  return Array.isArray(value) ? { unit: 'entries' } : {}
}

function checkLength(control: FormControl, value: FormValue): Fault | null {
  const { minLength, maxLength } = control.rules
  const length = lengthOf(control, value)
  if (length !== null && minLength !== undefined && length < minLength)
    return { code: 'minLength', params: { minLength: String(minLength), ...unitOf(value) } }
  if (length !== null && maxLength !== undefined && length > maxLength)
    return { code: 'maxLength', params: { maxLength: String(maxLength), ...unitOf(value) } }
  return checkUnique(control, value)
}

/** Whether no two entries of a list are the same, where they must not be. */
export function checkUnique({ rules }: FormControl, value: FormValue): Fault | null {
  if (rules.unique !== true || !Array.isArray(value) || isDeep(value)) return null
  const seen = new Set<string>()
  for (const item of value) {
    const text = canonicalJson(item)
    if (seen.has(text))
      return { code: 'duplicate', params: { key: typeof item === 'object' ? '' : String(item) } }
    seen.add(text)
  }
  return null
}

function checkAmount({ rules }: FormControl, value: FormValue): Fault | null {
  if (!isAmount(value)) return null
  const { minimum, maximum } = rules
  if (minimum !== undefined && (compareQuantities(value, minimum) ?? 0) < 0)
    return { code: 'minimum', params: { minimum: String(minimum) } }
  return maximum !== undefined && (compareQuantities(value, maximum) ?? 0) > 0
    ? { code: 'maximum', params: { maximum: String(maximum) } }
    : null
}

/** Bounds of numbers and amounts, of each number of a list, of lengths. */
export function checkBounds(control: FormControl, value: FormValue): Fault | null {
  const isNumeric = control.kind !== 'rows' && control.kind !== 'data'
  if (control.kind === 'quantity') return checkAmount(control, value)
  for (const item of isNumeric ? listItems(value) : []) {
    const number = typeof item === 'number' ? item : typeof item === 'string' ? numberOf(item) : null
    const fault = number === null ? null : checkNumber(control, number)
    if (fault !== null) return fault
  }
  return checkLength(control, value)
}

/** The pattern, for a text or each text of a list, as far as the budget goes. */
export function checkPattern(control: FormControl, value: FormValue, budget: PatternBudget): Fault | null {
  const { pattern } = control.rules
  if (pattern === undefined) return null
  const texts = listItems(value).filter((item) => typeof item === 'string' || typeof item === 'number')
  return texts.every((text) => matchesPattern(pattern, String(text), budget))
    ? null
    : { code: 'pattern', params: { pattern: pattern.slice(0, 200) } }
}

/** Whether what is chosen is among what may be. */
export function checkOptions(control: FormControl, value: FormValue): Fault | null {
  if (control.allowCreate || control.options.length === 0 || control.kind === 'list') return null
  const offered = new Set<FormValue>(control.options.map((option) => option.value))
  return listItems(value).every((item) => offered.has(item)) ? null : { code: 'enum', params: {} }
}

/** How amounts and durations are written; and that a request stays within the limit beside it. */
export function checkFormat(control: FormControl, value: FormValue, config: FormObject): Fault | null {
  if (control.kind === 'duration')
    return typeof value === 'string' && isDuration(value) ? null : { code: 'duration', params: {} }
  if (control.kind !== 'quantity') return null
  if (!isAmount(value)) return { code: 'quantity', params: {} }
  const { path } = control
  if (path.at(-2) !== 'requests') return null
  const limit = getAt(config, [...path.slice(0, -2), 'limits', path.at(-1) ?? null])
  return isAmount(limit) && (compareQuantities(value, limit) ?? 0) > 0
    ? { code: 'requestAboveLimit', params: { limit: String(limit) } }
    : null
}
