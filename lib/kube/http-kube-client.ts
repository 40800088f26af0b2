import { apiVersionOf } from '#lib/kinds/object.ts'
import type { KubeObject, Resource } from '#lib/kinds/object.ts'
import { SYSTEM_CLOCK } from './clock.ts'
import type { Clock } from './clock.ts'
import { createForwarder } from './forward.ts'
import { createHttpTransport } from './http-transport.ts'
import type { TransportOptions } from './http-transport.ts'
import type {
  KubeClient,
  ListAllOptions,
  ListOptions,
  ListResult,
  Patch,
  WriteOptions,
} from './kube-client.ts'
import { BadRequestError, ExpiredError, UnavailableError } from './kube-error.ts'
import { collectionPath, isUsablePath, pathOf } from './object-path.ts'
import { parseList, parseObject } from './parse-object.ts'
import { parseTable } from './parse-table.ts'
import type { KubeConfig } from './load-config.ts'
import { createProber } from './prober.ts'
import { watchStream } from './watch-stream.ts'

export interface KubeClientOptions extends TransportOptions {
  /** Name of the cluster as the console knows it. */
  cluster: string
  /** The largest event taken from a watch, in bytes; 32 MiB when left out. */
  maxEventBytes?: number
  /** For probes; calls have deadlines in real time. */
  clock?: Clock
  /** 0 ≤ x < 1, for jitter. */
  random?: () => number
}

const PAGE_SIZE = 500
/** As kubectl asks: a server without tables for a kind answers with plain JSON. */
const TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json'

const PATCH_CONTENT_TYPE = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  apply: 'application/apply-patch+yaml',
} as const

/**
 * A client for one cluster's API, with the identity of the kubeconfig's current user, on connections of its own.
 * Nothing is sent before the first call.
 */
export function createKubeClient(config: KubeConfig, clientOptions: KubeClientOptions): KubeClient {
  const transport = createHttpTransport(config, clientOptions)
  const forwarder = createForwarder(config, clientOptions)
  const prober = createProber({
    send: (path, how) => transport.probe(path, how),
    onSilence: () => transport.renew(),
    clock: clientOptions.clock ?? SYSTEM_CLOCK,
    random: clientOptions.random ?? Math.random,
  })

  async function listPage<T extends KubeObject>(resource: Resource<T>, options: ListOptions) {
    const { namespace, signal, timeoutMs, ...query } = options
    const path = collectionPath(resource, namespace)
    return parseList<T>(await transport.call({ method: 'GET', path, query, signal, timeoutMs }), resource)
  }

  async function write<T extends KubeObject>(
    resource: Resource<T>,
    call: { method: 'POST' | 'PUT' | 'PATCH'; name?: string; body: unknown; contentType?: string },
    options: WriteOptions & { force?: boolean },
  ): Promise<T> {
    const answer = await transport.call({
      method: call.method,
      path: pathOf(resource, call.name, options),
      query: {
        dryRun: options.dryRun ? 'All' : undefined,
        fieldManager: options.fieldManager,
        force: options.force,
      },
      body: call.body,
      contentType: call.contentType,
      signal: options.signal,
      timeoutMs: options.timeoutMs,
    })
    return parseObject<T>(answer, resource)
  }

  return {
    cluster: clientOptions.cluster,
    server: transport.server,
    prober,
    async get(resource, name, options = {}) {
      const { signal, timeoutMs } = options
      const path = pathOf(resource, name, options)
      return parseObject(await transport.call({ method: 'GET', path, signal, timeoutMs }), resource)
    },
    list: (resource, options = {}) => listPage(resource, options),
    async table(resource, options = {}) {
      const { namespace, signal, timeoutMs, ...query } = options
      const path = collectionPath(resource, namespace)
      const call = { method: 'GET', path, query, accept: TABLE, signal, timeoutMs } as const
      return parseTable(await transport.call(call), resource)
    },
    listAll: (resource, options = {}) => listPages(resource, options, listPage),
    create: async (resource, object, options = {}) =>
      write(
        resource,
        { method: 'POST', body: typed(object, resource) },
        { ...options, namespace: options.namespace ?? object.metadata.namespace },
      ),
    replace: async (resource, object, options = {}) =>
      write(
        resource,
        { method: 'PUT', name: object.metadata.name, body: typed(object, resource) },
        { ...options, namespace: options.namespace ?? object.metadata.namespace },
      ),
    patch: async (resource, name, patch, options = {}) =>
      write(
        resource,
        {
          method: 'PATCH',
          name,
          body: bodyOf(patch, resource),
          contentType: PATCH_CONTENT_TYPE[patch.type],
        },
        patch.type === 'apply'
          ? { ...options, fieldManager: patch.fieldManager, force: patch.force ?? false }
          : options,
      ),
    async delete(resource, name, options = {}) {
      const { dryRun, uid, resourceVersion, propagationPolicy, signal, timeoutMs } = options
      const path = pathOf(resource, name, options)
      const preconditions =
        uid === undefined && resourceVersion === undefined ? undefined : { uid, resourceVersion }
      await transport.call({
        method: 'DELETE',
        path,
        query: { dryRun: dryRun ? 'All' : undefined },
        body: {
          apiVersion: 'v1',
          kind: 'DeleteOptions',
          preconditions,
          propagationPolicy,
          dryRun: dryRun ? ['All'] : undefined,
        },
        signal,
        timeoutMs,
      })
    },
    watch: (resource, options) => watchStream(transport, resource, options, clientOptions.maxEventBytes),
    async getPath(path, options = {}) {
      if (!isUsablePath(path))
        throw new BadRequestError('not a path of an API server', { code: 400, reason: 'BadRequest' })
      return transport.call({ method: 'GET', path, signal: options.signal })
    },
    forward: (request, answer) => forwarder.forward(request, answer),
    async close() {
      prober.stop()
      await Promise.all([transport.close(), forwarder.close()])
    },
  }
}

/** All pages; a continue token that expired on the way starts over once, without pages. */
async function listPages<T extends KubeObject>(
  resource: Resource<T>,
  options: ListAllOptions<T>,
  listPage: (resource: Resource<T>, options: ListOptions) => Promise<ListResult<T>>,
): Promise<ListResult<T>> {
  const { continue: _, map, ...rest } = options
  const limit = options.limit ?? PAGE_SIZE
  const readPage = async (page: ListOptions): Promise<ListResult<T>> => {
    const result = await listPage(resource, page)
    return map === undefined ? result : { ...result, items: result.items.map((item) => map(item)) }
  }
  const first = await readPage({ ...rest, limit })
  const items = first.items
  let next = first.continue
  while (next !== undefined) {
    let page
    try {
      page = await readPage({ ...rest, limit, continue: next, resourceVersion: undefined })
    } catch (error) {
      if (!(error instanceof ExpiredError)) throw error
      const { limit: _, ...whole } = rest
      return readPage(whole)
    }
    if (page.continue === next && page.items.length === 0)
      throw new UnavailableError(`the list of ${resource.plural} does not end`, {
        code: 503,
        reason: 'BadAnswer',
      })
    for (const item of page.items) items.push(item)
    next = page.continue
  }
  return { items, resourceVersion: first.resourceVersion }
}

function typed(object: object, resource: Resource): object {
  return { ...object, apiVersion: apiVersionOf(resource), kind: resource.kind }
}

function bodyOf(patch: Patch, resource: Resource): unknown {
  if (patch.type === 'json') return patch.operations
  return patch.type === 'apply' ? typed(patch.body, resource) : patch.body
}
