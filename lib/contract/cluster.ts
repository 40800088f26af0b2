import type { Reason } from '#lib/domain/reason.ts'
import type { Condition } from '#lib/kinds/object.ts'
import type { PluginOnCluster } from './installation.ts'
import type { PluginSummary } from './plugin.ts'
import type { ClusterReachability, Resting, SourceFreshness } from './freshness.ts'

/**
 * Where clusters come from: objects of platform.tkestack.io, those of Cluster API, kubeconfig files, or nowhere: one
 * plain Kubernetes.
 */
export type ClusterSourceKind = 'platform' | 'cluster-api' | 'kubeconfigs' | 'plain'

export interface ClusterSummary {
  name: string
  displayName: string
  isGlobal: boolean
  type: string | null
  /** Kubernetes version. */
  version: string | null
  /** As last reported; what counts first is whether the cluster answers. */
  phase: string
  reasons: Reason[]
  reachability: ClusterReachability
  /** There is no way to it at all: the reason is among `reasons`. */
  hasNoWay: boolean
  labels: Record<string, string>
  createdAt: string | null
  plugins: { installed: number; upgradable: number; failed: number; busy: number }
}

/** `GET /api/clusters`. */
export interface ClusterList extends Resting {
  items: ClusterSummary[]
}

/** A plugin on a cluster's Features tab. */
export interface Feature extends PluginOnCluster {
  summary: Pick<
    PluginSummary,
    'name' | 'displayName' | 'description' | 'logo' | 'lifecycle' | 'latestVersion'
  >
}

/** `GET /api/clusters/{cluster}`. */
export interface ClusterDetail extends ClusterSummary {
  /** How it is reached, without credentials; null when there is no way. */
  address: string | null
  /** Where it was found: an object or a file; empty for objects of the platform. */
  origin: string
  conditions: Condition[]
  addresses: { type: string; host: string; port: number }[]
  resource: { name: string; capacity: string; allocatable: string; allocated: string }[]
  features: Feature[]
  freshness: SourceFreshness[]
}
