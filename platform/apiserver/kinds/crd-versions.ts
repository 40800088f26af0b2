import type { JsonObject } from '#lib/kinds/object.ts'
import { isObject, own } from '../json.ts'

/** The versions of a definition's spec. */
export function versionsOf(spec: JsonObject | undefined): JsonObject[] {
  const list = own(spec, 'versions')
  return Array.isArray(list) ? list.filter(isObject) : []
}
