import type { ChoiceOption, ControlKind, FormControl, FormValue, ValueType } from './form-model.ts'
import { isObject } from './form-path.ts'

type Typed = Pick<FormControl, 'kind' | 'valueType' | 'options' | 'multiple'>

/** No two parts can take the same digits: linear in the text. */
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i

/** The number that a text is, or null: no blanks, no hexadecimal, nothing infinite. */
export function numberOf(text: string): number | null {
  const value = NUMBER.test(text) ? Number(text) : Number.NaN
  return Number.isFinite(value) ? value : null
}

/** Nothing entered: absent, null, an empty text or an empty list. */
export function isEmpty(value: FormValue | undefined): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
}

/** Nothing entered, or an object without keys, or of nothing but such. A key with an empty text is something: a label. */
export function isBlank(value: FormValue | undefined, depth = 0): boolean {
  if (isEmpty(value)) return depth === 0 || value !== ''
  return isObject(value) && depth < 8 && Object.values(value).every((item) => isBlank(item, depth + 1))
}

/** Kinds whose value is an object or a list of objects. */
const STRUCTURED: ReadonlySet<ControlKind> = new Set<ControlKind>([
  'rows',
  'resources',
  'map',
  'tolerations',
  'nodeSelector',
  'data',
])

/** The type of values that a control of this kind writes: what the config already holds decides. */
export function valueTypeOf(kind: ControlKind, existing: FormValue | undefined): ValueType {
  if (STRUCTURED.has(kind)) return 'any'
  if (kind === 'list' || kind === 'choices' || (kind === 'picker' && Array.isArray(existing))) {
    const items = Array.isArray(existing) ? existing : []
    return items.length > 0 && items.every((item) => typeof item === 'number') ? 'number' : 'string'
  }
  if (typeof existing === 'boolean' || typeof existing === 'number' || typeof existing === 'string')
    return typeof existing as ValueType
  if (kind === 'switch') return 'boolean'
  return kind === 'number' ? 'number' : 'string'
}

/** A scalar written as text, as the value type wants it; the text itself where it doesn't fit. */
export function scalarFromText(text: string, type: ValueType): string | number | boolean {
  if (type === 'number') return numberOf(text) ?? text
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true'
  return text
}

/** Options typed alike: all numbers or all booleans only if every one of them is. */
export function typedOptions(options: ChoiceOption[], type: ValueType): ChoiceOption[] {
  const typed = options.map((option) => ({ ...option, value: scalarFromText(String(option.value), type) }))
  return typed.every((option) => typeof option.value === type) ? typed : options
}

function listFromText(text: string, type: ValueType): FormValue[] {
  const parsed = jsonOf(text)
  const items = Array.isArray(parsed) ? parsed : text.split(',').map((item) => item.trim())
  return items
    .filter((item) => typeof item === 'string' || typeof item === 'number' || typeof item === 'boolean')
    .filter((item) => item !== '')
    .map((item) => scalarFromText(String(item), type))
}

/** Whether a value has more levels than anyone writes by hand. */
export function isDeep(value: FormValue | undefined, levels = 100): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some((item) => isDeep(item, levels - 1))
}

/** JSON, or undefined where a text is none, or an absurdly deep one. */
export function jsonOf(text: string): FormValue | undefined {
  try {
    const value = JSON.parse(text) as FormValue
    return isDeep(value) ? undefined : value
  } catch {
    return undefined
  }
}

/** The value that a text most likely means, where nothing else tells its type. */
export function valueFromText(text: string): FormValue {
  if (text === 'true' || text === 'false') return text === 'true'
  const number = numberOf(text)
  // `1.10` and `007` are texts: as numbers they would read differently.
  if (number !== null && String(number) === text) return number
  return (/^[[{]/.test(text) ? jsonOf(text) : undefined) ?? text
}

/** A descriptor's default, typed by its control; undefined where the text does not fit. */
export function defaultFromText(text: string, control: Typed): FormValue | undefined {
  switch (control.kind) {
    case 'switch':
    case 'number': {
      const type =
        control.valueType === 'string' ? 'string' : control.kind === 'switch' ? 'boolean' : 'number'
      const value = scalarFromText(text, type)
      return typeof value === type ? value : undefined
    }
    case 'list':
    case 'choices':
      return listFromText(text, control.valueType)
    case 'data':
      return jsonOf(text) ?? text
    case 'map':
    case 'nodeSelector':
    case 'resources': {
      const value = jsonOf(text)
      return isObject(value) || (control.kind === 'nodeSelector' && Array.isArray(value)) ? value : undefined
    }
    case 'rows':
    case 'tolerations': {
      const value = jsonOf(text)
      return Array.isArray(value) ? value : undefined
    }
    case 'picker':
      return control.multiple ? listFromText(text, 'string') : text
    case 'select':
    case 'radio':
      return control.options.find((option) => String(option.value) === text)?.value ?? text
    default:
      return scalarFromText(text, control.valueType)
  }
}

/** The text form that conditions compare with. */
export function conditionText(value: FormValue | undefined): string {
  if (value === undefined || value === null) return ''
  if (typeof value !== 'object') return String(value)
  return isDeep(value) ? '' : JSON.stringify(value)
}
