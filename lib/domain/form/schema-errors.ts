import { Validator } from '@cfworker/json-schema'
import type { FormObject, FormValue } from './form-model.ts'
import { formatPath, isForbiddenKey, isObject } from './form-path.ts'
import { conditionText } from './typed-value.ts'
import type { FieldError, FieldErrorCode } from './validate-config.ts'

/** Keywords that only pass on what a deeper one found. */
const PASSING = new Set([
  'properties',
  'items',
  'additionalItems',
  'prefixItems',
  'allOf',
  'then',
  'else',
  'if',
  'dependentSchemas',
])
/** Keywords whose inner errors are alternatives: only the outer one is told. */
const CHOOSING = ['anyOf', 'oneOf', 'not', 'contains', 'propertyNames']

/** `uniqueItems` compares each with each; the controls do that in linear time. */
const LEFT_OUT = new Set(['pattern', 'format', 'default', 'examples', 'uniqueItems'])
const MAPS = new Set(['properties', 'dependentSchemas'])
/** Keywords whose schemas meet many values. */
const REPEATING = new Set(['items', 'additionalItems', 'contains', 'additionalProperties', 'propertyNames'])
const LISTED = new Set(['enum', 'required'])

const CODES: Readonly<Record<string, FieldErrorCode>> = {
  required: 'required',
  type: 'type',
  enum: 'enum',
  const: 'enum',
  minimum: 'minimum',
  maximum: 'maximum',
  minLength: 'minLength',
  maxLength: 'maxLength',
  minItems: 'minLength',
  maxItems: 'maxLength',
}

/** Native regular expressions stay out: `pattern` is checked by the controls, in linear time. */
function withoutPatterns(schema: FormValue, isMap = false): FormValue {
  if (Array.isArray(schema)) return schema.map((item) => withoutPatterns(item))
  if (!isObject(schema)) return schema
  const result: FormObject = {}
  for (const [key, value] of Object.entries(schema)) {
    if (isForbiddenKey(key) || (!isMap && LEFT_OUT.has(key))) continue
    const isVerbatim = !isMap && (key === 'enum' || key === 'const')
    result[key] = isVerbatim ? value : withoutPatterns(value, !isMap && MAPS.has(key))
  }
  return result
}

function stepsOf(pointer: string, config: FormObject): (string | number)[] {
  let here: FormValue | undefined = config
  return pointer
    .split('/')
    .slice(1)
    .map((raw) => {
      const part = raw.replaceAll('~1', '/').replaceAll('~0', '~')
      const step = Array.isArray(here) ? Number(part) : part
      here = Array.isArray(here) ? here[Number(part)] : isObject(here) ? here[part] : undefined
      return step
    })
}

function valueAt(schema: FormObject, location: string): FormValue | undefined {
  let here: FormValue | undefined = schema
  for (const raw of location.split('/').slice(1)) {
    const part = raw.replaceAll('~1', '/').replaceAll('~0', '~')
    here = Array.isArray(here) ? here[Number(part)] : isObject(here) ? here[part] : undefined
  }
  return here
}

interface Prepared {
  plain: FormObject
  validator: Validator
  /** See `weightOf`. */
  weight: number
}

const validators = new WeakMap<FormObject, Prepared | null>()

function validatorOf(schema: FormObject): Prepared | null {
  const known = validators.get(schema)
  if (known !== undefined) return known
  const plain = withoutPatterns(schema)
  const made = isObject(plain)
    ? { plain, validator: new Validator(plain, '2020-12', false), weight: weightOf(plain, false) }
    : null
  validators.set(schema, made)
  return made
}

/** Steps beyond which a schema is not enforced; more than a form with thousands of values takes. */
const MAX_WORK = 2_000_000

/** How many sub-schemas and listed values may meet each entry of a list at most. */
function weightOf(schema: FormValue, isRepeated: boolean): number {
  if (Array.isArray(schema)) return schema.reduce<number>((sum, one) => sum + weightOf(one, isRepeated), 0)
  if (!isObject(schema)) return 0
  let weight = isRepeated ? 1 : 0
  for (const [key, value] of Object.entries(schema))
    if (key === 'properties' && isObject(value))
      // Each value has one name.
      weight += Math.max(0, ...Object.values(value).map((child) => weightOf(child, isRepeated)))
    else if (LISTED.has(key)) weight += isRepeated && Array.isArray(value) ? value.length : 0
    else if (key !== 'const') weight += weightOf(value, isRepeated || REPEATING.has(key))
  return weight
}

function countOf(value: FormValue): number {
  const open = [value]
  let count = 0
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    count++
    if (typeof one === 'object' && one !== null) for (const child of Object.values(one)) open.push(child)
  }
  return count
}

/** What a safe schema (see `safeSchema`) finds wrong with a config: nothing where it would take too long. Never throws. */
export function schemaErrors(schema: FormObject, config: FormObject): FieldError[] {
  try {
    const made = validatorOf(schema)
    if (made === null) return []
    const { plain, validator, weight } = made
    if (weight * countOf(config) > MAX_WORK) return []
    return validator.validate(config).errors.flatMap((error): FieldError[] => {
      const above = error.keywordLocation.split('/').slice(1, -1)
      if (PASSING.has(error.keyword) || above.some((part) => CHOOSING.includes(part))) return []
      const steps = stepsOf(error.instanceLocation, config)
      const missing = error.keyword === 'required' ? /"(.+)"/s.exec(error.error)?.[1] : undefined
      if (missing !== undefined) steps.push(missing)
      const code = CODES[error.keyword] ?? 'schema'
      const bound = valueAt(plain, error.keywordLocation.replace(/^#/, ''))
      const params: Record<string, string> = {}
      if (code === 'type' || code === 'minimum' || code === 'maximum' || code.endsWith('Length'))
        params[code] = conditionText(bound)
      if (error.keyword === 'minItems' || error.keyword === 'maxItems') params['unit'] = 'entries'
      if (code === 'schema') params['keyword'] = error.keyword
      return [{ path: formatPath(steps), code, params }]
    })
  } catch {
    return []
  }
}
