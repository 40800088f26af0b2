import type { ClusterReachability } from '#lib/contract/freshness.ts'
import type { PluginOnCluster } from '#lib/contract/installation.ts'
import { cleanLine } from '#lib/domain/clean-text.ts'
import type { Reason } from '#lib/domain/reason.ts'
import type { ClusterWay } from '#lib/kube/cluster-registry.ts'
import type { PlatformState } from '../platform-state.ts'

const LONGEST_MESSAGE = 500

function timeOf(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString()
}

/** How a cluster answers. While it does, when it last did would change the answer's tag with every breath. */
export function reachabilityView(way: ClusterWay | undefined): ClusterReachability {
  if (way === undefined || way.problem !== null)
    return { state: 'unknown', since: null, answeredAt: null, message: null }
  const { state, since, answeredAt, message } = way.reachability
  return {
    state,
    since: timeOf(since),
    answeredAt: state === 'reachable' ? null : timeOf(answeredAt),
    message: message === null ? null : whyOnly(message, way.address ?? ''),
  }
}

/** Why a cluster can’t be reached, without its address, which stands elsewhere. */
export function whyOnly(message: string, address: string): string {
  const prefix = `${address} can't be reached: `
  return cleanLine(message.startsWith(prefix) ? message.slice(prefix.length) : message, LONGEST_MESSAGE)
}

/** Why there is no way to a cluster; null when there is one. */
export function wayProblem(cluster: string, way: ClusterWay | undefined): Reason | null {
  if (way === undefined || way.problem === null) return null
  const { code, message } = way.problem
  return {
    code: `cluster-${code}`,
    params: { cluster, name: cleanLine(way.origin, 300), message: cleanLine(message, LONGEST_MESSAGE) },
  }
}

/** Why a cluster can't be reached now; empty when it can, or was not asked yet. */
export function silenceReasons(cluster: string, way: ClusterWay | undefined): Reason[] {
  const problem = wayProblem(cluster, way)
  if (problem !== null) return [problem]
  const { state, message } = reachabilityView(way)
  if (state !== 'unreachable') return []
  return [{ code: 'cluster-unreachable', params: { cluster, message: message ?? '' } }]
}

/** A row as it is, or marked: what stands of an installation on a silent cluster is as last reported. */
export function markSilent<T extends PluginOnCluster>(platform: PlatformState, row: T): T {
  const way = platform.clusterWay(row.cluster)
  const reasons = silenceReasons(row.cluster, way)
  if (reasons.length === 0) return row
  // What isn't installed there is decided by objects of the global cluster alone, and by labels.
  if (row.targetVersion === null && row.installedVersion === null) {
    const isGuess = row.status === 'Incompatible' && !platform.areLabelsKnown(row.cluster)
    return isGuess ? { ...row, reasons, silent: { since: reachabilityView(way).since } } : row
  }
  return { ...row, silent: { since: reachabilityView(way).since } }
}
