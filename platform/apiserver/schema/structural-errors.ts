import { RE2JS } from 're2js'
import type { JsonObject } from '#lib/kinds/object.ts'
import type { FieldError } from '../field-error.ts'
import { forbiddenField, invalidValue, notSupported, required } from '../field-error.ts'
import { isObject, own, ownObject, ownString } from '../json.ts'
import { compileSchema } from './structural.ts'
import { validate } from './validate.ts'

const TYPES = ['array', 'boolean', 'integer', 'number', 'object', 'string']

/** What keeps a schema from being structural: every level needs a type, and unknown fields are kept or known, never both. */
export function structuralErrors(schema: JsonObject, path: string, isRoot = true): FieldError[] {
  const errors: FieldError[] = []
  const type = ownString(schema, 'type') ?? ''
  const needsNoType =
    own(schema, 'x-kubernetes-int-or-string') === true ||
    own(schema, 'x-kubernetes-preserve-unknown-fields') === true
  if (type === '' && (isRoot || !needsNoType))
    errors.push(required(`${path}.type`, 'must not be empty for specified object fields'))
  if (isRoot && type !== '' && type !== 'object')
    errors.push(invalidValue(`${path}.type`, type, 'must be object at the root'))
  else if (type !== '' && !TYPES.includes(type)) errors.push(notSupported(`${path}.type`, type, TYPES))
  errors.push(...patternErrors(schema, path), ...listErrors(schema, path), ...defaultErrors(schema, path))
  const properties = own(schema, 'properties')
  const additional = own(schema, 'additionalProperties')
  if (isObject(properties) && additional !== undefined)
    errors.push(
      forbiddenField(
        `${path}.additionalProperties`,
        'additionalProperties and properties are mutual exclusive',
      ),
    )
  if (type === 'array' && !isObject(own(schema, 'items')))
    errors.push(required(`${path}.items`, 'must be specified'))
  if (isObject(properties))
    for (const [name, child] of Object.entries(properties))
      if (isObject(child))
        errors.push(
          ...(isRoot && name === 'metadata'
            ? metadataErrors(child, `${path}.properties[metadata]`)
            : structuralErrors(child, `${path}.properties[${name}]`, false)),
        )
  if (isObject(additional))
    errors.push(...structuralErrors(additional, `${path}.additionalProperties`, false))
  const items = own(schema, 'items')
  if (isObject(items)) errors.push(...structuralErrors(items, `${path}.items`, false))
  return errors
}

/** Of the object's own metadata a schema may only restrict the name. */
function metadataErrors(schema: JsonObject, path: string): FieldError[] {
  const names = Object.keys(ownObject(schema, 'properties') ?? {})
  return names.every((name) => name === 'name' || name === 'generateName')
    ? []
    : [
        forbiddenField(
          path,
          'must not specify anything other than name and generateName, but metadata is implicitly specified',
        ),
      ]
}

function patternErrors(schema: JsonObject, path: string): FieldError[] {
  const pattern = ownString(schema, 'pattern')
  if (pattern === undefined) return []
  try {
    RE2JS.compile(pattern)
    return []
  } catch (error) {
    const why = (error as Error).message
    return [invalidValue(`${path}.pattern`, pattern, `must be a valid regular expression, but isn't: ${why}`)]
  }
}

function listErrors(schema: JsonObject, path: string): FieldError[] {
  const keys = own(schema, 'x-kubernetes-list-map-keys')
  if (ownString(schema, 'x-kubernetes-list-type') !== 'map') return []
  return Array.isArray(keys) && keys.length > 0
    ? []
    : [required(`${path}.x-kubernetes-list-map-keys`, 'must not be empty if x-kubernetes-list-type is map')]
}

function defaultErrors(schema: JsonObject, path: string): FieldError[] {
  const value = own(schema, 'default')
  if (value === undefined) return []
  return validate(value, compileSchema(schema), `${path}.default`)
}
