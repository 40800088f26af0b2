import { shownControls } from './conditions.ts'
import type { FormControl, FormModel, FormObject, FormValue } from './form-model.ts'
import { formatPath, getAt } from './form-path.ts'
import { matchesPattern } from './form-pattern.ts'
import { schemaErrors } from './schema-errors.ts'
import { isEmpty, isSame, numberOf } from './typed-value.ts'

export const FIELD_ERROR_CODES = [
  'required',
  'type',
  'enum',
  'integer',
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'pattern',
  'quantity',
  'duration',
  /** A request above its limit. */
  'requestAboveLimit',
  /** Two entries with the same key. */
  'duplicate',
  'labelKey',
  'labelValue',
  /** What can't change after installing, changed all the same. */
  'immutable',
  'schema',
] as const

export type FieldErrorCode = (typeof FIELD_ERROR_CODES)[number]

/** One wrong value; never carries the value itself, which may be a password. */
export interface FieldError {
  /** Canonical path inside the config; may lie below the control's own path (a row's field, one quantity). */
  path: string
  code: FieldErrorCode
  params: Record<string, string>
}

type Found = Omit<FieldError, 'path'>

function listItems(value: FormValue): FormValue[] {
  return Array.isArray(value) ? value : [value]
}

function isOfType(control: FormControl, value: FormValue): boolean {
  const { kind, valueType } = control
  if (kind === 'data') return true
  if (kind === 'list' || kind === 'choices')
    return Array.isArray(value) && value.every((item) => item !== null && typeof item !== 'object')
  if (kind === 'switch')
    return valueType === 'string' ? value === 'true' || value === 'false' : typeof value === 'boolean'
  if (kind === 'number')
    return (
      typeof value === 'number' ||
      (valueType === 'string' && typeof value === 'string' && numberOf(value) !== null)
    )
  if (kind === 'select' || kind === 'radio') return typeof value !== 'object'
  return typeof value === 'string' || (valueType !== 'string' && typeof value !== 'object')
}

function lengthOf(control: FormControl, value: FormValue): number | null {
  if (control.kind === 'list' || control.kind === 'choices') return listItems(value).length
  return control.kind === 'number' || typeof value !== 'string' ? null : Array.from(value).length
}

function checkBounds(control: FormControl, value: FormValue): Found | null {
  const { minimum, maximum, minLength, maxLength, integer } = control.rules
  const number = typeof value === 'number' ? value : typeof value === 'string' ? numberOf(value) : null
  if (number !== null) {
    if (integer === true && !Number.isInteger(number)) return { code: 'integer', params: {} }
    if (minimum !== undefined && number < minimum)
      return { code: 'minimum', params: { minimum: String(minimum) } }
    if (maximum !== undefined && number > maximum)
      return { code: 'maximum', params: { maximum: String(maximum) } }
  }
  const length = lengthOf(control, value)
  if (length === null) return null
  if (minLength !== undefined && length < minLength)
    return { code: 'minLength', params: { minLength: String(minLength) } }
  if (maxLength !== undefined && length > maxLength)
    return { code: 'maxLength', params: { maxLength: String(maxLength) } }
  return null
}

function checkPattern(control: FormControl, value: FormValue): Found | null {
  const { pattern } = control.rules
  if (pattern === undefined) return null
  const texts = listItems(value).filter((item) => typeof item === 'string' || typeof item === 'number')
  return texts.every((text) => matchesPattern(pattern, String(text)))
    ? null
    : { code: 'pattern', params: { pattern: pattern.slice(0, 200) } }
}

function checkOptions(control: FormControl, value: FormValue): Found | null {
  if (control.allowCreate || control.options.length === 0 || control.kind === 'list') return null
  return listItems(value).every((item) => control.options.some((option) => option.value === item))
    ? null
    : { code: 'enum', params: {} }
}

function checkControl(form: FormModel, control: FormControl, config: FormObject): Found | null {
  const value = getAt(config, control.path)
  if (isEmpty(value) || value === undefined)
    return control.rules.required === true && control.kind !== 'switch'
      ? { code: 'required', params: {} }
      : checkEmptyList(control, value)
  // What the plugin itself put there is its own affair: the user could not even tell what to change.
  const isDefault = isSame(value, getAt(form.defaults, control.path))
  if (!isDefault && !isOfType(control, value)) return { code: 'type', params: { type: control.valueType } }
  return (
    (isDefault ? null : checkOptions(control, value)) ??
    checkBounds(control, value) ??
    checkPattern(control, value)
  )
}

function checkEmptyList(control: FormControl, value: FormValue | undefined): Found | null {
  return Array.isArray(value) && value.length > 0 ? checkBounds(control, value) : null
}

/**
 * Checks a whole configuration against a form; browser and server use this same function. Controls that are
 * not shown or not editable are not checked, nor is what no control covers.
 * @returns the errors in the form's order, at most one for each control; empty when all is well
 */
export function validateConfig(form: FormModel, config: FormObject): FieldError[] {
  const shown = shownControls(form, config)
  const errors: FieldError[] = []
  const wrong = new Set<string>()
  for (const control of form.controls) {
    const path = formatPath(control.path)
    if (!shown.has(control.id) || control.disabled || control.immutable || wrong.has(path)) continue
    const found =
      form.from === 'schema'
        ? checkPattern(control, getAt(config, control.path) ?? [])
        : checkControl(form, control, config)
    if (found === null) continue
    wrong.add(path)
    errors.push({ path, ...found })
  }
  if (form.schema === null) return errors
  for (const error of schemaErrors(form.schema, config)) {
    if (wrong.has(error.path)) continue
    wrong.add(error.path)
    errors.push(error)
  }
  return errors
}
