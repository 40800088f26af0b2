import type { Cluster } from '../cluster.ts'
import { metadataOf, own } from '../json.ts'
import { deleteStored } from '../verbs/delete.ts'

/**
 * Deletes what is in a namespace whose deletion was asked for, and the namespace itself once nothing is left.
 * Called again whenever something in it goes.
 */
export function emptyNamespace(cluster: Cluster, name: string): void {
  const namespaces = cluster.registry.find('', 'v1', 'namespaces')
  const stored = namespaces === undefined ? undefined : cluster.get(namespaces, '', name)
  if (namespaces === undefined || stored === undefined) return
  const namespace = cluster.parse(namespaces, stored)
  const metadata = metadataOf(namespace)
  if (own(metadata, 'deletionTimestamp') === undefined) return
  let left = 0
  for (const info of cluster.registry.all()) {
    if (!info.namespaced || info.version !== info.storageVersion) continue
    const key = cluster.key(info)
    if (cluster.store.count(key, name) === 0) continue
    for (const object of cluster.store.page(key, { namespace: name, revision: cluster.store.revision }))
      if (deleteStored(cluster, info, object, { policy: 'Background', dryRun: false }) !== undefined) left++
  }
  if (left > 0) return
  namespace['spec'] = {}
  const finalizers = own(metadata, 'finalizers')
  if (Array.isArray(finalizers) && finalizers.length > 0) cluster.put(namespaces, namespace, stored)
  else cluster.remove(namespaces, namespace, stored)
}
