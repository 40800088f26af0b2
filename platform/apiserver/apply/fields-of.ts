import type { Json } from '#lib/kinds/object.ts'
import { isObject } from '../json.ts'
import type { FieldNode, FieldSet } from './field-set.ts'
import { EMPTY, LEAF, nodeOf } from './field-set.ts'
import { itemsByStep } from './list-items.ts'
import type { ListType, MapType, MergeType } from './merge-type.ts'
import { memberType, shapeOf } from './merge-type.ts'
import type { Step } from './path-step.ts'
import { fieldStep } from './path-step.ts'

/**
 * The fields that somebody who applies this value claims: leaves, items, and members of maps. An object or a list that
 * the schema declares is claimed through what is in it.
 */
export function fieldsOf(value: Json, type: MergeType): FieldSet {
  return claimed(value, type).children ?? EMPTY
}

const NOTHING: FieldNode = { isMember: false, children: undefined }

function claimed(value: Json, type: MergeType): FieldNode {
  const { map, scalar, list } = shapeOf(type, value)
  if (map !== undefined) return map.isAtomic ? LEAF : claimedMembers(value, map)
  if (scalar !== undefined) return LEAF
  if (list === undefined) return NOTHING
  return list.isAtomic ? LEAF : claimedItems(value, list)
}

function claimedMembers(value: Json, map: MapType): FieldNode {
  if (!isObject(value)) return NOTHING
  const children = new Map<Step, FieldNode>()
  for (const name of Object.keys(value)) {
    const member = value[name] ?? null
    const found = claimed(member, memberType(map, name) ?? {})
    const isEmpty = member === null || (isObject(member) && Object.keys(member).length === 0)
    const node = nodeOf(found.isMember || isEmpty || !map.fields.has(name), found.children)
    if (node !== undefined) children.set(fieldStep(name), node)
  }
  return { isMember: false, children }
}

function claimedItems(value: Json, list: ListType): FieldNode {
  if (!Array.isArray(value)) return NOTHING
  const children = new Map<Step, FieldNode>()
  for (const [step, items] of itemsByStep(list, value)) {
    const [item] = items
    const below = items.length > 1 || item === undefined ? undefined : claimed(item, list.items).children
    children.set(step, nodeOf(true, below) ?? LEAF)
  }
  return { isMember: false, children }
}

/** Every path of a value that was not there before, or is there no more: also the objects and items on the way. */
export function everyField(value: Json, type: MergeType): FieldNode {
  const { map, scalar, list } = shapeOf(type, value)
  if (map !== undefined) {
    if (map.isAtomic || !isObject(value)) return LEAF
    const children = new Map<Step, FieldNode>()
    for (const name of Object.keys(value))
      children.set(fieldStep(name), everyField(value[name] ?? null, memberType(map, name) ?? {}))
    return nodeOf(true, children) ?? LEAF
  }
  if (scalar !== undefined || list === undefined || list.isAtomic || !Array.isArray(value)) return LEAF
  const children = new Map<Step, FieldNode>()
  for (const [step, items] of itemsByStep(list, value)) {
    const [item] = items
    children.set(step, items.length > 1 || item === undefined ? LEAF : everyField(item, list.items))
  }
  return nodeOf(true, children) ?? LEAF
}
