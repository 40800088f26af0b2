import { CLUSTER } from '#lib/kinds/cluster.ts'
import { capiVersion } from './capi-version.ts'
import type { KubeClient } from './kube-client.ts'
import { ForbiddenError, NotFoundError } from './kube-error.ts'

/**
 * Where clusters come from: `platform`: objects of platform.tkestack.io; `cluster-api`: those of Cluster API;
 * `kubeconfigs`: files; `plain`: there is just the one.
 */
export type RegistryKind = 'platform' | 'cluster-api' | 'kubeconfigs' | 'plain'

export interface FoundSource {
  readonly kind: 'platform' | 'cluster-api' | 'plain'
  /** The platform's kind is there and holds no cluster (yet): its definition alone makes no platform. */
  readonly isEmptyPlatform: boolean
}

/**
 * What the API server offers.
 * @throws every error but an API's absence
 */
export async function findSource(client: KubeClient, signal: AbortSignal): Promise<FoundSource> {
  const platform = await platformClusters(client, signal)
  if (platform === 'some') return { kind: 'platform', isEmptyPlatform: false }
  const isEmptyPlatform = platform === 'none'
  const kind = (await capiVersion(client, signal)) === null ? 'plain' : 'cluster-api'
  return { kind, isEmptyPlatform }
}

async function platformClusters(
  client: KubeClient,
  signal: AbortSignal,
): Promise<'some' | 'none' | 'no api'> {
  try {
    const { items } = await client.list(CLUSTER, { limit: 1, signal })
    return items.length > 0 ? 'some' : 'none'
  } catch (error) {
    if (error instanceof NotFoundError) return 'no api'
    // It is there, and who may read it decides about what the console can show, not about what this is.
    if (error instanceof ForbiddenError && (await isServed(client, signal))) return 'some'
    if (error instanceof ForbiddenError) return 'no api'
    throw error
  }
}

/** RBAC refuses what isn't there, too; discovery tells. */
async function isServed(client: KubeClient, signal: AbortSignal): Promise<boolean> {
  try {
    await client.getPath(`/apis/${CLUSTER.group}/${CLUSTER.version}`, { signal })
    return true
  } catch (error) {
    if (error instanceof NotFoundError) return false
    throw error
  }
}
