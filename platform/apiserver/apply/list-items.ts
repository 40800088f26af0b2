import type { Json, JsonObject } from '#lib/kinds/object.ts'
import { isObject, own } from '../json.ts'
import type { ListType } from './merge-type.ts'
import type { Step } from './path-step.ts'
import { keyStep, valueStep } from './path-step.ts'

/** A list whose items can't be told apart. */
export class ItemError extends Error {
  override readonly name = 'ItemError'
}

/** The step to an item of a list that is not atomic. @throws ItemError when the item has no identity */
export function itemStep(list: ListType, item: Json): Step {
  if (list.keys.length === 0) return setStep(item)
  if (item === null) throw new ItemError('associative list with keys may not have a null element')
  if (!isObject(item)) throw new ItemError('associative list with keys may not have non-map elements')
  const keys: [string, Json][] = []
  for (const name of list.keys) {
    const value = own(item, name) ?? keyDefault(list, name, item)
    if (value !== undefined) keys.push([name, value])
  }
  if (keys.length > 0) return keyStep(keys)
  const names = list.keys.map((name) => JSON.stringify(name)).join(' ')
  throw new ItemError(
    `associative list with keys has an element that omits all key fields [${names}] (and doesn't have default values for any key fields)`,
  )
}

/** An explicit null is a value of its own. */
function keyDefault(list: ListType, name: string, item: JsonObject): Json | undefined {
  return Object.hasOwn(item, name) ? null : list.items.map?.fields.get(name)?.default
}

function setStep(item: Json): Step {
  if (isObject(item)) throw new ItemError("associative list without keys has an element that's a map type")
  if (Array.isArray(item)) throw new ItemError('not supported: associative list with lists as elements')
  if (item === null)
    throw new ItemError("associative list without keys has an element that's an explicit null")
  return valueStep(item)
}

/** A list's items by their step, in order of first appearance. */
export function itemsByStep(list: ListType, items: readonly Json[]): Map<Step, Json[]> {
  const found = new Map<Step, Json[]>()
  for (const item of items) {
    const step = itemStep(list, item)
    const known = found.get(step)
    if (known === undefined) found.set(step, [item])
    else known.push(item)
  }
  return found
}
