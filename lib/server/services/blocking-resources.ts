import { cleanText } from '#lib/domain/clean-text.ts'
import type { Reason } from '#lib/domain/reason.ts'
import type { KubeObject, Resource } from '#lib/kinds/object.ts'
import type { BlockingResource } from '#lib/kinds/plugin-spec.ts'
import type { KubeClient } from '#lib/kube/kube-client.ts'
import { KubeError, NotFoundError } from '#lib/kube/kube-error.ts'
import type { ServiceContext } from './context.ts'

const TIMEOUT_MS = 8000
/** Enough to name; one is enough to block. */
const MOST_NAMED = 5
const GROUP_VERSION = /^(?:([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?)\/)?(v[a-z0-9]{1,40})$/

interface DiscoveredKind {
  name?: unknown
  kind?: unknown
  namespaced?: unknown
}

/** The resource that serves a kind, as the cluster's discovery tells; undefined where there is no such kind. */
async function discover(
  client: KubeClient,
  blocking: BlockingResource,
  signal: AbortSignal,
): Promise<Resource | undefined> {
  const { apiVersion = 'v1', kind = '' } = blocking
  const match = GROUP_VERSION.exec(apiVersion)
  const version = match?.[3]
  if (match === null || version === undefined || kind === '') return undefined
  const group = match[1] ?? ''
  const path = group === '' ? `/api/${version}` : `/apis/${group}/${version}`
  try {
    const list = (await client.getPath(path, { signal })) as { resources?: unknown } | null
    const kinds = Array.isArray(list?.resources) ? (list.resources as DiscoveredKind[]) : []
    const found = kinds.find((entry) => entry.kind === kind && !String(entry.name).includes('/'))
    if (typeof found?.name !== 'string') return undefined
    return { group, version, plural: found.name, kind, namespaced: found.namespaced === true }
  } catch (error) {
    if (error instanceof NotFoundError) return undefined
    throw error
  }
}

async function existing(
  client: KubeClient,
  blocking: BlockingResource,
  signal: AbortSignal,
): Promise<KubeObject[]> {
  const resource = await discover(client, blocking, signal)
  if (resource === undefined) return []
  const { name = '', namespace } = blocking
  const place = resource.namespaced && namespace !== undefined && namespace !== '' ? { namespace } : {}
  const named = name === '' ? {} : { fieldSelector: `metadata.name=${name}` }
  const { items } = await client.list(resource, { ...place, ...named, limit: MOST_NAMED, signal })
  return items.filter(({ metadata }) => name === '' || metadata.name === name)
}

function blocks(cluster: string, { kind = '' }: BlockingResource, { metadata }: KubeObject): Reason {
  return {
    code: 'resource-blocks-remove',
    params: { cluster, kind, namespace: metadata.namespace ?? '', name: metadata.name },
  }
}

/**
 * Resources on a cluster that forbid removing a plugin while they exist, looked up now with the caller's credentials.
 * Where they can't be looked up, that is the reason: what can't be seen may be there.
 */
export async function blockingResources(
  ctx: ServiceContext,
  cluster: string,
  rules: readonly BlockingResource[],
): Promise<Reason[]> {
  if (rules.length === 0) return []
  const client = ctx.caller.client(cluster)
  if (client === undefined) return [{ code: 'cluster-unreachable', params: { cluster, message: '' } }]
  const signal = AbortSignal.any([ctx.signal, AbortSignal.timeout(TIMEOUT_MS)])
  try {
    const found = await Promise.all(
      rules.map(async (rule) =>
        (await existing(client, rule, signal)).map((object) => blocks(cluster, rule, object)),
      ),
    )
    return found.flat()
  } catch (error) {
    ctx.signal.throwIfAborted()
    if (!(error instanceof KubeError) && !signal.aborted) throw error
    const message = signal.aborted ? 'no answer in time' : error instanceof Error ? error.message : ''
    return [{ code: 'cluster-unreachable', params: { cluster, message: cleanText(message, 500) } }]
  }
}
