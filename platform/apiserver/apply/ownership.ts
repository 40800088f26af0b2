import type { JsonObject } from '#lib/kinds/object.ts'
import { equalJson } from '../json.ts'
import type { Comparison } from './compare.ts'
import { compare, without } from './compare.ts'
import type { FieldSet } from './field-set.ts'
import { EMPTY, difference, differenceBelow, intersection, pathsOf, union } from './field-set.ts'
import { fieldsOf } from './fields-of.ts'
import type { Manager, Managers } from './managers.ts'
import { merge } from './merge.ts'
import type { MergeType } from './merge-type.ts'
import type { Step } from './path-step.ts'
import { removeFields } from './remove-fields.ts'
import { fitToType, withDeclaredParents } from './typed-set.ts'

/** How the objects of a kind merge, in each version that is served. */
export interface Versions {
  /** The version of this request. */
  readonly apiVersion: string
  /** Undefined for a version that is not served any more. */
  readonly typeOf: (apiVersion: string) => MergeType | undefined
  /** What this request can't change in a version, whatever it says. */
  readonly ignoredIn: (apiVersion: string) => FieldSet
  /** Objects that every object of the kind has: nobody adds or owns them as such. */
  readonly constant: FieldSet
  /** Fields that every object of the kind has, with their empty values. */
  readonly zeros: JsonObject
}

/** A field that somebody else owns. */
export interface FieldConflict {
  readonly manager: Manager
  readonly path: readonly Step[]
}

/** A configuration that would take fields from others. */
export class FieldConflicts extends Error {
  override readonly name = 'FieldConflicts'
  readonly conflicts: readonly FieldConflict[]

  constructor(conflicts: readonly FieldConflict[]) {
    super('the configuration sets fields of other managers')
    this.conflicts = conflicts
  }
}

/**
 * Who owns what after a change that somebody made without applying: all lose what was added, modified or removed.
 * @returns also the fields that the one who made the change owns by it
 */
export function afterUpdate(
  old: JsonObject,
  next: JsonObject,
  managers: Managers,
  versions: Versions,
): { managers: Managers; changed: FieldSet } {
  const comparisons = new Comparisons(old, next, versions)
  const settled = settle(fitAll(managers, versions), '', comparisons, true)
  const { modified, added } = comparisons.own
  return {
    managers: settled,
    changed: differenceBelow(union(modified, added), versions.ignoredIn(versions.apiVersion)),
  }
}

/**
 * Applies a configuration: merges it, and takes away what its manager applied before and nobody else owns.
 * @param self its manager; what it applied before is among `managers`
 * @returns the object (the live one itself when nothing changes) and who owns what
 * @throws FieldConflicts when others own fields with other values, and it is not forced
 */
export function applyConfiguration(
  live: JsonObject,
  config: JsonObject,
  managers: Managers,
  self: { readonly identity: string; readonly manager: Manager; readonly isForced: boolean },
  versions: Versions,
): { object: JsonObject; managers: Managers } {
  const type = versions.typeOf(versions.apiVersion) ?? {}
  const known = new Map(fitAll(managers, versions))
  const last = known.get(self.identity)
  const fields = differenceBelow(fieldsOf(config, type), versions.ignoredIn(versions.apiVersion))
  known.set(self.identity, { ...self.manager, fields })
  const merged = prune(merge(live, config, type), known, last, versions)
  const comparisons = new Comparisons(live, merged, versions)
  const settled = settle(known, self.identity, comparisons, self.isForced)
  return { object: equalJson(live, merged) ? live : merged, managers: settled }
}

/** What differs between two states of an object, in the eyes of each version. */
class Comparisons {
  readonly #old: JsonObject
  readonly #next: JsonObject
  readonly #versions: Versions
  readonly #known = new Map<string, Comparison | undefined>()

  constructor(old: JsonObject, next: JsonObject, versions: Versions) {
    this.#old = old
    this.#next = next
    this.#versions = versions
  }

