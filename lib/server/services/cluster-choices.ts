import type { ResourceFact, ResourceItem, ResourceList, ResourceQuery } from '#lib/contract/resource.ts'
import { servingReason } from '#lib/domain/cross-cluster-choice.ts'
import { matchesSelector, parseLabelSelector } from '#lib/domain/label-selector.ts'
import { installationOf } from '#lib/domain/world.ts'
import type { World } from '#lib/domain/world.ts'
import type { ClusterWay } from '#lib/kube/cluster-registry.ts'
import type { PlatformSnapshot } from './platform-snapshot.ts'
import { clusterSummary } from './views/cluster-summary.ts'

function pluginFacts(world: World, plugin: string, cluster: string): ResourceFact[] {
  const installation = installationOf(world, plugin, cluster)
  if (installation === undefined) return []
  const version = installation.moduleInfo.status?.version ?? ''
  return [
    ...(version === '' ? [] : [{ code: 'version', value: version } as const]),
    { code: 'status', value: installation.derived.status },
  ]
}

/**
 * The console's clusters to pick from, global first. Where one of them has to serve a plugin, those that have it come
 * first, with its version and status, and the others say why not.
 * @param query.labelSelector matches the labels of the cluster's object
 */
export function clusterChoices(
  model: PlatformSnapshot,
  wayOf: (cluster: string) => ClusterWay | undefined,
  query: Pick<ResourceQuery, 'plugin' | 'labelSelector' | 'search' | 'limit'>,
): ResourceList {
  const { plugin, limit = Number.POSITIVE_INFINITY } = query
  const selector = parseLabelSelector(query.labelSelector ?? '') ?? []
  const wanted = (query.search ?? '').trim().toLowerCase()
  const found = [...model.clusters.values()]
    .map((cluster) => clusterSummary(model, cluster, wayOf(cluster.metadata.name)))
    .filter(({ labels }) => matchesSelector(selector, labels))
    .filter(({ name, displayName }) => `${name}\n${displayName}`.toLowerCase().includes(wanted))
    .sort((a, b) => Number(b.isGlobal) - Number(a.isGlobal) || (a.name < b.name ? -1 : 1))
    .map(({ name, displayName, reasons }): ResourceItem => {
      const refusal = plugin === undefined ? undefined : servingReason(model.world, plugin, name)
      const facts: ResourceFact[] = [
        ...(displayName.toLowerCase() === name ? [] : [{ code: 'title', value: displayName } as const]),
        ...(plugin === undefined ? [] : pluginFacts(model.world, plugin, name)),
        ...(reasons.length === 0 ? [] : [{ code: 'silent', value: '' } as const]),
      ]
      return { name, facts, ...(refusal !== undefined && { refusal }) }
    })
  const items = [
    ...found.filter(({ refusal }) => refusal === undefined),
    ...found.filter(({ refusal }) => refusal !== undefined),
  ]
  return { items: items.slice(0, limit), isCut: items.length > limit }
}
