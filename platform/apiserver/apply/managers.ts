import type { Json, JsonObject } from '#lib/kinds/object.ts'
import { isObject, own, ownString } from '../json.ts'
import type { FieldSet } from './field-set.ts'
import { union } from './field-set.ts'
import { parseFieldsV1, toFieldsV1 } from './fields-v1.ts'

/** Who owns fields, and which: an entry of `metadata.managedFields`. */
export interface Manager {
  readonly name: string
  readonly operation: 'Apply' | 'Update'
  readonly apiVersion: string
  readonly subresource: string
  readonly time: string | undefined
  readonly fields: FieldSet
}

/** Managers by identity. */
export type Managers = ReadonlyMap<string, Manager>

/** What makes an entry somebody's own: an applier stays the same in every version. */
export function identityOf(
  manager: Pick<Manager, 'name' | 'operation' | 'apiVersion' | 'subresource'>,
): string {
  const { name, operation, apiVersion, subresource } = manager
  return JSON.stringify({
    ...(name === '' ? {} : { manager: name }),
    operation,
    ...(operation === 'Apply' ? {} : { apiVersion }),
    ...(subresource === '' ? {} : { subresource }),
  })
}

/** @throws TypeError when an entry is malformed */
export function parseManagers(entries: Json | undefined): Managers {
  const managers = new Map<string, Manager>()
  if (!Array.isArray(entries)) return managers
  for (const [index, entry] of entries.entries()) {
    if (!isObject(entry)) throw new TypeError('an entry of managedFields is an object')
    const operation = own(entry, 'operation')
    if (operation !== 'Apply' && operation !== 'Update')
      throw new TypeError('operation must be `Apply` or `Update`')
    const apiVersion = ownString(entry, 'apiVersion') ?? ''
    if (apiVersion === '') throw new TypeError('apiVersion must not be empty')
    if (own(entry, 'fieldsType') !== 'FieldsV1')
      throw new TypeError(`missing or invalid fieldsType in managed fields entry ${index}`)
    const manager = {
      name: ownString(entry, 'manager') ?? '',
      operation,
      apiVersion,
      subresource: ownString(entry, 'subresource') ?? '',
      time: ownString(entry, 'time'),
      fields: parseFieldsV1(own(entry, 'fieldsV1') ?? {}),
    } as const
    managers.set(identityOf(manager), manager)
  }
  return managers
}

/** The entries as objects carry them: appliers first, then by time and name; undefined when there are none. */
export function toManagedFields(managers: Managers): JsonObject[] | undefined {
  if (managers.size === 0) return undefined
  return [...managers.values()].sort(compareManagers).map(({ name, fields, ...manager }) => ({
    ...(name === '' ? {} : { manager: name }),
    operation: manager.operation,
    apiVersion: manager.apiVersion,
    ...(manager.time === undefined ? {} : { time: manager.time }),
    fieldsType: 'FieldsV1',
    fieldsV1: toFieldsV1(fields),
    ...(manager.subresource === '' ? {} : { subresource: manager.subresource }),
  }))
}

const secondsOf = ({ time }: Manager): number => {
  const milliseconds = time === undefined ? 0 : Date.parse(time)
  return Number.isNaN(milliseconds) ? 0 : Math.floor(milliseconds / 1000)
}
const compareTexts = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1)

function compareManagers(a: Manager, b: Manager): number {
  return (
    compareTexts(a.operation, b.operation) ||
    secondsOf(a) - secondsOf(b) ||
    compareTexts(a.name, b.name) ||
    compareTexts(a.apiVersion, b.apiVersion) ||
    compareTexts(a.subresource, b.subresource)
  )
}

const MAX_UPDATERS = 10

/** The managers with the oldest updaters of a version put together, when there are more than ten. */
export function capUpdaters(managers: Managers): Managers {
  const updaters = [...managers].filter(([, { operation }]) => operation === 'Update')
  if (updaters.length <= MAX_UPDATERS) return managers
  updaters.sort(([idA, a], [idB, b]) => secondsOf(a) - secondsOf(b) || compareTexts(idA, idB))
  const result = new Map(managers)
  const firstOfVersion = new Map<string, string>()
  let left = updaters.length
  for (const [identity, manager] of updaters) {
    if (left <= MAX_UPDATERS) break
    const { apiVersion } = manager
    const first = firstOfVersion.get(apiVersion)
    if (first === undefined) {
      firstOfVersion.set(apiVersion, identity)
      continue
    }
    const bucket = { name: 'ancient-changes', operation: 'Update', apiVersion, subresource: '' } as const
    const bucketId = identityOf(bucket)
    const known = result.get(bucketId) ?? result.get(first)
    if (!result.has(bucketId)) result.delete(first)
    result.delete(identity)
    const fields = known === undefined ? manager.fields : union(known.fields, manager.fields)
    result.set(bucketId, { ...bucket, time: manager.time, fields })
    left--
  }
  return result
}