  get own(): Comparison {
    return this.in(this.#versions.apiVersion) ?? { removed: EMPTY, modified: EMPTY, added: EMPTY }
  }

  /** @returns undefined for a version that is not served any more */
  in(apiVersion: string): Comparison | undefined {
    if (this.#known.has(apiVersion)) return this.#known.get(apiVersion)
    const type = this.#versions.typeOf(apiVersion)
    const { constant } = this.#versions
    const found =
      type === undefined
        ? undefined
        : withoutConstant(
            without(compare(this.#old, this.#next, type), this.#versions.ignoredIn(apiVersion)),
            constant,
          )
    this.#known.set(apiVersion, found)
    return found
  }
}

function withoutConstant({ removed, modified, added }: Comparison, constant: FieldSet): Comparison {
  return {
    removed: difference(removed, constant),
    modified: difference(modified, constant),
    added: difference(added, constant),
  }
}

/** Takes from all others what changed and what is gone. */
function settle(managers: Managers, self: string, comparisons: Comparisons, isForced: boolean): Managers {
  const result = new Map<string, Manager>()
  const conflicts: FieldConflict[] = []
  for (const [identity, manager] of managers) {
    const comparison = comparisons.in(manager.apiVersion)
    if (identity === self) {
      result.set(identity, manager)
      continue
    }
    if (comparison === undefined) continue
    const taken = intersection(manager.fields, union(comparison.modified, comparison.added))
    if (!isForced) for (const path of pathsOf(taken)) conflicts.push({ manager, path })
    const fields = difference(difference(manager.fields, taken), comparison.removed)
    result.set(identity, fields === manager.fields ? manager : { ...manager, fields })
  }
  if (conflicts.length > 0) throw new FieldConflicts(conflicts)
  for (const [identity, { fields }] of result) if (fields.size === 0) result.delete(identity)
  return result
}

function fitAll(managers: Managers, versions: Versions): Managers {
  const result = new Map<string, Manager>()
  for (const [identity, manager] of managers) {
    const type = versions.typeOf(manager.apiVersion)
    if (type === undefined) continue
    const fields = fitToType(manager.fields, type)
    result.set(identity, fields === manager.fields ? manager : { ...manager, fields })
  }
  return result
}

/** Takes away what was applied before, is not applied now, and belongs to nobody else. */
function prune(
  merged: JsonObject,
  managers: Managers,
  last: Manager | undefined,
  versions: Versions,
): JsonObject {
  const type = last === undefined ? undefined : versions.typeOf(last.apiVersion)
  if (last === undefined || type === undefined || last.fields.size === 0) return merged
  const lastFields = withDeclaredParents(last.fields, type)
  const pruned = addBackOwned(
    merged,
    removeFields(merged, lastFields, type),
    managers,
    last.apiVersion,
    versions,
  )
  const left = withDeclaredParents(fieldsOf(pruned, type), type)
  const all = withDeclaredParents(fieldsOf(merged, type), type)
  return removeFields(merged, intersection(difference(all, left), lastFields), type)
}

/** Puts back what is owned by anybody, including what the manager applies now; in its own version first. */
function addBackOwned(
  merged: JsonObject,
  pruned: JsonObject,
  managers: Managers,
  first: string,
  versions: Versions,
): JsonObject {
  const owned = new Map<string, FieldSet>([[first, EMPTY]])
  for (const { apiVersion, fields } of managers.values())
    owned.set(apiVersion, union(owned.get(apiVersion) ?? EMPTY, fields))
  let result = pruned
  for (const [apiVersion, fields] of owned) {
    const type = versions.typeOf(apiVersion)
    if (type === undefined) continue
    const all = withDeclaredParents(fieldsOf(merged, type), type)
    const kept = union(withDeclaredParents(fieldsOf(result, type), type), withDeclaredParents(fields, type))
    result = removeFields(merged, difference(all, kept), type)
  }
  return result
}
