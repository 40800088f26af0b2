import type { Json, JsonObject } from '#lib/kinds/object.ts'
import { own, ownObject, ownString, textOf } from '../json.ts'
import type { Column } from '../kinds/resource-info.ts'

/** A column whose cell is the first value under one of the given paths, in order; `<none>` or the fallback without one. */
export function textColumn(
  name: string,
  cell: (object: JsonObject) => Json | undefined,
  priority = 0,
  fallback = '<none>',
): Column {
  return {
    name,
    type: 'string',
    priority,
    cell: (object) => {
      const value = cell(object)
      const shown = textOf(value)
      return shown === '' ? fallback : shown
    },
  }
}

export const NAME: Column = {
  name: 'Name',
  type: 'string',
  format: 'name',
  description: 'Name must be unique within a namespace.',
  priority: 0,
  cell: (object) => ownString(ownObject(object, 'metadata'), 'name') ?? '',
}

export const AGE: Column = {
  name: 'Age',
  type: 'date',
  description: 'Time since the object was created.',
  priority: 0,
  cell: (object, now) => ageOf(ownString(ownObject(object, 'metadata'), 'creationTimestamp'), now),
}

/** The age column of the built-in kinds; unlike that of custom kinds it says to be a string. */
export const PRINTED_AGE: Column = { ...AGE, type: 'string' }

export const NAME_AND_AGE: readonly Column[] = [NAME, PRINTED_AGE]

/** Reads nested members: `at(object, 'spec', 'claimRef', 'name')`. */
export function at(object: JsonObject, ...path: string[]): Json | undefined {
  let current: JsonObject | undefined = object
  for (const step of path.slice(0, -1)) current = ownObject(current, step)
  return own(current, path.at(-1) ?? '')
}

/** The time since a timestamp in kubectl's own short form; `<unknown>` without one. */
export function ageOf(timestamp: string | undefined, now: number): string {
  const start = timestamp === undefined ? Number.NaN : Date.parse(timestamp)
  return Number.isNaN(start) ? '<unknown>' : humanDuration(now - start)
}

/** A duration in milliseconds as `45s`, `3m20s`, `5h`, `4d20h`, `2y`. */
export function humanDuration(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000)
  if (seconds < -1) return '<invalid>'
  if (seconds < 0) return '0s'
  if (seconds < 120) return `${seconds}s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 10) return pair(minutes, 'm', seconds % 60, 's')
  if (minutes < 180) return `${minutes}m`
  const hours = Math.floor(minutes / 60)
  if (hours < 8) return pair(hours, 'h', minutes % 60, 'm')
  if (hours < 48) return `${hours}h`
  const days = Math.floor(hours / 24)
  if (hours < 192) return pair(days, 'd', hours % 24, 'h')
  if (days < 730) return `${days}d`
  const years = Math.floor(days / 365)
  return days < 8 * 365 ? pair(years, 'y', days % 365, 'd') : `${years}y`
}

function pair(big: number, bigUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${big}${bigUnit}` : `${big}${bigUnit}${small}${smallUnit}`
}
