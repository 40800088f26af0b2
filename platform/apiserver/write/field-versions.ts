import type { JsonObject } from '#lib/kinds/object.ts'
import type { FieldSet } from '../apply/field-set.ts'
import { EMPTY, fieldSet } from '../apply/field-set.ts'
import type { MergeType } from '../apply/merge-type.ts'
import { mergeTypeOf } from '../apply/merge-type.ts'
import type { Versions } from '../apply/ownership.ts'
import type { Cluster } from '../cluster.ts'
import { OBJECT_META } from '../kinds/object-meta.ts'
import type { ResourceInfo } from '../kinds/resource-info.ts'
import { groupVersion } from '../kinds/resource-info.ts'

const types = new WeakMap<JsonObject, MergeType>()

function typeOf({ rawSchema }: ResourceInfo): MergeType {
  let type = types.get(rawSchema)
  if (type === undefined) types.set(rawSchema, (type = mergeTypeOf(rawSchema, OBJECT_META)))
  return type
}

const STATUS = fieldSet([['f:status']])
const SPEC = fieldSet([['f:spec']])
const SPEC_AND_METADATA = fieldSet([['f:spec'], ['f:metadata']])
const POD_STATUS = fieldSet([
  ['f:spec'],
  ['f:metadata', 'f:deletionTimestamp'],
  ['f:metadata', 'f:ownerReferences'],
])

/** What the strategy of a kind resets, whatever a request says about it. */
function ignoredBy(info: ResourceInfo, subresource: string): FieldSet {
  if (!info.hasStatus) return EMPTY
  if (subresource !== 'status') return STATUS
  if (info.isCustom) return SPEC
  if (info.kind === 'CustomResourceDefinition') return SPEC_AND_METADATA
  return info.kind === 'Pod' ? POD_STATUS : SPEC
}

/** In Go these are structs and always there, in objects of built-in kinds. */
const CONSTANT = fieldSet([
  ['f:metadata'],
  ['f:spec'],
  ['f:status'],
  ['f:source'],
  ['f:spec', 'f:names'],
  ['f:spec', 'f:resources'],
  ['f:status', 'f:acceptedNames'],
  ['f:status', 'f:nodeInfo'],
  ['f:status', 'f:daemonEndpoints'],
  ['f:status', 'f:daemonEndpoints', 'f:kubeletEndpoint'],
])

/** How objects of a kind merge and who can change what, for a request to it or to a part of it. */
export function fieldVersions(cluster: Cluster, info: ResourceInfo, subresource: string): Versions {
  const apiVersion = groupVersion(info)
  const ignored = ignoredBy(info, subresource)
  return {
    apiVersion,
    typeOf(wanted) {
      if (wanted === apiVersion) return typeOf(info)
      const [version = '', group = ''] = wanted.split('/').toReversed()
      const other = cluster.registry.find(group, version, info.plural)
      return other === undefined ? undefined : typeOf(other)
    },
    // A request to the rest takes the status of other versions for its own: so does the API server.
    ignoredIn: (wanted) => (subresource === 'status' || wanted === apiVersion ? ignored : EMPTY),
    constant: info.isCustom ? EMPTY : CONSTANT,
    zeros: info.strategy.zeros ?? {},
  }
}
