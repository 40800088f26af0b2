import type { ClusterRegistry } from '#lib/kube/cluster-registry.ts'
import type { KubeClient } from '#lib/kube/kube-client.ts'
import { SIMULATED_DELIVERY_MARKER } from '#lib/kinds/delivery-marker.ts'
import { startSimulatedDelivery } from './simulated-delivery.ts'
import type { SimulatedDelivery } from './simulated-delivery.ts'

export interface DeliverOptions {
  /** The clusters, as they come and go. */
  readonly registry: ClusterRegistry
  /** Stands between a delivery and the API: what holds writes back when others are to write. */
  readonly fence: (client: KubeClient) => KubeClient
  readonly log: (line: string) => void
}

const { namespace, name } = SIMULATED_DELIVERY_MARKER

/**
 * Plays the agent of every cluster that carries the marker, and says of each other one that it refuses. A marker that comes
 * or goes later counts.
 */
export function deliverWhereMarked({ registry, fence, log }: DeliverOptions): SimulatedDelivery {
  const open = new Map<string, { client: KubeClient; delivery: SimulatedDelivery }>()

  function start(cluster: string, client: KubeClient): void {
    const onMarker = (isMarked: boolean): void =>
      log(
        isMarked
          ? `delivery to cluster ${cluster} is simulated`
          : `delivery to cluster ${cluster} is not simulated: it has no ConfigMap ${namespace}/${name}`,
      )
    open.set(cluster, { client, delivery: startSimulatedDelivery(fence(client), { log, onMarker }) })
  }

  function follow(): void {
    const names = new Set(registry.clusters().map(({ metadata }) => metadata.name))
    for (const [cluster, { client, delivery }] of open)
      if (!names.has(cluster) || registry.client(cluster) !== client) {
        open.delete(cluster)
        void delivery.stop()
      }
    for (const cluster of names) {
      const client = registry.client(cluster)
      if (client !== undefined && !open.has(cluster)) start(cluster, client)
    }
  }

  const unsubscribe = registry.onChange(follow)
  follow()
  return {
    async stop() {
      unsubscribe()
      await Promise.all([...open.values()].map(({ delivery }) => delivery.stop()))
    },
  }
}
