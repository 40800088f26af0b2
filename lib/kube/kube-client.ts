import type { KubeObject, NewObject, Resource } from '#lib/kinds/object.ts'
import type { Forwarder } from './forward.ts'
import type { Prober } from './prober.ts'

export interface CallOptions {
  /** Namespace of a namespaced kind. */
  namespace?: string
  signal?: AbortSignal
  /** Deadline in milliseconds for the whole call (per page in `listAll`), instead of the client's own. */
  timeoutMs?: number
}

export interface WriteOptions extends CallOptions {
  /** Run through admission and validation, store nothing. */
  dryRun?: boolean
  fieldManager?: string
  subresource?: 'status'
}

export interface ListOptions extends CallOptions {
  labelSelector?: string
  fieldSelector?: string
  limit?: number
  continue?: string
  resourceVersion?: string
}

export interface ListAllOptions<T> extends ListOptions {
  /** What to make of each object, page by page. */
  map?: (object: T) => T
}

export interface ListResult<T> {
  items: T[]
  resourceVersion: string
  continue?: string
}

export interface TableColumn {
  name: string
  /** 0 is shown always, more only to who asks for more. */
  priority: number
}

/** An object as a row of a table: who it is and what is printed about it, never the object itself. */
export interface TableRow {
  name: string
  /** Empty for kinds without namespaces. */
  namespace: string
  /** A stranger's: values may be anything. */
  labels: Readonly<Record<string, unknown>>
  /** RFC 3339, or empty. */
  createdAt: string
  /** As many as there are columns. */
  cells: readonly string[]
}

export interface TablePage {
  columns: readonly TableColumn[]
  rows: readonly TableRow[]
  continue?: string
}

export interface WatchOptions<T = KubeObject> extends CallOptions {
  /** Changes after this one are told; needed unless the list comes first. */
  resourceVersion?: string
  /** The list first, as ADDED events, up to a bookmark with the annotation `k8s.io/initial-events-end`. */
  sendInitialEvents?: boolean
  labelSelector?: string
  fieldSelector?: string
  /** When the server shall end the stream. */
  timeoutSeconds?: number
  /** What to make of each object, event by event. */
  map?: (object: T) => T
}

/** A change. A BOOKMARK's object has nothing but its metadata.resourceVersion. */
export interface WatchEvent<T extends KubeObject = KubeObject> {
  type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK'
  object: T
}

export interface DeleteOptions extends CallOptions {
  dryRun?: boolean
  /** Preconditions: answers with a ConflictError when they don't hold. */
  uid?: string
  resourceVersion?: string
  propagationPolicy?: 'Background' | 'Foreground' | 'Orphan'
}

export interface JsonPatchOperation {
  op: 'add' | 'remove' | 'replace' | 'move' | 'copy' | 'test'
  path: string
  from?: string
  value?: unknown
}

/** JSON patch as a list, merge patch as an object, server-side apply as a whole object. */
export type Patch =
  | { type: 'json'; operations: JsonPatchOperation[] }
  | { type: 'merge'; body: object }
  | { type: 'apply'; body: object; fieldManager: string; force?: boolean }

/**
 * One cluster's API. Every method throws the errors of `kube-error.ts`
 * (NotFoundError, ConflictError, AlreadyExistsError, InvalidError, ForbiddenError, UnauthorizedError,
 * UnavailableError, …) and nothing else, but an AbortError when the caller's own signal ended the call.
 */
export interface KubeClient {
  /** Name of the cluster as the console knows it. */
  readonly cluster: string
  /** Address of the API, without credentials. */
  readonly server: string
  /** Whether this server still answers; runs while a cache of this client does. */
  readonly prober: Prober
  get<T extends KubeObject>(resource: Resource<T>, name: string, options?: CallOptions): Promise<T>
  /** One page. */
  list<T extends KubeObject>(resource: Resource<T>, options?: ListOptions): Promise<ListResult<T>>
  /** One page of what kubectl would print: what the columns leave out (a Secret's data) is not even sent. */
  table(resource: Resource, options?: ListOptions): Promise<TablePage>
  /** All pages. */
  listAll<T extends KubeObject>(resource: Resource<T>, options?: ListAllOptions<T>): Promise<ListResult<T>>
  create<T extends KubeObject>(
    resource: Resource<T>,
    object: NewObject<T>,
    options?: WriteOptions,
  ): Promise<T>
  /** PUT; the object's resourceVersion guards against lost updates. */
  replace<T extends KubeObject>(resource: Resource<T>, object: T, options?: WriteOptions): Promise<T>
  patch<T extends KubeObject>(
    resource: Resource<T>,
    name: string,
    patch: Patch,
    options?: WriteOptions,
  ): Promise<T>
  /** Resolves once accepted; the object may live on while finalizers stand. */
  delete(resource: Resource, name: string, options?: DeleteOptions): Promise<void>
  /**
   * One watch request on a connection of its own: first an empty batch (the stream is open), then events as they come,
   * until the server ends it. For caches; everybody else wants `createObjectCache`.
   */
  watch<T extends KubeObject>(
    resource: Resource<T>,
    options: WatchOptions<T>,
  ): AsyncIterable<readonly WatchEvent<T>[]>
  /** GET of any path, parsed: discovery, /version. */
  getPath(path: string, options?: { signal?: AbortSignal }): Promise<unknown>
  /** Sends somebody else's request as it is, with nothing of this client's identity; clients that wrap another lack it. */
  readonly forward?: Forwarder['forward']
  /** Ends pooled connections. */
  close(): Promise<void>
}
