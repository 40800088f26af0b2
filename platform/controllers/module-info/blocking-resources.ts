import { parseApiVersion, servedResource } from '#lib/kube/discover-resource.ts'
import { NotFoundError } from '#lib/kube/kube-error.ts'
import type { KubeClient } from '#lib/kube/kube-client.ts'
import type { KubeObject, Resource } from '#lib/kinds/object.ts'
import type { BlockingResource } from '#lib/kinds/plugin-spec.ts'
import type { BlockingKind } from '../blocking-watches.ts'

/** What holds back a removal: the objects, named for people, and their kinds. */
export interface Blockers {
  readonly names: string[]
  readonly kinds: BlockingKind[]
}

/** Where a kind is served on a cluster; undefined where it isn't. */
async function findResource(
  client: KubeClient,
  apiVersion: string,
  kind: string,
): Promise<Resource | undefined> {
  const version = parseApiVersion(apiVersion)
  return version === undefined ? undefined : servedResource(client, version, kind)
}

function describe({ kind, metadata }: KubeObject, rule: BlockingResource): string {
  const where = metadata.namespace === undefined ? '' : ` in namespace ${metadata.namespace}`
  return `${kind || rule.kind} ${metadata.name}${where}`
}

async function lookUp(client: KubeClient, rule: BlockingResource): Promise<Blockers> {
  const { apiVersion = '', kind = '', namespace = '', name = '' } = rule
  const none: Blockers = { names: [], kinds: [] }
  if (apiVersion === '' || kind === '') return none
  const resource = await findResource(client, apiVersion, kind)
  if (resource === undefined) return none
  const place = namespace === '' || !resource.namespaced ? undefined : namespace
  const found = (items: readonly KubeObject[]): Blockers => ({
    names: items.map((item) => describe(item, rule)),
    kinds: items.length === 0 ? [] : [{ resource, namespace: place }],
  })
  try {
    if (name !== '' && (namespace !== '' || !resource.namespaced)) {
      const object = await client.get(resource, name, namespace === '' ? {} : { namespace })
      return found([object])
    }
    const { items } = await client.list(resource, {
      ...(place === undefined ? {} : { namespace: place }),
      ...(name === '' ? {} : { fieldSelector: `metadata.name=${name}` }),
      limit: 5,
    })
    return found(items)
  } catch (error) {
    if (error instanceof NotFoundError) return none
    throw error
  }
}

/**
 * The resources on a cluster that forbid a plugin's removal; a kind that the cluster doesn't serve can't forbid anything.
 * @throws the client's errors: whoever can't look may not remove
 */
export async function findBlockingResources(
  client: KubeClient,
  rules: readonly BlockingResource[],
): Promise<Blockers> {
  const found: Blockers = { names: [], kinds: [] }
  for (const rule of rules) {
    const { names, kinds } = await lookUp(client, rule)
    found.names.push(...names)
    found.kinds.push(...kinds)
  }
  return found
}
