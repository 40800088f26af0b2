import type { Json, JsonObject } from '#lib/kinds/object.ts'
import { isObject } from '../json.ts'
import type { Schema } from './structural.ts'

const OBJECT_FIELDS = ['apiVersion', 'kind', 'metadata']

/**
 * Removes, in place, what the schema does not know. The root's apiVersion, kind and metadata always stay.
 * @returns the paths of the removed fields, like `spec.machines[0].foo`
 */
export function prune(object: JsonObject, schema: Schema): string[] {
  const removed: string[] = []
  pruneObject(object, schema, '', true, removed)
  return removed
}

function pruneValue(value: Json, schema: Schema, path: string, removed: string[]): void {
  if (isObject(value)) pruneObject(value, schema, path, schema.embedded, removed)
  else if (Array.isArray(value) && schema.items !== undefined) {
    const { items } = schema
    value.forEach((item, index) => pruneValue(item, items, `${path}[${index}]`, removed))
  }
}

function pruneObject(
  object: JsonObject,
  schema: Schema,
  path: string,
  isWholeObject: boolean,
  removed: string[],
): void {
  for (const key of Object.keys(object)) {
    if (isWholeObject && OBJECT_FIELDS.includes(key)) continue
    const child = schema.properties.get(key) ?? schema.additional
    const childPath = path === '' ? key : `${path}.${key}`
    if (child !== undefined) pruneValue(object[key] as Json, child, childPath, removed)
    else if (!schema.preserve) {
      delete object[key]
      removed.push(childPath)
    }
  }
}
