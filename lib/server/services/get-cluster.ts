import type { ClusterDetail, Feature } from '#lib/contract/cluster.ts'
import { cleanLine, cleanText } from '#lib/domain/clean-text.ts'
import { pick } from '#lib/domain/local-text.ts'
import { GLOBAL_CLUSTER } from '#lib/kinds/cluster.ts'
import type { Cluster } from '#lib/kinds/cluster.ts'
import type { ServiceContext } from './context.ts'
import { modelOf, requireCluster } from './model.ts'
import type { PlatformSnapshot } from './platform-snapshot.ts'
import { NotFoundError } from './service-error.ts'
import { markSilent } from './views/cluster-way.ts'
import { steady } from './views/steady-freshness.ts'
import { clusterSummary } from './views/cluster-summary.ts'
import { summariesOn } from './views/plugin-summary.ts'

function featuresOf(model: PlatformSnapshot, cluster: string): Feature[] {
  return summariesOn(model, cluster)
    .flatMap(({ name, displayName, description, logo, lifecycle, latestVersion, onCluster }): Feature[] =>
      onCluster === null
        ? []
        : [{ ...onCluster, summary: { name, displayName, description, logo, lifecycle, latestVersion } }],
    )
    .sort((a, b) => (pick(a.summary.displayName, 'en') < pick(b.summary.displayName, 'en') ? -1 : 1))
}

function resourcesOf({ status }: Cluster): ClusterDetail['resource'] {
  const { capacity = {}, allocatable = {}, allocated = {} } = status?.resource ?? {}
  const names = [
    ...new Set([...Object.keys(capacity), ...Object.keys(allocatable), ...Object.keys(allocated)]),
  ]
  const amount = (list: Record<string, string | number>, name: string): string => String(list[name] ?? '')
  return names.sort().map((name) => ({
    name,
    capacity: amount(capacity, name),
    allocatable: amount(allocatable, name),
    allocated: amount(allocated, name),
  }))
}

/**
 * A cluster with its features: every plugin, installed there or not.
 * @throws NotFoundError, UnavailableError
 */
export async function getCluster(ctx: ServiceContext, input: { cluster: string }): Promise<ClusterDetail> {
  const model = modelOf(ctx)
  requireCluster(model, input.cluster)
  const cluster = model.clusters.get(input.cluster)
  if (cluster === undefined) throw new NotFoundError('There is no such cluster')
  const { platform } = ctx
  const way = platform.clusterWay(input.cluster)
  return {
    ...clusterSummary(model, cluster, way),
    address: way?.address ?? null,
    origin: cleanLine(way?.origin ?? '', 1000),
    conditions: (cluster.status?.conditions ?? []).map((condition) => ({
      ...condition,
      message: cleanText(condition.message ?? '', 2000),
    })),
    addresses: (cluster.status?.addresses ?? []).map(({ type, host, port }) => ({ type, host, port })),
    resource: resourcesOf(cluster),
    features: featuresOf(model, input.cluster).map((feature) => markSilent(platform, feature)),
    freshness: platform
      .allFreshness()
      .filter((source) => source.cluster === GLOBAL_CLUSTER || source.cluster === input.cluster)
      .map(steady),
  }
}
