import type { JsonObject } from '#lib/kinds/object.ts'
import type { FieldError } from '../field-error.ts'
import type { Schema } from '../schema/structural.ts'

/** A column of a server-side table. `cells` may give several values; a table shows the first. */
export interface Column {
  readonly name: string
  readonly type: 'string' | 'integer' | 'number' | 'boolean' | 'date'
  readonly format?: string
  readonly description?: string
  /** 0 is always shown, higher ones only with `-o wide`. */
  readonly priority: number
  readonly cell: (object: JsonObject, now: number) => string | number | boolean | null
}

/** What a kind does differently from the plain create–read–update–delete. */
export interface Strategy {
  /** Names are DNS labels instead of subdomains. */
  readonly hasLabelNames?: boolean
  /** Names are only path segments. */
  readonly hasFreeNames?: boolean
  /** `metadata.generation` counts changes of the spec. */
  readonly hasGeneration?: boolean
  /** An update must say which resourceVersion it replaces. */
  readonly needsResourceVersion?: boolean
  /** An update of an object that is not there creates it. */
  readonly createsOnUpdate?: boolean
  /** A successful delete answers with the object instead of a Status. */
  readonly returnsDeleted?: boolean
  /** Fields that are written even when they are not there, with their empty values: nobody owns these. */
  readonly zeros?: JsonObject
  /** Fills in what a client may leave out, and then owns as if it had said it; changes the object in place. */
  readonly setDefaults?: (object: JsonObject) => void
  /** The status before the server's own controllers fill it in: what they make of it is on record as theirs. */
  readonly firstStatus?: (object: JsonObject) => JsonObject
  /** Fills in what the API server itself decides; changes the object in place. */
  readonly prepare?: (object: JsonObject, old: JsonObject | undefined) => void
  readonly validate?: (object: JsonObject, old: JsonObject | undefined) => FieldError[]
  /** Fields for field selectors, beyond metadata.name and metadata.namespace. */
  readonly selectableFields?: (object: JsonObject) => Readonly<Record<string, string>>
}

/** One served version of a kind. */
export interface ResourceInfo {
  readonly group: string
  readonly version: string
  readonly plural: string
  readonly singular: string
  readonly kind: string
  readonly listKind: string
  readonly shortNames: readonly string[]
  readonly categories: readonly string[]
  readonly namespaced: boolean
  readonly verbs: readonly string[]
  /** Version that objects are stored in; the others only differ in `apiVersion`. */
  readonly storageVersion: string
  readonly hasStatus: boolean
  /** Defined by a CustomResourceDefinition. */
  readonly isCustom: boolean
  readonly schema: Schema
  /** The schema as OpenAPI documents carry it. */
  readonly rawSchema: JsonObject
  readonly columns: readonly Column[]
  readonly strategy: Strategy
}

export const ALL_VERBS = [
  'create',
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'update',
  'watch',
] as const

/** Where objects of the kind are stored, whatever version they are asked for in. */
export function storageKey(info: ResourceInfo): string {
  return info.group === '' ? info.plural : `${info.plural}.${info.group}`
}

/** `group/version`, or the version alone for the core group. */
export function groupVersion(info: { group: string; version: string }): string {
  return info.group === '' ? info.version : `${info.group}/${info.version}`
}
