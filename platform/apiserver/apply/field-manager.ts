import type { Json, JsonObject } from '#lib/kinds/object.ts'
import { cloneJson, own, ownObject } from '../json.ts'
import type { FieldSet } from './field-set.ts'
import { difference, fieldSet, hasPath, union } from './field-set.ts'
import { ItemError } from './list-items.ts'
import { keepLastApplied, lastAppliedFields } from './last-applied.ts'
import type { Manager, Managers } from './managers.ts'
import { capUpdaters, identityOf, parseManagers, toManagedFields } from './managers.ts'
import type { Versions } from './ownership.ts'
import { FieldConflicts, afterUpdate, applyConfiguration } from './ownership.ts'
import { MergeTypeError, checkType } from './type-errors.ts'

/** Who writes, and when. */
export interface Writer {
  readonly name: string
  readonly subresource: string
  /** As metadata carries times. */
  readonly time: string
}

const BEFORE_FIRST_APPLY = 'before-first-apply'
const KUBECTL = 'kubectl'

/** What the server alone decides: nobody owns it. */
const SYSTEM_FIELDS = fieldSet([
  ['f:apiVersion'],
  ['f:kind'],
  ['f:metadata'],
  ...['name', 'namespace', 'creationTimestamp', 'selfLink', 'uid', 'clusterName', 'generation'].map(
    (name) => ['f:metadata', `f:${name}`],
  ),
  ['f:metadata', 'f:managedFields'],
  ['f:metadata', 'f:resourceVersion'],
])

/**
 * The managedFields of an object that is created, updated or patched.
 * @param live what is stored; undefined for a new object
 * @param next what the request makes of it, with the managedFields that it says, if any
 * @returns undefined when nothing is kept on record
 */
export function managedAfterUpdate(
  live: JsonObject | undefined,
  next: JsonObject,
  writer: Writer,
  versions: Versions,
): JsonObject[] | undefined {
  const managers = managersToStartFrom(live, next, writer.subresource !== '')
  if (managers.size === 0 && live !== undefined) return undefined
  try {
    return toManagedFields(updated(live, next, managers, writer, versions))
  } catch (error) {
    // The API server prefers no record to a wrong one.
    if (error instanceof MergeTypeError || error instanceof ItemError) return undefined
    throw error
  }
}

/** A request may set the entries itself, or clear them with `[]` or `[{}]`; what makes no sense is not listened to. */
function managersToStartFrom(
  live: JsonObject | undefined,
  next: JsonObject,
  isSubresource: boolean,
): Managers {
  const given = isSubresource ? undefined : entriesOf(next)
  if (Array.isArray(given) && isReset(given)) return new Map()
  const managers = parseOrNone(given)
  return managers.size > 0 ? managers : parseOrNone(entriesOf(live))
}

function isReset(entries: readonly Json[]): boolean {
  const [first] = entries
  if (entries.length === 0) return true
  return entries.length === 1 && typeof first === 'object' && Object.keys(first ?? {}).length === 0
}

function entriesOf(object: JsonObject | undefined): Json | undefined {
  return own(ownObject(object, 'metadata'), 'managedFields')
}

function parseOrNone(entries: Json | undefined): Managers {
  try {
    return parseManagers(entries)
  } catch (error) {
    if (error instanceof TypeError) return new Map()
    throw error
  }
}

function updated(
  live: JsonObject | undefined,
  next: JsonObject,
  managers: Managers,
  writer: Writer,
  versions: Versions,
): Managers {
  const [before, after] = [withoutEntries(live ?? versions.zeros), withoutEntries(next)]
  const type = versions.typeOf(versions.apiVersion) ?? {}
  checkType(after, type, true)
  checkType(before, type, true)
  const { managers: others, changed } = afterUpdate(before, after, managers, versions)
  const fields = difference(changed, SYSTEM_FIELDS)
  if (fields.size === 0) return capUpdaters(others)
  const manager = managerOf(writer, 'Update', fields, versions)
  const identity = identityOf(manager)
  const known = others.get(identity)
  const all = known === undefined ? manager : { ...manager, fields: union(known.fields, fields) }
  return capUpdaters(new Map(others).set(identity, all))
}

function managerOf(
  writer: Writer,
  operation: Manager['operation'],
  fields: FieldSet,
  { apiVersion }: Versions,
): Manager {
  const { subresource, time } = writer
  return {
    name: writer.name === '' ? 'unknown' : writer.name,
    operation,
    apiVersion,
    subresource,
    time,
    fields,
  }
}

function withoutEntries(object: JsonObject): JsonObject {
  const metadata = ownObject(object, 'metadata')
  if (metadata === undefined || !Object.hasOwn(metadata, 'managedFields')) return object
  const { managedFields: _, ...rest } = metadata
  return { ...object, metadata: rest }
}

/**
 * Applies a configuration to what is stored.
 * @param live undefined when there is no such object yet
 * @param config a checked configuration of the right kind and version, without managedFields
 * @returns the object without managedFields, sharing nothing with either, and the managedFields it gets
 * @throws FieldConflicts when others own fields with other values, and it is not forced
 * @throws TypeError when the managedFields of the live object can't be read
 */
export function applyTo(
  live: JsonObject | undefined,
  config: JsonObject,
  writer: Writer & { readonly isForced: boolean },
  versions: Versions,
): { object: JsonObject; managedFields: JsonObject[] | undefined } {
  const start = parseManagers(entriesOf(live))
  const before = withoutEntries(live ?? {})
  const managers =
    start.size > 0 || live === undefined
      ? start
      : updated(undefined, before, start, { ...writer, name: BEFORE_FIRST_APPLY }, versions)
  const { object, managers: after } = applyAs(before, config, managers, writer, versions)
  const self = managerOf(writer, 'Apply', new Map(), versions)
  const identity = identityOf(self)
  const result = new Map(after)
  const own = result.get(identity)
  if (own !== undefined) {
    const fields = difference(own.fields, SYSTEM_FIELDS)
    const time = object === before ? managers.get(identity)?.time : writer.time
    if (fields.size === 0) result.delete(identity)
    else result.set(identity, { ...own, fields, time })
  }
  const copy = cloneJson(object)
  if (writer.name === KUBECTL) keepLastApplied(copy, config)
  return { object: copy, managedFields: toManagedFields(result) }
}

/** kubectl takes over, without being forced, what it applied before on the client's side. */
function applyAs(
  before: JsonObject,
  config: JsonObject,
  managers: Managers,
  writer: Writer & { readonly isForced: boolean },
  versions: Versions,
): ReturnType<typeof applyConfiguration> {
  const manager = managerOf(writer, 'Apply', new Map(), versions)
  const self = { identity: identityOf(manager), manager, isForced: writer.isForced }
  try {
    return applyConfiguration(before, config, managers, self, versions)
  } catch (error) {
    if (!(error instanceof FieldConflicts) || writer.name !== KUBECTL) throw error
    const type = versions.typeOf(versions.apiVersion) ?? {}
    const allowed = lastAppliedFields(before, versions.apiVersion, type)
    const left = error.conflicts.filter(({ path }) => !hasPath(allowed, path))
    if (left.length > 0) throw new FieldConflicts(left)
    return applyConfiguration(before, config, managers, { ...self, isForced: true }, versions)
  }
}
