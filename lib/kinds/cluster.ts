import type { Condition, KubeObject, Resource } from './object.ts'

/** A cluster that the platform manages. Affinity matches its labels. */
export interface Cluster extends KubeObject {
  spec?: {
    displayName?: string
    type?: string
    /** Kubernetes version wanted; `status.version` is the one that runs. */
    version?: string
    tenantID?: string
    clusterCredentialRef?: { name?: string }
  }
  status?: {
    phase?: string
    version?: string
    message?: string
    reason?: string
    conditions?: Condition[]
    addresses?: { type: string; host: string; port: number; path: string }[]
    resource?: {
      capacity?: Record<string, string | number>
      allocatable?: Record<string, string | number>
      allocated?: Record<string, string | number>
    }
  }
}

export const CLUSTER: Resource<Cluster> = {
  group: 'platform.tkestack.io',
  version: 'v1',
  plural: 'clusters',
  kind: 'Cluster',
  namespaced: false,
}

/** The name of the management plane, everywhere. */
export const GLOBAL_CLUSTER = 'global'

/** Orders names of clusters as pages show them: the management plane first, the others by name. */
export function compareClusterNames(a: string, b: string): number {
  const first = Number(b === GLOBAL_CLUSTER) - Number(a === GLOBAL_CLUSTER)
  return first !== 0 ? first : a < b ? -1 : Number(a > b)
}
