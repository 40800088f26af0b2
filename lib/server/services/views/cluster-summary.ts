import type { ClusterSummary } from '#lib/contract/cluster.ts'
import { cleanLine, cleanText } from '#lib/domain/clean-text.ts'
import { isBusy } from '#lib/domain/derive-status.ts'
import type { Reason } from '#lib/domain/reason.ts'
import { GLOBAL_CLUSTER } from '#lib/kinds/cluster.ts'
import type { Cluster } from '#lib/kinds/cluster.ts'
import { LABEL } from '#lib/kinds/labels.ts'
import type { ClusterWay } from '#lib/kube/cluster-registry.ts'
import type { PlatformSnapshot } from '../platform-snapshot.ts'
import { reachabilityView, silenceReasons } from './cluster-way.ts'

function clusterReasons({ metadata, status }: Cluster, way: ClusterWay | undefined): Reason[] {
  const silence = silenceReasons(metadata.name, way)
  // What it last reported is no reason while nobody knows better.
  if (silence.length > 0) return silence
  const phase = status?.phase ?? ''
  if (phase === 'Running') return []
  const message = cleanText(status?.message || (status?.reason ?? ''), 1000)
  return [{ code: 'cluster-not-running', params: { cluster: metadata.name, phase, message } }]
}

/** Plugins on a cluster, counted. */
function countPlugins(model: PlatformSnapshot, cluster: string): ClusterSummary['plugins'] {
  const counts = { installed: 0, upgradable: 0, failed: 0, busy: 0 }
  const installations = model.world.installations.get(cluster)
  for (const [plugin, row] of model.rowsOn(cluster)) {
    if (installations?.has(plugin) !== true) continue
    counts.installed += 1
    if (row.upgrade !== null) counts.upgradable += 1
    if (row.status === 'Failed') counts.failed += 1
    if (isBusy(row.status)) counts.busy += 1
  }
  return counts
}

/**
 * A cluster as tables show it.
 * @param way how it is reached
 */
export function clusterSummary(
  model: PlatformSnapshot,
  cluster: Cluster,
  way: ClusterWay | undefined,
): ClusterSummary {
  const { metadata, spec, status } = cluster
  return {
    name: metadata.name,
    displayName: cleanLine(spec?.displayName || metadata.name, 120),
    isGlobal: metadata.name === GLOBAL_CLUSTER || metadata.labels?.[LABEL.isGlobal] === 'true',
    type: spec?.type ?? null,
    version: status?.version || way?.reachability.version || spec?.version || null,
    phase: status?.phase ?? '',
    reasons: clusterReasons(cluster, way),
    reachability: reachabilityView(way),
    hasNoWay: way !== undefined && way.problem !== null,
    labels: metadata.labels ?? {},
    createdAt: metadata.creationTimestamp ?? null,
    plugins: countPlugins(model, metadata.name),
  }
}
