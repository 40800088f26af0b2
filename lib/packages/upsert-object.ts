import { canonicalJson } from '#lib/domain/spec-hash.ts'
import type { KubeObject, Resource } from '#lib/kinds/object.ts'
import type { KubeClient } from '#lib/kube/kube-client.ts'
import { AlreadyExistsError, ConflictError, NotFoundError } from '#lib/kube/kube-error.ts'

export interface UpsertOptions<T> {
  namespace?: string
  dryRun?: boolean
  signal?: AbortSignal
  /**
   * Asked before an object that stands is changed; `wanted` is as the API server would store it.
   * Answer false to leave it as it is; throw to refuse.
   */
  mayReplace?: (live: T, wanted: T) => boolean
}

export interface Upserted<T> {
  object: T
  change: 'created' | 'updated' | 'unchanged'
}

const ATTEMPTS = 6
const PAUSE_MS = 40

/**
 * Creates an object, or brings spec, labels, annotations and owners of the one that stands to what is wanted;
 * labels and annotations of others stay. Concurrent writers are met by reading again. Writes nothing when nothing
 * would change.
 * @throws KubeError what the API server says; ConflictError after six lost races; what `mayReplace` throws
 */
export async function upsertObject<T extends KubeObject & { spec: unknown }>(
  client: KubeClient,
  resource: Resource<T>,
  desired: T,
  options: UpsertOptions<T> = {},
): Promise<Upserted<T>> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await tryUpsert(client, resource, desired, options)
    } catch (error) {
      const isRace = error instanceof ConflictError || error instanceof AlreadyExistsError
      if (!isRace || attempt === ATTEMPTS) throw error
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * attempt * (0.5 + Math.random())))
      options.signal?.throwIfAborted()
    }
  }
}

async function tryUpsert<T extends KubeObject & { spec: unknown }>(
  client: KubeClient,
  resource: Resource<T>,
  desired: T,
  { namespace, dryRun = false, signal, mayReplace }: UpsertOptions<T>,
): Promise<Upserted<T>> {
  const place = { namespace, signal }
  const live = await client.get(resource, desired.metadata.name, place).catch(absentIfNotFound)
  if (live === undefined) {
    const object = await client.create(resource, desired, { ...place, dryRun })
    return { object, change: 'created' }
  }
  if (live.metadata.deletionTimestamp !== undefined)
    throw new ConflictError(`${resource.kind} ${live.metadata.name} is being deleted`, {
      code: 409,
      reason: 'Conflict',
    })
  const metadata = {
    ...live.metadata,
    labels: { ...live.metadata.labels, ...desired.metadata.labels },
    annotations: { ...live.metadata.annotations, ...desired.metadata.annotations },
  }
  if (desired.metadata.ownerReferences !== undefined)
    metadata.ownerReferences = desired.metadata.ownerReferences
  const wanted = await client.replace(
    resource,
    { ...live, metadata, spec: desired.spec },
    { ...place, dryRun: true },
  )
  if (content(wanted) === content(live)) return { object: live, change: 'unchanged' }
  if (mayReplace?.(live, wanted) === false) return { object: live, change: 'unchanged' }
  if (dryRun) return { object: wanted, change: 'updated' }
  const object = await client.replace(resource, { ...live, metadata, spec: desired.spec }, place)
  return { object, change: 'updated' }
}

/** For `catch`: undefined for what is not there. */
export function absentIfNotFound(error: unknown): undefined {
  if (error instanceof NotFoundError) return undefined
  throw error
}

function content(object: KubeObject & { spec: unknown }): string {
  const { labels = {}, annotations = {}, ownerReferences = [] } = object.metadata
  return canonicalJson({ labels, annotations, ownerReferences, spec: object.spec })
}
