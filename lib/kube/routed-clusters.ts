import type { Cluster } from '#lib/kinds/cluster.ts'
import { GLOBAL_CLUSTER } from '#lib/kinds/cluster.ts'
import type { ClusterEntry, ClusterRoute, Timing } from './cluster-source.ts'
import { createKubeClient } from './http-kube-client.ts'
import type { KubeClient } from './kube-client.ts'
import { createListeners } from './listeners.ts'
import type { KubeConfig } from './load-config.ts'
import { watchNodeLabels } from './node-labels.ts'
import type { NodeLabels } from './node-labels.ts'
import { watchReachability } from './reachability.ts'
import type { ProbeTarget, Reachability } from './reachability.ts'

/** The clients of the clusters that there is a way to, and what they tell of them. */
export interface RoutedClusters {
  readonly reachability: Reachability
  /** The entries from now on; clients whose way is gone are closed. */
  follow(entries: ReadonlyMap<string, ClusterEntry>): void
  client(name: string): KubeClient | undefined
  /** The cluster of an entry with what only itself can tell. */
  describe(entry: ClusterEntry): Cluster
  labelsOf(name: string): NodeLabels | undefined
  /** Resolves once the labels of all clusters were read, which a silent one puts off. */
  labelsKnown(): Promise<void>
  onFreshness(listener: (cluster: string) => void): () => void
  /** Ends watches and closes all clients, the global one too. */
  stop(): Promise<void>
}

interface Routed {
  readonly route: ClusterRoute
  readonly client: KubeClient
}

export function createRoutedClusters(options: {
  config: KubeConfig
  globalClient: KubeClient
  timing: Timing
  /** What a cluster tells of itself is other than before. */
  onChange: () => void
}): RoutedClusters {
  const { config, globalClient, timing, onChange } = options
  const globalRoute: ClusterRoute = { config }
  const reachability = watchReachability(timing)
  const freshnessListeners = createListeners<string>()
  const routed = new Map<string, Routed>()
  const labels = new Map<string, { client: KubeClient; watched: NodeLabels }>()
  const described = new WeakMap<ClusterEntry, { facts: string; cluster: Cluster }>()
  let targets: ReadonlyMap<string, ProbeTarget> = new Map()

  function clientOf(name: string): KubeClient | undefined {
    return name === GLOBAL_CLUSTER ? globalClient : routed.get(name)?.client
  }

  function open(name: string, { config, server }: ClusterRoute): KubeClient {
    return createKubeClient(config, { cluster: name, ...(server === undefined ? {} : { server }) })
  }

  function followRoutes(entries: ReadonlyMap<string, ClusterEntry>): void {
    for (const [name, { route, client }] of routed) {
      if (entries.get(name)?.route === route) continue
      routed.delete(name)
      void client.close()
    }
    for (const { name, route } of entries.values())
      if (route !== null && !routed.has(name)) routed.set(name, { route, client: open(name, route) })
  }

  function followLabels(entries: ReadonlyMap<string, ClusterEntry>): void {
    for (const [name, { client, watched }] of labels) {
      if (entries.get(name)?.isDerived === true && clientOf(name) === client) continue
      labels.delete(name)
      watched.stop()
    }
    for (const { name, isDerived } of entries.values()) {
      const client = clientOf(name)
      if (!isDerived || client === undefined || labels.has(name)) continue
      const watched = watchNodeLabels(client, timing)
      labels.set(name, { client, watched })
      watched.onChange(onChange)
      watched.onFreshness(() => freshnessListeners.tell(name))
    }
  }

  /** The version that a described cluster has is the one that it said itself. */
  reachability.onChange((name) => {
    if (labels.has(name)) onChange()
  })

  return {
    reachability,
    follow(entries) {
      followRoutes(entries)
      followLabels(entries)
      const routes = [...entries.values()].map(({ name, route }): [string, ClusterRoute | null] => [
        name,
        name === GLOBAL_CLUSTER ? globalRoute : route,
      ])
      targets = new Map(
        routes.flatMap(([name, route]) =>
          route === null ? [] : [[name, { route, open: () => open(name, route) }] as const],
        ),
      )
      reachability.follow(targets)
    },
    client: clientOf,
    describe(entry) {
      const { name, cluster, isDerived } = entry
      if (!isDerived) return cluster
      const { version } = reachability.get(name)
      const derived = labels.get(name)?.watched.labels ?? {}
      const facts = JSON.stringify([version, derived])
      const known = described.get(entry)
      if (known?.facts === facts) return known.cluster
      const next: Cluster = {
        ...cluster,
        metadata: { ...cluster.metadata, labels: { ...derived, ...cluster.metadata.labels } },
        status: { ...cluster.status, ...(version === null ? {} : { version }) },
      }
      described.set(entry, { facts, cluster: next })
      return next
    },
    labelsOf: (name) => labels.get(name)?.watched,
    async labelsKnown() {
      // One that goes meanwhile is waited for no longer.
      await Promise.allSettled([...labels.values()].map(({ watched }) => watched.ready()))
    },
    onFreshness: (listener) => freshnessListeners.add(listener),
    async stop() {
      reachability.stop()
      for (const { watched } of labels.values()) watched.stop()
      await Promise.all(
        [globalClient, ...[...routed.values()].map(({ client }) => client)].map((client) => client.close()),
      )
    },
  }
}
