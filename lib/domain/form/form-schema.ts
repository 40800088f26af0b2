import type { ControlCollector } from './control-collector.ts'
import type { FormObject, FormValue } from './form-model.ts'
import { isForbiddenKey, isObject } from './form-path.ts'
import { schemaAt } from './schema-ref.ts'

/** Sub-schemas that a form takes; more are cut off, so that nothing recursive or enormous costs time. */
const MAX_NODES = 2000
const MAX_DEPTH = 24

const LISTS = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems'])
const MAPS = new Set(['properties', 'dependentSchemas'])
const SINGLE = new Set([
  'items',
  'additionalItems',
  'contains',
  'additionalProperties',
  'propertyNames',
  'not',
  'if',
  'then',
  'else',
])

const TYPES = new Set<FormValue>(['null', 'boolean', 'object', 'array', 'number', 'integer', 'string'])

type IsFit = (value: FormValue) => boolean

function isText(value: FormValue): boolean {
  return typeof value === 'string'
}

function isNumber(value: FormValue): boolean {
  return typeof value === 'number'
}

function isFlag(value: FormValue): boolean {
  return typeof value === 'boolean'
}

function areTexts(value: FormValue): boolean {
  return Array.isArray(value) && value.every(isText)
}

function areTypes(value: FormValue): boolean {
  const types = typesOf({ type: value })
  return types.length > 0 && types.every((type) => TYPES.has(type))
}

function keywords(isFit: IsFit, ...names: string[]): [string, IsFit][] {
  return names.map((name) => [name, isFit])
}

/** Keywords without schemas in them, and what they may hold: anything else would stop the validator. */
const PLAIN: ReadonlyMap<string, IsFit> = new Map([
  ...keywords(isText, 'title', 'description', 'format', 'pattern'),
  ...keywords(isFlag, 'uniqueItems', 'readOnly', 'writeOnly'),
  ...keywords(areTexts, 'required'),
  ...keywords(isNumber, 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'),
  ...keywords(isNumber, 'minLength', 'maxLength', 'minItems', 'maxItems', 'minContains', 'maxContains'),
  ...keywords(isNumber, 'minProperties', 'maxProperties'),
  ...keywords((value) => typeof value === 'number' && value > 0, 'multipleOf'),
  ...keywords((value) => Array.isArray(value), 'enum', 'examples'),
  ...keywords((value) => isObject(value) && Object.values(value).every(areTexts), 'dependentRequired'),
  ...keywords(areTypes, 'type'),
  ...keywords(() => true, 'default', 'const'),
])
function typesOf({ type }: FormObject): FormValue[] {
  return Array.isArray(type) ? type : typeof type === 'string' ? [type] : []
}

/** A bound that `true` beside it makes exclusive, as OpenAPI 3.0 has it. */
function exclusive(schema: FormObject, bound: string, name: string): FormObject {
  if (typeof schema[name] !== 'boolean') return schema
  const { [name]: isExclusive, [bound]: value, ...rest } = schema
  return value === undefined ? rest : { ...rest, [isExclusive === true ? name : bound]: value }
}

/** What OpenAPI and Kubernetes say in keywords of their own, said as JSON Schema says it. */
function plainSchema(schema: FormObject): FormObject {
  const { nullable, 'x-kubernetes-int-or-string': isIntOrString, ...rest } = schema
  let plain = rest
  if (isIntOrString === true) {
    const { anyOf: _alternatives, ...others } = rest
    plain = { ...others, type: ['integer', 'string'] }
  }
  plain = exclusive(exclusive(plain, 'minimum', 'exclusiveMinimum'), 'maximum', 'exclusiveMaximum')
  if (nullable !== true) return plain
  const types = typesOf(plain)
  return {
    ...plain,
    ...(types.length > 0 && { type: [...types, 'null'] }),
    ...(Array.isArray(plain['enum']) && { enum: [...plain['enum'], null] }),
  }
}

/**
 * A schema that can be interpreted in bounded time: local references are put in place, everything beyond the
 * limits, unknown or remote becomes "anything". What was left out is noted.
 */
export function safeSchema(source: FormObject, into: ControlCollector): FormObject {
  let nodes = 0
  const left = new Set<string>()
  const clean = (schema: FormValue | undefined, depth: number): FormValue => {
    if (typeof schema === 'boolean') return schema
    if (!isObject(schema)) return true
    if (++nodes > MAX_NODES || depth > MAX_DEPTH) {
      left.add('size')
      return true
    }
    const { $ref: ref, ...siblings } = schema
    if (typeof ref === 'string') {
      const target = schemaAt(source, ref)
      if (target === undefined) left.add(`$ref ${ref}`.slice(0, 200))
      const inPlace = clean(target, depth + 1)
      if (Object.keys(siblings).length === 0 || !isObject(inPlace)) return inPlace
      const { nullable = false, ...others } = siblings
      return plainSchema({ ...inPlace, ...cleanObject(others, depth), nullable })
    }
    return cleanObject(schema, depth)
  }
  const cleanObject = (raw: FormObject, depth: number): FormObject => {
    const result: FormObject = {}
    for (const [key, value] of Object.entries(plainSchema(raw))) {
      if (SINGLE.has(key) || (key === 'items' && !Array.isArray(value)))
        result[key] = Array.isArray(value) ? true : clean(value, depth + 1)
      else if (LISTS.has(key) && Array.isArray(value))
        result[key] = value.slice(0, MAX_NODES).map((item) => clean(item, depth + 1))
      else if (MAPS.has(key) && isObject(value)) {
        const map: FormObject = {}
        for (const [name, child] of Object.entries(value)) {
          if (nodes > MAX_NODES) break
          if (!isForbiddenKey(name)) map[name] = clean(child, depth + 1)
        }
        result[key] = map
      } else if (PLAIN.get(key)?.(value) === true) result[key] = value
      else if (key !== '$defs' && key !== 'definitions' && !key.startsWith('$') && !key.startsWith('x-'))
        left.add(key.slice(0, 200))
    }
    return result
  }
  const schema = clean(source, 0)
  for (const text of left) into.note('schema-not-enforced', '', text)
  return isObject(schema) ? schema : {}
}
