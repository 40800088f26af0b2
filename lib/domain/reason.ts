/**
 * Why something is as it is, or may not be done: a code and the values that its text needs.
 * The sentences, in both languages, are in lib/i18n. `message` in params is a stranger's own text.
 */
export const REASON_CODES = [
  // affinity: {cluster, key, operator, expected, actual, version}
  'cluster-label-missing',
  'cluster-label-mismatch',
  'cluster-label-forbidden',
  'selector-invalid',
  // {plugin}
  'plugin-conflict',
  // {expected, actual}; the platform's version is not one this can go to
  'platform-version-mismatch',
  // {plugin, ranges}; {plugin, ranges, installed}; {plugins}
  'dependency-missing',
  'dependency-version',
  'dependency-not-running',
  'cross-cluster-dependency-missing',
  // {version}
  'version-unknown',
  'version-not-ready',
  'no-version-published',
  'no-version-fits',
  // {plugin} {cluster}
  'plugin-unknown',
  'cluster-unknown',
  'cluster-unreachable',
  'cluster-not-running',
  // {cluster, message}: there is no way to it; `message` says what or where
  'cluster-name-unfit',
  'cluster-name-taken',
  'cluster-name-ambiguous',
  'cluster-gateway-unknown',
  'cluster-kubeconfig-missing',
  'cluster-kubeconfig-forbidden',
  'cluster-kubeconfig-broken',
  'cluster-kubeconfig-refused',
  'already-installed',
  'not-installed',
  'module-type-label-missing',
  // {release, reason, message}
  'release-failed',
  'release-not-ready',
  'release-not-synced',
  // {type, reason, message}
  'condition',
  // {phase}
  'phase-failed',
  'phase-unknown',
  'phase-pending',
  'configuration-pending',
  'waiting-for-controller',
  // {version, range, installed}
  'upgrade-path',
  'range-invalid',
  'upgrade-core',
  'upgrade-first',
  'up-to-date',
  'upgrade-blocked',
  'downgrade',
  // {message}
  'remove-prevented',
  // {message, messageZh}
  'not-deletable',
  // {plugin, cluster, ranges}; {cluster, kind, namespace, name}
  'needed-by',
  'resource-blocks-remove',
  // {plugin, cluster}: chosen to serve a plugin that it doesn't have
  'plugin-not-on-cluster',
  // {cluster, kind, message}: live objects that can't be listed
  'kind-unknown',
  'resources-forbidden',
  'no-parameters',
  'transition-running',
  'deleting',
  // a published version: {cluster}, several names too
  'version-in-use',
  'malformed-object',
] as const

export type ReasonCode = (typeof REASON_CODES)[number]

export interface Reason {
  readonly code: ReasonCode
  readonly params?: Readonly<Record<string, string>>
}
