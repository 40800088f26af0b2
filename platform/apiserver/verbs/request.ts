import type { Json } from '#lib/kinds/object.ts'
import type { Cluster } from '../cluster.ts'
import type { ResourceInfo } from '../kinds/resource-info.ts'

/** A request for a resource, its path and query taken apart. */
export interface ResourceRequest {
  readonly cluster: Cluster
  readonly info: ResourceInfo
  /** Empty: cluster-scoped, or all namespaces. */
  readonly namespace: string
  /** Empty for collections. */
  readonly name: string
  readonly subresource: string
  readonly query: URLSearchParams
  /** Parsed body; undefined when there is none. */
  readonly body: Json | undefined
  /** Media type of the body, without parameters. */
  readonly contentType: string
  /** What the client says it is. */
  readonly userAgent: string
}
