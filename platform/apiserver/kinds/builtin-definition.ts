import type { JsonObject } from '#lib/kinds/object.ts'
import type { Column, Strategy } from './resource-info.ts'

/** A built-in kind, with what differs from the rule left to say. */
export interface BuiltinDefinition {
  /** Core group when absent. */
  readonly group?: string
  /** `v1` when absent. */
  readonly version?: string
  readonly kind: string
  /** The lower-case kind with an `s` when absent. */
  readonly plural?: string
  readonly shortNames?: readonly string[]
  readonly categories?: readonly string[]
  readonly namespaced: boolean
  readonly verbs?: readonly string[]
  readonly hasStatus?: boolean
  readonly description?: string
  readonly properties: Record<string, JsonObject>
  readonly columns?: readonly Column[]
  readonly strategy?: Strategy
}
