import type { Json, JsonObject } from '#lib/kinds/object.ts'
import { equalJson, isObject, own } from '../json.ts'
import type { FieldNode, FieldSet } from './field-set.ts'
import { EMPTY, LEAF, differenceBelow, nodeOf } from './field-set.ts'
import { everyField } from './fields-of.ts'
import { itemsByStep } from './list-items.ts'
import type { ListType, MapType, MergeType } from './merge-type.ts'
import { memberType, shapeOf } from './merge-type.ts'
import type { Step } from './path-step.ts'
import { fieldStep } from './path-step.ts'

/** What differs between two values. */
export interface Comparison {
  readonly removed: FieldSet
  readonly modified: FieldSet
  readonly added: FieldSet
}

/** The paths that are in only one of two values, or have other contents there. */
export function compare(old: JsonObject, next: JsonObject, type: MergeType): Comparison {
  const found = new Found()
  compareValues(old, next, type, found)
  const { removed, modified, added } = found
  return { removed: removed.children, modified: modified.children, added: added.children }
}

/** The comparison without these paths and what lies below them. */
export function without({ removed, modified, added }: Comparison, ignored: FieldSet): Comparison {
  return {
    removed: differenceBelow(removed, ignored),
    modified: differenceBelow(modified, ignored),
    added: differenceBelow(added, ignored),
  }
}

/** A node that is being put together. */
class Part {
  isMember = false
  #children: Map<Step, FieldNode> | undefined

  get children(): FieldSet {
    return this.#children ?? EMPTY
  }

  set(step: Step, node: FieldNode): void {
    this.#children ??= new Map()
    this.#children.set(step, node)
  }

  take(step: Step, part: Part): void {
    const node = nodeOf(part.isMember, part.children)
    if (node !== undefined) this.set(step, node)
  }
}

class Found {
  readonly removed = new Part()
  readonly modified = new Part()
  readonly added = new Part()
}

const hasMembers = (value: Json): boolean => isObject(value) && Object.keys(value).length > 0
const hasItems = (value: Json): boolean => Array.isArray(value) && value.length > 0

function compareValues(old: Json, next: Json, type: MergeType, found: Found): void {
  if (old === next) return
  const [before, after] = [shapeOf(type, old), shapeOf(type, next)]
  if (before === type || after === type || sameShape(before, after)) {
    compareAs(before === type ? after : before, old, next, found)
    return
  }
  compareAs(before, old, next, found)
  compareAs(after, old, next, found)
}

function sameShape(a: MergeType, b: MergeType): boolean {
  return a.map === b.map && a.list === b.list && a.scalar === b.scalar
}

function compareAs({ map, scalar, list }: MergeType, old: Json, next: Json, found: Found): void {
  if (map !== undefined && !map.isAtomic && (hasMembers(old) || hasMembers(next)))
    compareMembers(isObject(old) ? old : {}, isObject(next) ? next : {}, map, found)
  else if (
    map === undefined &&
    scalar === undefined &&
    list !== undefined &&
    !list.isAtomic &&
    (hasItems(old) || hasItems(next))
  )
    compareItems(Array.isArray(old) ? old : [], Array.isArray(next) ? next : [], list, found)
  else if (!equalJson(old, next)) found.modified.isMember = true
}

function compareMembers(old: JsonObject, next: JsonObject, map: MapType, found: Found): void {
  for (const name of Object.keys(old)) {
    const value = old[name] ?? null
    compareChild(fieldStep(name), value, own(next, name), memberType(map, name) ?? {}, found)
  }
  for (const name of Object.keys(next))
    if (!Object.hasOwn(old, name))
      found.added.set(fieldStep(name), everyField(next[name] ?? null, memberType(map, name) ?? {}))
}

function compareChild(
  step: Step,
  old: Json | undefined,
  next: Json | undefined,
  type: MergeType,
  found: Found,
): void {
  if (old === next) return
  if (old === undefined) found.added.set(step, everyField(next ?? null, type))
  else if (next === undefined) found.removed.set(step, everyField(old, type))
  else {
    const below = new Found()
    compareValues(old, next, type, below)
    found.removed.take(step, below.removed)
    found.modified.take(step, below.modified)
    found.added.take(step, below.added)
  }
}

/** Items that are there several times are compared as one value. */
function compareItems(old: readonly Json[], next: readonly Json[], list: ListType, found: Found): void {
  const [before, after] = [itemsByStep(list, old), itemsByStep(list, next)]
  for (const [step, items] of before) {
    const others = after.get(step) ?? []
    const [item, other] = [items[0], others[0]]
    if (items.length === 1 && others.length <= 1) compareChild(step, item, other, list.items, found)
    else if (items.length > 1 && others.length > 1) {
      if (!equalJson(items, others)) found.modified.set(step, LEAF)
    } else if (items.length > 1) {
      if (other !== undefined) found.added.set(step, everyField(other, list.items))
      found.removed.set(step, LEAF)
    } else {
      if (item !== undefined) found.removed.set(step, everyField(item, list.items))
      found.added.set(step, LEAF)
    }
  }
  for (const [step, items] of after)
    if (!before.has(step)) {
      const [item] = items
      found.added.set(step, items.length > 1 || item === undefined ? LEAF : everyField(item, list.items))
    }
}
