import type { Cluster } from '#lib/kinds/cluster.ts'
import type { CacheFreshness } from './object-cache.ts'

/** Where clusters come from: the platform's objects, or the one plain cluster. */
export interface ClusterSource {
  list(): readonly Cluster[]
  get(name: string): Cluster | undefined
  readonly freshness: CacheFreshness
  onChange(listener: () => void): () => void
  onFreshness(listener: (freshness: CacheFreshness) => void): () => void
  ready(): Promise<void>
  stop(): void
}
