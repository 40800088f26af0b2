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
