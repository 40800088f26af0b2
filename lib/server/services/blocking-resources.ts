import { cleanText } from '#lib/domain/clean-text.ts'
import type { Reason } from '#lib/domain/reason.ts'
import type { KubeObject, Resource } from '#lib/kinds/object.ts'
import type { BlockingResource } from '#lib/kinds/plugin-spec.ts'
import { parseApiVersion, servedResource } from '#lib/kube/discover-resource.ts'
import type { KubeClient } from '#lib/kube/kube-client.ts'
import { KubeError } from '#lib/kube/kube-error.ts'
import type { ServiceContext } from './context.ts'

const TIMEOUT_MS = 8000
/** Enough to name; one is enough to block. */
const MOST_NAMED = 5

/** The resource that serves a kind; undefined where there is no such kind. */
async function discover(
  client: KubeClient,
  { apiVersion = 'v1', kind = '' }: BlockingResource,
  signal: AbortSignal,
): Promise<Resource | undefined> {
  const version = parseApiVersion(apiVersion)
  return version === undefined || kind === '' ? undefined : servedResource(client, version, kind, signal)
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
