import type { JsonObject } from '#lib/kinds/object.ts'
import type { ResourceInfo } from '../kinds/resource-info.ts'
import type { StoredObject } from '../storage/store-types.ts'

/** What a verb answers, before the client's wishes for its form (table, metadata only, YAML) are looked at. */
export type Result = ObjectResult | ListResult | PlainResult

export interface ObjectResult {
  readonly type: 'object'
  readonly code: number
  readonly info: ResourceInfo
  readonly object: StoredObject
  readonly warnings?: readonly string[]
}

export interface ListResult {
  readonly type: 'list'
  readonly info: ResourceInfo
  readonly items: readonly StoredObject[]
  readonly metadata: { resourceVersion: string; continue?: string; remainingItemCount?: number }
}

/** A body that only comes as it is, like a Status. */
export interface PlainResult {
  readonly type: 'plain'
  readonly code: number
  readonly body: JsonObject
  readonly warnings?: readonly string[]
}
