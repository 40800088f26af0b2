import { MANAGEMENT_CLUSTER } from './cluster-source.ts'
import type { ClusterSource } from './cluster-source.ts'

/** Plain Kubernetes: the management cluster and no other. */
export function plainSource(now: () => number): ClusterSource {
  const nothing = () => () => undefined
  return {
    list: () => [MANAGEMENT_CLUSTER],
    get freshness() {
      return { state: 'live', knownAt: now(), message: null } as const
    },
    onChange: nothing,
    onFreshness: nothing,
    ready: () => Promise.resolve(),
    stop: () => undefined,
  }
}
