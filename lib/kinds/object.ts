/** The parts of a Kubernetes object that every kind shares. Unknown fields are kept wherever they occur. */
export interface OwnerReference {
  apiVersion: string
  kind: string
  name: string
  uid: string
  controller?: boolean
  blockOwnerDeletion?: boolean
}

export interface ObjectMeta {
  name: string
  generateName?: string
  namespace?: string
  uid?: string
  resourceVersion?: string
  generation?: number
  creationTimestamp?: string
  deletionTimestamp?: string
  deletionGracePeriodSeconds?: number
  labels?: Record<string, string>
  annotations?: Record<string, string>
  finalizers?: string[]
  ownerReferences?: OwnerReference[]
}

export interface KubeObject {
  apiVersion: string
  kind: string
  metadata: ObjectMeta
}

/** `T` with metadata that a create request needs: a name or a generateName. */
export type NewObject<T extends KubeObject> = Omit<T, 'metadata'> & { metadata: Partial<ObjectMeta> }

/** A kind's place in the API; `T` ties it to the type of its objects. */
export interface Resource<T extends KubeObject = KubeObject> {
  readonly group: string
  readonly version: string
  readonly plural: string
  readonly kind: string
  readonly namespaced: boolean
  /** Never set; carries the type. */
  readonly object?: T
}

/** A free JSON value, as `spec.config` and patches carry it. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }
export type JsonObject = { [key: string]: Json }

/** A condition as ModuleInfo, AppRelease and Cluster write it. */
export interface Condition {
  type: string
  status: string
  reason?: string
  message?: string
  lastTransitionTime?: string
  lastProbeTime?: string
}

/** `group/version`, or `v1` for the core group. */
export function apiVersionOf(resource: Resource): string {
  return resource.group === '' ? resource.version : `${resource.group}/${resource.version}`
}

/**
 * The API path of a collection, an object or a subresource, each segment escaped.
 * @throws TypeError when a namespaced resource's object is asked for without a namespace
 */
export function apiPath(
  resource: Resource,
  options: { namespace?: string; name?: string; subresource?: string } = {},
): string {
  const { namespace, name, subresource } = options
  const base =
    resource.group === '' ? `/api/${resource.version}` : `/apis/${resource.group}/${resource.version}`
  if (resource.namespaced && name !== undefined && namespace === undefined)
    throw new TypeError(`${resource.kind} ${name} needs a namespace`)
  const segments = [
    ...(resource.namespaced && namespace !== undefined ? ['namespaces', namespace] : []),
    resource.plural,
    ...(name === undefined ? [] : [name]),
    ...(subresource === undefined ? [] : [subresource]),
  ]
  return `${base}/${segments.map(encodeURIComponent).join('/')}`
}
