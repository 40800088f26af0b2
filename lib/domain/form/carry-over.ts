import type { FormObject, FormValue } from './form-model.ts'
import { isObject } from './form-path.ts'
import { isSameJson } from '../same-json.ts'

const DEEPEST = 64

function carry(
  before: FormValue | undefined,
  mine: FormValue | undefined,
  now: FormValue | undefined,
  depth: number,
): FormValue | undefined {
  if (isSameJson(before, mine)) return now
  if (isSameJson(before, now) || !isObject(before) || !isObject(mine) || !isObject(now) || depth > DEEPEST)
    return mine
  const own = (value: FormObject, key: string) => (Object.hasOwn(value, key) ? value[key] : undefined)
  const keys = new Set([...Object.keys(now), ...Object.keys(mine)])
  const entries = [...keys].flatMap((key): [string, FormValue][] => {
    const value = carry(own(before, key), own(mine, key), own(now, key), depth + 1)
    return value === undefined ? [] : [[key, value]]
  })
  return Object.fromEntries(entries)
}

/**
 * What somebody made of a configuration, on top of another one: keys that they changed, added or removed win, all
 * others are as they are now. Lists count as a whole.
 */
export function carryOver(before: FormObject, mine: FormObject, now: FormObject): FormObject {
  const carried = carry(before, mine, now, 0)
  return isObject(carried) ? carried : mine
}
