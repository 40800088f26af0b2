import type { Cluster } from '#lib/kinds/cluster.ts'
import { CLUSTER, GLOBAL_CLUSTER } from '#lib/kinds/cluster.ts'
import { isClusterName } from './cluster-source.ts'
import type { ClusterEntry, ClusterProblem, ClusterRoute, ClusterSource, Timing } from './cluster-source.ts'
import type { Gateway } from './gateway.ts'
import type { KubeClient } from './kube-client.ts'
import { createObjectCache } from './watch-cache.ts'

/** The clusters that are objects of platform.tkestack.io, each reached through the platform's gateway. */
export function platformSource(client: KubeClient, gateway: Gateway, timing: Timing): ClusterSource {
  const objects = createObjectCache(client, CLUSTER, timing)
  const entries = new WeakMap<Cluster, ClusterEntry>()
  const routes = new Map<string, ClusterRoute>()

  function problemOf(name: string): ClusterProblem | null {
    if (!isClusterName(name)) return { code: 'name-unfit', message: '' }
    if (name === GLOBAL_CLUSTER || gateway.address !== null) return null
    return { code: 'gateway-unknown', message: '' }
  }

  /** The same one for as long as a cluster is there, however often its object changes. */
  function routeOf(name: string): ClusterRoute | null {
    if (name === GLOBAL_CLUSTER || gateway.address === null) return null
    const route = routes.get(name) ?? {
      config: gateway.config,
      server: `${gateway.address}/kubernetes/${name}`,
    }
    routes.set(name, route)
    return route
  }

  function entryOf(cluster: Cluster): ClusterEntry {
    const known = entries.get(cluster)
    if (known !== undefined) return known
    const { name } = cluster.metadata
    const problem = problemOf(name)
    const route = problem === null ? routeOf(name) : null
    const entry = { name, cluster, origin: '', route, problem, isDerived: false }
    entries.set(cluster, entry)
    return entry
  }

  return {
    list: () => objects.list().map(entryOf),
    get freshness() {
      return objects.freshness
    },
    onChange: (listener) =>
      objects.onChange((events) => {
        for (const { type, object } of events) if (type === 'deleted') routes.delete(object.metadata.name)
        listener()
      }),
    onFreshness: (listener) => objects.onFreshness(listener),
    ready: () => objects.ready(),
    stop: () => objects.stop(),
  }
}
