import type { JsonObject } from '#lib/kinds/object.ts'
import type { FieldError } from '../field-error.ts'
import { forbiddenField, invalidValue, required } from '../field-error.ts'
import { isObject, own, ownString } from '../json.ts'

const TYPES = new Set(['object', 'array', 'string', 'integer', 'number', 'boolean'])

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
  else if (type !== '' && !TYPES.has(type)) errors.push(invalidValue(`${path}.type`, type, 'is no type'))
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
      if (isObject(child)) errors.push(...structuralErrors(child, `${path}.properties[${name}]`, false))
  if (isObject(additional))
    errors.push(...structuralErrors(additional, `${path}.additionalProperties`, false))
  const items = own(schema, 'items')
  if (isObject(items)) errors.push(...structuralErrors(items, `${path}.items`, false))
  return errors
}
