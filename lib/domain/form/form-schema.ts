import type { ControlCollector } from './control-collector.ts'
import type { FormObject, FormValue } from './form-model.ts'
import { isForbiddenKey, isObject } from './form-path.ts'

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
const PLAIN = new Set([
  'type',
  'title',
  'description',
  'default',
  'enum',
  'const',
  'required',
  'dependentRequired',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'uniqueItems',
  'minProperties',
  'maxProperties',
  'minContains',
  'maxContains',
  'readOnly',
  'writeOnly',
  'format',
  'pattern',
  'examples',
])

function typesOf({ type }: FormObject): FormValue[] {
  return Array.isArray(type) ? type : typeof type === 'string' ? [type] : []
}

/** What OpenAPI and Kubernetes say in keywords of their own, said as JSON Schema says it. */
function plainSchema(schema: FormObject): FormObject {
  const { nullable, 'x-kubernetes-int-or-string': isIntOrString, ...rest } = schema
  let plain = rest
  if (isIntOrString === true) {
    const { anyOf: _alternatives, ...others } = rest
    plain = { ...others, type: ['integer', 'string'] }
  }
  if (nullable !== true) return plain
  const types = typesOf(plain)
  return {
    ...plain,
    ...(types.length > 0 && { type: [...types, 'null'] }),
    ...(Array.isArray(plain['enum']) && { enum: [...plain['enum'], null] }),
  }
}

function pointerOf(ref: string): string[] | null {
  if (ref !== '#' && !ref.startsWith('#/')) return null
  const raw = ref.slice(2)
  try {
    return ref === '#'
      ? []
      : raw.split('/').map((part) => decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~'))
  } catch {
    return null
  }
}

function resolveRef(root: FormObject, ref: string): FormValue | undefined {
  let here: FormValue | undefined = root
  for (const part of pointerOf(ref) ?? ['']) {
    if (isObject(here) && Object.hasOwn(here, part)) here = here[part]
    else if (Array.isArray(here)) here = here[Number(part)]
    else return undefined
  }
  return here
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
      const target = resolveRef(source, ref)
      if (target === undefined) left.add(`$ref ${ref}`.slice(0, 200))
      const inPlace = clean(target, depth + 1)
      if (Object.keys(siblings).length === 0 || !isObject(inPlace)) return inPlace
      return { ...inPlace, ...cleanObject(siblings, depth) }
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
      } else if (PLAIN.has(key)) result[key] = value
      else if (key !== '$defs' && key !== 'definitions' && !key.startsWith('$') && !key.startsWith('x-'))
        left.add(key.slice(0, 200))
    }
    return result
  }
  const schema = clean(source, 0)
  for (const text of left) into.note('schema-not-enforced', '', text)
  return isObject(schema) ? schema : {}
}
