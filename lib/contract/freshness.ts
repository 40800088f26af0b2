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
