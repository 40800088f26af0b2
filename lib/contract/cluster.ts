import type { Reason } from '#lib/domain/reason.ts'
import type { Condition } from '#lib/kinds/object.ts'
import type { PluginOnCluster } from './installation.ts'
import type { PluginSummary } from './plugin.ts'
import type { SourceFreshness } from './freshness.ts'

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
  phase: string
  reasons: Reason[]
  labels: Record<string, string>
  createdAt: string | null
  plugins: { installed: number; upgradable: number; failed: number; busy: number }
}

/** `GET /api/clusters`. */
export interface ClusterList {
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
  conditions: Condition[]
  addresses: { type: string; host: string; port: number }[]
  resource: { name: string; capacity: string; allocatable: string; allocated: string }[]
  features: Feature[]
  freshness: SourceFreshness[]
}
