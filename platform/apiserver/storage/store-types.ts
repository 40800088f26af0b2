/** A collection: one resource of one cluster. `resource` is `plural.group`, or the plural for the core group. */
export interface CollectionKey {
  readonly cluster: string
  readonly resource: string
}

/** One version of an object as it is stored. */
export interface StoredObject {
  readonly rv: number
  /** Empty for cluster-scoped objects. */
  readonly namespace: string
  readonly name: string
  /** JSON text of the labels, null without labels. */
  readonly labels: string | null
  /** JSON text of the object, resourceVersion included. */
  readonly body: string
}

/** A committed write. */
export interface Change extends CollectionKey {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'
  /** For a deletion the last state, with the revision of the deletion. */
  readonly object: StoredObject
  readonly previous: StoredObject | undefined
}

export interface PageQuery {
  /** Only this namespace; undefined for all. */
  readonly namespace?: string | undefined
  /** Start behind this key. */
  readonly after?: { namespace: string; name: string } | undefined
  readonly limit?: number | undefined
  /** The state as of this revision. */
  readonly revision: number
}

/** Objects in order of namespace and name. */
export type Page = readonly StoredObject[]
