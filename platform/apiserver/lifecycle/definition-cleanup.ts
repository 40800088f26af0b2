import type { Cluster } from '../cluster.ts'
import { metadataOf, own } from '../json.ts'
import { CRD_CLEANUP_FINALIZER } from '../kinds/crd-kind.ts'
import { deleteStored } from '../verbs/delete.ts'

/** Deletes the instances of a definition whose deletion was asked for, and the definition once none is left. */
export function cleanUpDefinition(cluster: Cluster, name: string): void {
  const definitions = cluster.registry.find('apiextensions.k8s.io', 'v1', 'customresourcedefinitions')
  const stored = definitions === undefined ? undefined : cluster.get(definitions, '', name)
  if (definitions === undefined || stored === undefined) return
  const definition = cluster.parse(definitions, stored)
  const metadata = metadataOf(definition)
  const finalizers = own(metadata, 'finalizers')
  if (own(metadata, 'deletionTimestamp') === undefined || !Array.isArray(finalizers)) return
  const info = cluster.registry.byStorageKey(name)
  let left = 0
  if (info !== undefined)
    for (const object of cluster.store.page(cluster.key(info), { revision: cluster.store.revision }))
      if (deleteStored(cluster, info, object, { policy: 'Background', dryRun: false }) !== undefined) left++
  if (left > 0) return
  const rest = finalizers.filter((finalizer) => finalizer !== CRD_CLEANUP_FINALIZER)
  if (rest.length > 0 && rest.length === finalizers.length) return
  metadata['finalizers'] = rest
  if (rest.length === 0) cluster.remove(definitions, definition, stored)
  else cluster.put(definitions, definition, stored)
}
