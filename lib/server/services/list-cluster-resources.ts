import { isClusterQuery } from '#lib/contract/resource.ts'
import type { ResourceItem, ResourceList, ResourceQuery } from '#lib/contract/resource.ts'
import { cleanText } from '#lib/domain/clean-text.ts'
import type { Reason } from '#lib/domain/reason.ts'
import type { Resource } from '#lib/kinds/object.ts'
import { discoverResource } from '#lib/kube/discover-resource.ts'
import type { KubeClient } from '#lib/kube/kube-client.ts'
import * as kube from '#lib/kube/kube-error.ts'
import { clusterChoices } from './cluster-choices.ts'
import type { ServiceContext } from './context.ts'
import { serviceErrorOf } from './kube-call.ts'
import { modelOf, requireCluster } from './model.ts'
import { ForbiddenError, InvalidError, UnavailableError } from './service-error.ts'
import { silenceReasons, whyOnly } from './views/cluster-way.ts'
import { resourceFacts } from './views/resource-facts.ts'

/** For discovery and all pages together: somebody looks at an open list. Milliseconds. */
const TIMEOUT_MS = 10_000
/** For a cluster that did not answer when it was asked last. Milliseconds. */
const SILENT_TIMEOUT_MS = 3000
const PAGE_SIZE = 500
/** Pages looked at before a search gives up. */
const MOST_PAGES = 10
export const MOST_RESOURCES = 500

type Input = ResourceQuery & { cluster: string }

function matches({ name, namespace = '', facts }: ResourceItem, search: string): boolean {
  return [name, namespace, ...facts.map(({ value }) => value)].some((text) =>
    text.toLowerCase().includes(search),
  )
}

async function readItems(
  client: KubeClient,
  resource: Resource,
  query: Input,
  signal: AbortSignal,
): Promise<ResourceList> {
  const { labelSelector, namespace, search = '', limit = MOST_RESOURCES } = query
  const place = resource.namespaced && namespace !== undefined ? { namespace } : {}
  const wanted = search.trim().toLowerCase()
  const items: ResourceItem[] = []
  let next: string | undefined
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const page = await client.table(resource, {
      ...place,
      labelSelector,
      limit: PAGE_SIZE,
      continue: next,
      signal,
    })
    const factsOf = resourceFacts(resource, page.columns)
    for (const row of page.rows) {
      const item = {
        name: row.name,
        ...(row.namespace !== '' && { namespace: row.namespace }),
        facts: factsOf(row),
      }
      if (!matches(item, wanted)) continue
      if (items.length === limit) return { items, isCut: true }
      items.push(item)
    }
    next = page.continue
    if (next === undefined) return { items, isCut: false }
  }
  return { items, isCut: true }
}

/** What went wrong, as the picker needs it: it has a sentence for each reason. */
function failureOf(error: unknown, query: Input, client: KubeClient): unknown {
  const { cluster, kind, group = '' } = query
  const message = error instanceof Error ? cleanText(error.message, 500) : ''
  const params = { cluster, kind: group === '' ? kind : `${kind} (${group})`, message }
  const details = (reason: Reason) => ({ cause: error, reasons: [reason] })
  if (error instanceof kube.ForbiddenError)
    return new ForbiddenError(
      'These objects may not be listed',
      details({ code: 'resources-forbidden', params }),
    )
  if (error instanceof kube.BadRequestError && query.labelSelector !== undefined)
    return new InvalidError('The cluster does not take this query', [
      { path: 'labelSelector', code: 'pattern', detail: message },
    ])
  const converted = serviceErrorOf(error)
  if (!(converted instanceof UnavailableError)) return converted
  const why = whyOnly(message, client.server)
  return new UnavailableError('The cluster can’t be reached', {
    ...details({ code: 'cluster-unreachable', params: { cluster, message: why } }),
    retryAfterMs: converted.retryAfterMs,
  })
}

/** An answer as good as any: the cluster was asked. */
function unknownKind({ cluster, kind, group = '' }: Input): ResourceList {
  const params = { cluster, kind: group === '' ? kind : `${kind} (${group})` }
  return { items: [], isCut: false, reason: { code: 'kind-unknown', params } }
}

/** Whether the server says that nothing of the kind can be listed. */
function isUnknownKind(error: unknown): boolean {
  return error instanceof kube.NotFoundError || (error instanceof kube.KubeError && error.code === 405)
}

/**
 * Objects of a kind on a cluster, looked up now with the caller's credentials, for people to pick from. Only what the
 * server prints of each is read, so a Secret's data never comes here. Clusters themselves are the console's own.
 * @throws NotFoundError without such a cluster; ForbiddenError, InvalidError, UnavailableError
 */
export async function listClusterResources(ctx: ServiceContext, query: Input): Promise<ResourceList> {
  const { cluster, kind, group = '', version = '' } = query
  const model = modelOf(ctx)
  requireCluster(model, cluster)
  if (isClusterQuery(query)) return clusterChoices(model, (name) => ctx.platform.clusterWay(name), query)
  const client = ctx.caller.client(cluster)
  if (client === undefined)
    throw new UnavailableError('There is no way to this cluster', {
      reasons: [{ code: 'cluster-unreachable', params: { cluster, message: '' } }],
    })
  const isSilent = silenceReasons(cluster, ctx.platform.clusterWay(cluster)).length > 0
  const timeout = AbortSignal.timeout(isSilent ? SILENT_TIMEOUT_MS : TIMEOUT_MS)
  const signal = AbortSignal.any([ctx.signal, timeout])
  try {
    const resource = await discoverResource(client, { group, version, kind }, signal)
    return resource === undefined ? unknownKind(query) : await readItems(client, resource, query, signal)
  } catch (error) {
    ctx.signal.throwIfAborted()
    if (isUnknownKind(error)) return unknownKind(query)
    const late = new kube.UnavailableError('no answer in time', { code: 504, reason: 'Timeout' })
    throw failureOf(timeout.aborted ? late : error, query, client)
  }
}
