import type { ClusterList } from '#lib/contract/cluster.ts'
import { behindOf } from '#lib/contract/freshness.ts'
import type { ServiceContext } from './context.ts'
import { modelOf } from './model.ts'
import { clusterSummary } from './views/cluster-summary.ts'

/**
 * All clusters with their plugin counts; the global one first, then by name.
 * @throws UnavailableError
 */
export async function listClusters(ctx: ServiceContext): Promise<ClusterList> {
  const model = modelOf(ctx)
  const items = [...model.clusters.values()].map((cluster) =>
    clusterSummary(model, cluster, ctx.platform.clusterWay(cluster.metadata.name)),
  )
  return {
    behind: behindOf(ctx.platform.freshness(), 'clusters'),
    items: items.sort((a, b) => Number(b.isGlobal) - Number(a.isGlobal) || (a.name < b.name ? -1 : 1)),
  }
}
