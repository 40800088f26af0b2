import type { Json, JsonObject } from '#lib/kinds/object.ts'
import { isObject, setOwn } from '../json.ts'
import type { FieldSet } from './field-set.ts'
import { itemStep } from './list-items.ts'
import type { MapType, MergeType } from './merge-type.ts'
import { memberType, shapeOf } from './merge-type.ts'
import { fieldStep } from './path-step.ts'

/** A value without the fields of a set. What loses everything becomes null; atomic values with something in the set, too. */
export function removeFields(object: JsonObject, fields: FieldSet, type: MergeType): JsonObject {
  if (fields.size === 0) return object
  const left = removeFrom(object, fields, type)
  return isObject(left) ? left : {}
}

function removeFrom(value: Json, fields: FieldSet, type: MergeType): Json {
  const { map, scalar, list } = shapeOf(type, value)
  if (map !== undefined) return isObject(value) && !map.isAtomic ? removeMembers(value, fields, map) : null
  if (scalar !== undefined || list === undefined) return value
  if (!Array.isArray(value) || list.isAtomic) return null
  const left: Json[] = []
  for (const item of value) {
    const node = fields.get(itemStep(list, item))
    if (node?.isMember === true) continue
    left.push(node?.children === undefined ? item : removeFrom(item, node.children, list.items))
  }
  return left.length > 0 ? left : null
}

function removeMembers(value: JsonObject, fields: FieldSet, map: MapType): Json {
  const left: JsonObject = {}
  for (const name of Object.keys(value)) {
    const member = value[name] ?? null
    const node = fields.get(fieldStep(name))
    if (node?.isMember === true) continue
    setOwn(
      left,
      name,
      node?.children === undefined ? member : removeFrom(member, node.children, memberType(map, name) ?? {}),
    )
  }
  return Object.keys(left).length > 0 ? left : null
}
