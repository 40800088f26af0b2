import type { Reason } from '#lib/domain/reason.ts'
import { CLUSTER } from '#lib/kinds/cluster.ts'

/** Query of `GET /api/clusters/{cluster}/resources`. */
export interface ResourceQuery {
  kind: string
  /** Absent: the core group, else any that has the kind. */
  group?: string
  /** Absent, or not served: the one that the cluster prefers. */
  version?: string
  /** Absent: all of them. */
  namespace?: string
  labelSelector?: string
  /** Part of a name or of what is told about the object, in upper or lower case. */
  search?: string
  /** 1 to 500; 500 when absent. */
  limit?: number
  /** Kind `Cluster` of the console itself: the plugin that has to be there. */
  plugin?: string
}

/** Whether a query is for the console's own clusters, whatever API they come from. */
export function isClusterQuery({ kind, group = '' }: Pick<ResourceQuery, 'kind' | 'group'>): boolean {
  return kind === CLUSTER.kind && (group === '' || group === CLUSTER.group)
}

export const RESOURCE_FACTS = [
  'address',
  'role',
  'ready',
  'not-ready',
  'unschedulable',
  'default',
  'provisioner',
  'type',
  'phase',
  'capacity',
  'class',
  'keys',
  // A column of the kind's own; `name` is its heading.
  'column',
  // RFC 3339
  'created',
  'title',
  'version',
  // A plugin's status; empty phase of a cluster
  'status',
  'silent',
] as const

export type ResourceFactCode = (typeof RESOURCE_FACTS)[number]

/** One thing that matters about an object; the browser words it. Never anything of a Secret's data. */
export interface ResourceFact {
  code: ResourceFactCode
  value: string
  name?: string
}

export interface ResourceItem {
  name: string
  /** Absent for kinds without namespaces. */
  namespace?: string
  facts: ResourceFact[]
  /** Why it can't be picked. */
  refusal?: Reason
}

/** `GET /api/clusters/{cluster}/resources`: objects of a kind, with what matters about each. */
export interface ResourceList {
  items: ResourceItem[]
  /** There are more: narrow the search. */
  isCut: boolean
  /** Why there can be none: the cluster has no such kind. */
  reason?: Reason
}
