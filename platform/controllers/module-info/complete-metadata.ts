import { isDeepStrictEqual } from 'node:util'
import { withCrossClusterLabels } from '#lib/domain/cross-cluster-choice.ts'
import { displayNameOf, pick } from '#lib/domain/local-text.ts'
import type { PluginFacts } from '#lib/domain/world.ts'
import { CLUSTER, GLOBAL_CLUSTER } from '#lib/kinds/cluster.ts'
import { ANNOTATION, FINALIZER, LABEL, MODULE_TYPE_PLUGIN } from '#lib/kinds/labels.ts'
import type { ModuleInfo } from '#lib/kinds/module-info.ts'
import { apiVersionOf } from '#lib/kinds/object.ts'
import type { ObjectMeta, OwnerReference } from '#lib/kinds/object.ts'
import type { ClusterView } from '../scene.ts'
import { PLACE } from './place.ts'
import type { Place } from './place.ts'

/** Written by kubectl for the name that the document had; under another name it would mislead. */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'

function ownerOf(cluster: ClusterView | undefined): OwnerReference[] {
  const object = cluster?.object
  if (object === undefined || object.metadata.name === GLOBAL_CLUSTER) return []
  if (object.metadata.labels?.[LABEL.isGlobal] === 'true' || object.metadata.uid === undefined) return []
  const { name, uid } = object.metadata
  return [{ apiVersion: apiVersionOf(CLUSTER), kind: CLUSTER.kind, name, uid }]
}

function inherited(facts: PluginFacts | undefined, key: string): Record<string, string> {
  const value = facts?.modulePlugin?.metadata.labels?.[key]
  return value === undefined ? {} : { [key]: value }
}

/** The labels, annotations, owner and finalizer that an installation at this place must have, on top of its own. */
export function completeMetadata(
  info: ModuleInfo,
  place: Place,
  cluster: ClusterView | undefined,
  facts: PluginFacts | undefined,
): Pick<ObjectMeta, 'labels' | 'annotations' | 'finalizers' | 'ownerReferences'> {
  const { labels, annotations = {}, finalizers = [], ownerReferences = [] } = info.metadata
  const kept = Object.fromEntries(Object.entries(annotations).filter(([key]) => key !== LAST_APPLIED))
  const owners = ownerOf(cluster).filter(({ uid }) => !ownerReferences.some((known) => known.uid === uid))
  const named = annotations[ANNOTATION.displayName] ?? ''
  return {
    labels: {
      ...inherited(facts, LABEL.product),
      ...inherited(facts, LABEL.lifecycleType),
      // The configuration is what people change, with kubectl too: labels follow it.
      ...withCrossClusterLabels(labels, info.spec.config),
      [LABEL.clusterName]: place.cluster,
      [LABEL.moduleName]: place.plugin,
      [LABEL.moduleType]: MODULE_TYPE_PLUGIN,
    },
    annotations: {
      ...kept,
      [ANNOTATION.displayName]:
        named === '' ? pick(displayNameOf(facts?.modulePlugin, place.plugin), 'en') : named,
      [PLACE]: `${place.cluster}/${place.plugin}`,
    },
    finalizers: finalizers.includes(FINALIZER.moduleInfo)
      ? finalizers
      : [...finalizers, FINALIZER.moduleInfo],
    ownerReferences: [...ownerReferences, ...owners],
  }
}

/** Whether an object's metadata has all that already. */
export function isComplete(info: ModuleInfo, wanted: ReturnType<typeof completeMetadata>): boolean {
  const { labels = {}, annotations = {}, finalizers = [], ownerReferences = [] } = info.metadata
  return isDeepStrictEqual({ labels, annotations, finalizers, ownerReferences }, wanted)
}
