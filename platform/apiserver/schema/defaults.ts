import type { Json } from '#lib/kinds/object.ts'
import { cloneJson, isObject, setOwn } from '../json.ts'
import type { Schema } from './structural.ts'

/**
 * Fills in the schema's defaults, in place: for absent fields, and for nulls in fields that are not nullable.
 * A default below an absent object does not create that object.
 */
export function applyDefaults(value: Json, schema: Schema): void {
  if (!schema.hasDefaults) return
  if (Array.isArray(value)) {
    if (schema.items !== undefined) for (const item of value) applyDefaults(item, schema.items)
    return
  }
  if (!isObject(value)) return
  for (const [name, child] of schema.properties) {
    if (!child.hasDefaults) continue
    const present = Object.hasOwn(value, name)
    const isMissing = !present || (value[name] === null && !child.nullable)
    if (child.default !== undefined && isMissing) setOwn(value, name, cloneJson(child.default))
    if (Object.hasOwn(value, name)) applyDefaults(value[name] as Json, child)
  }
  if (schema.additional !== undefined)
    for (const key of Object.keys(value))
      if (!schema.properties.has(key)) applyDefaults(value[key] as Json, schema.additional)
}

/** Removes, in place, the nulls of fields that are not nullable: for them null means absent. Items of lists stay. */
export function pruneNulls(value: Json, schema: Schema): void {
  if (Array.isArray(value)) {
    if (schema.items !== undefined) for (const item of value) pruneNulls(item, schema.items)
    return
  }
  if (!isObject(value)) return
  for (const key of Object.keys(value)) {
    const child = schema.properties.get(key) ?? schema.additional
    if (child === undefined) continue
    if (value[key] === null && !child.nullable) delete value[key]
    else pruneNulls(value[key] as Json, child)
  }
}
