import { CAPI_GROUP } from '#lib/kinds/capi-cluster.ts'
import type { KubeClient } from './kube-client.ts'
import { NotFoundError } from './kube-error.ts'

/** Versions whose fields we know, the best first. */
const KNOWN = ['v1beta2', 'v1beta1']

/**
 * The version of Cluster API to speak, or null where it isn't served.
 * @throws what a KubeClient throws, but NotFoundError
 */
export async function capiVersion(client: KubeClient, signal?: AbortSignal): Promise<string | null> {
  const options = signal === undefined ? {} : { signal }
  try {
    const group = (await client.getPath(`/apis/${CAPI_GROUP}`, options)) as {
      versions?: { version?: unknown }[]
      preferredVersion?: { version?: unknown }
    } | null
    const served = (group?.versions ?? []).map(({ version }) => version)
    const preferred = group?.preferredVersion?.version
    const chosen = KNOWN.find((version) => served.includes(version)) ?? preferred
    if (typeof chosen !== 'string') return null
    const resources = (await client.getPath(`/apis/${CAPI_GROUP}/${chosen}`, options)) as {
      resources?: { name?: unknown }[]
    } | null
    return (resources?.resources ?? []).some(({ name }) => name === 'clusters') ? chosen : null
  } catch (error) {
    if (error instanceof NotFoundError) return null
    throw error
  }
}
