import type { KubeObject, Resource } from './object.ts'

/** A cluster of Cluster API, as far as its versions agree. */
export interface CapiCluster extends KubeObject {
  status?: { phase?: string }
}

export const CAPI_GROUP = 'cluster.x-k8s.io'

/** On Secrets that belong to a cluster: its name. */
export const CAPI_CLUSTER_LABEL = `${CAPI_GROUP}/cluster-name`

/** The kind in one of its versions. */
export function capiClusterIn(version: string): Resource<CapiCluster> {
  return { group: CAPI_GROUP, version, plural: 'clusters', kind: 'Cluster', namespaced: true }
}

/** The Secret with the kubeconfig of a cluster, in the cluster's namespace; its key is `value`. */
export function capiKubeconfigSecret(cluster: string): string {
  return `${cluster}-kubeconfig`
}
