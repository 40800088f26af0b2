import type { Json, JsonObject } from '#lib/kinds/object.ts'
import { isObject, own, setOwn } from '../json.ts'
import { itemStep } from './list-items.ts'
import type { ListType, MapType, MergeType } from './merge-type.ts'
import { memberType, shapeOf } from './merge-type.ts'
import type { Step } from './path-step.ts'

/** Puts a configuration on top of what is there: objects and keyed lists merge, everything else is replaced. */
export function merge(live: JsonObject, config: JsonObject, type: MergeType): JsonObject {
  const merged = mergeValues(live, config, type)
  return isObject(merged) ? merged : {}
}

const hasMembers = (value: Json | undefined): boolean => isObject(value) && Object.keys(value).length > 0
const hasItems = (value: Json | undefined): boolean => Array.isArray(value) && value.length > 0

/** @returns undefined when nothing is left */
function mergeValues(live: Json | undefined, config: Json | undefined, type: MergeType): Json | undefined {
  if (config === undefined) return live
  const { map, scalar, list } = shapeOf(type, config ?? live)
  if (map !== undefined && !map.isAtomic && (hasMembers(live) || hasMembers(config)))
    return mergeMembers(isObject(live) ? live : {}, isObject(config) ? config : {}, map)
  const isList = map === undefined && scalar === undefined && list !== undefined
  if (isList && !list.isAtomic && (hasItems(live) || hasItems(config)))
    return mergeItems(Array.isArray(live) ? live : [], Array.isArray(config) ? config : [], list)
  return config
}

function mergeMembers(live: JsonObject, config: JsonObject, map: MapType): JsonObject | undefined {
  const result: JsonObject = {}
  for (const name of new Set([...Object.keys(live), ...Object.keys(config)])) {
    const value = mergeValues(own(live, name), own(config, name), memberType(map, name) ?? {})
    if (value !== undefined) setOwn(result, name, value)
  }
  return Object.keys(result).length > 0 ? result : undefined
}

/** Items in the order of the configuration; those that only the live list has keep their place between the shared ones. */
function mergeItems(live: readonly Json[], config: readonly Json[], list: ListType): Json[] | undefined {
  const liveSteps = live.map((item) => itemStep(list, item))
  const configSteps = config.map((item) => itemStep(list, item))
  const liveItems = firstItems(liveSteps, live)
  const configItems = firstItems(configSteps, config)
  const shared = configSteps.filter((step) => liveItems.has(step))
  const merged = new Set<Step>()
  const result: Json[] = []
  let next = 0
  const add = (step: Step, old: Json | undefined, item: Json | undefined) => {
    const value = mergeValues(old, item, list.items)
    if (value !== undefined) result.push(value)
    if (item === undefined) return
    merged.add(step)
    if (step === shared[next]) next++
  }
  let [left, right] = [0, 0]
  while (left < live.length || right < config.length) {
    const [step, wanted] = [liveSteps[left], configSteps[right]]
    if (step !== undefined && wanted !== undefined && step !== wanted) {
      // A shared item, but not the one whose turn it is.
      if (configItems.has(step) && next < shared.length && shared[next] !== step) {
        left++
        continue
      }
    }
    if (step !== undefined && step !== wanted) {
      if (!configItems.has(step)) {
        add(step, live[left++], undefined)
        continue
      }
      if (merged.has(step)) {
        left++
        if (wanted === undefined) continue
      }
    }
    if (wanted === undefined) continue
    if (step === wanted) left++
    add(wanted, liveItems.get(wanted), configItems.get(wanted))
    right++
  }
  return result.length > 0 ? result : undefined
}

/** Items by step; one that is there twice has nothing to merge with. */
function firstItems(steps: readonly Step[], items: readonly Json[]): Map<Step, Json | undefined> {
  const found = new Map<Step, Json | undefined>()
  for (const [index, step] of steps.entries()) found.set(step, found.has(step) ? undefined : items[index])
  return found
}
