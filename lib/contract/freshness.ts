/** How a cluster's own API answers a light request every ten seconds. */
export interface ClusterReachability {
  /** `unknown`: not asked yet, or there is no way to ask it. */
  state: 'unknown' | 'reachable' | 'unreachable'
  /** When that began, ISO 8601; null while it is unknown. */
  since: string | null
  /** The last answer of a cluster that is not reachable now, ISO 8601; null before the first one, and while it answers. */
  answeredAt: string | null
  /** Why it is unreachable, in the client's or the server's words. */
  message: string | null
}

/**
 * What is known of one source (cluster × kind): `live` watches now, `stale` was cut off and heals,
 * `loading` has not been read once, `forbidden` and `absent` (no such API) heal when that changes.
 */
export interface SourceFreshness {
  cluster: string
  kind: string
  state: 'live' | 'stale' | 'loading' | 'forbidden' | 'absent'
  /** When it was last known true, ISO 8601; null before the first time. */
  knownAt: string | null
  message: string | null
}

/** The kinds that answers are made of, by what they are about. */
export const SOURCES_OF = {
  plugins: ['Cluster', 'ModulePlugin', 'ModuleConfig', 'ModuleInfo'],
  clusters: ['Cluster', 'ModulePlugin', 'ModuleConfig', 'ModuleInfo'],
  packages: ['ModulePlugin', 'ModuleConfig', 'ModuleInfo', 'Artifact', 'ArtifactVersion'],
} as const satisfies Record<string, readonly string[]>

export type Subject = keyof typeof SOURCES_OF

/** What an answer rests on. */
export interface Resting {
  /** Its sources that are not live now, when they were last; empty when all of them are. */
  behind: SourceFreshness[]
}

/** Those of the sources that an answer about `subject` rests on and that are not live. */
export function behindOf(sources: readonly SourceFreshness[], subject: Subject): SourceFreshness[] {
  const kinds: readonly string[] = SOURCES_OF[subject]
  return sources.filter(({ kind, state }) => state !== 'live' && kinds.includes(kind))
}
