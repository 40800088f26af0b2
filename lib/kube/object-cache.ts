import type { KubeObject } from '#lib/kinds/object.ts'

export type CacheState = 'loading' | 'live' | 'stale' | 'forbidden' | 'absent'

export interface CacheFreshness {
  state: CacheState
  /** Milliseconds since the epoch when the content was last known true; null before the first time. */
  knownAt: number | null
  message: string | null
}

export interface CacheEvent<T> {
  type: 'added' | 'modified' | 'deleted'
  object: T
  /** What stood there before; undefined for `added`. */
  previous?: T
}

/** A live copy of one kind on one cluster. Objects are shared and never changed: copy before you edit. */
export interface ObjectCache<T extends KubeObject> {
  readonly cluster: string
  /** All objects, in no particular order. */
  list(): readonly T[]
  get(name: string, namespace?: string): T | undefined
  /** Grows with every change of the content; equal numbers mean equal content. */
  readonly revision: number
  readonly freshness: CacheFreshness
  /** Called after the content changed, once per batch of events. Returns the way to stop. */
  onChange(listener: (events: readonly CacheEvent<T>[]) => void): () => void
  onFreshness(listener: (freshness: CacheFreshness) => void): () => void
  /** Resolves once the content was read the first time, or the kind turned out forbidden or absent. */
  ready(signal?: AbortSignal): Promise<void>
  stop(): void
}
