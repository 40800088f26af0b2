import type { SourceFreshness } from '#lib/contract/freshness.ts'
import type { LiveState } from './live-client.ts'

export interface ClusterFreshness {
  cluster: string
  /** Which of its kinds, in the order of the sources. */
  kinds: string[]
  state: 'stale' | 'loading' | 'forbidden'
  /** The oldest time that is known of its sources; null when one was never read. */
  knownAt: string | null
}

export interface LiveSummary {
  state: 'live' | 'partly' | 'connecting' | 'lost'
  /** Clusters with a source that is not live, each once, with its worst state. */
  behind: ClusterFreshness[]
}

const RANK = { stale: 0, loading: 1, forbidden: 2 } as const

function worse(one: ClusterFreshness, source: SourceFreshness): ClusterFreshness {
  if (source.state === 'live' || source.state === 'absent') return one
  const isOlder = one.knownAt !== null && (source.knownAt === null || source.knownAt < one.knownAt)
  return {
    cluster: one.cluster,
    kinds: one.kinds.includes(source.kind) ? one.kinds : [...one.kinds, source.kind],
    state: RANK[source.state] < RANK[one.state] ? source.state : one.state,
    knownAt: isOlder ? source.knownAt : one.knownAt,
  }
}

/** How live the page is, in one word, and which clusters are not. An API that a cluster lacks is no fault. */
export function liveSummary({ connection, freshness }: LiveState): LiveSummary {
  const behind = new Map<string, ClusterFreshness>()
  for (const source of freshness) {
    if (source.state === 'live' || source.state === 'absent') continue
    const { cluster, kind, state, knownAt } = source
    behind.set(cluster, worse(behind.get(cluster) ?? { cluster, kinds: [kind], state, knownAt }, source))
  }
  const state =
    connection === 'open'
      ? behind.size === 0
        ? 'live'
        : 'partly'
      : connection === 'lost'
        ? 'lost'
        : 'connecting'
  return { state, behind: [...behind.values()].sort((a, b) => a.cluster.localeCompare(b.cluster)) }
}
