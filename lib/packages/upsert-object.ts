import { canonicalJson } from '#lib/domain/spec-hash.ts'
import type { KubeObject, Resource } from '#lib/kinds/object.ts'
import type { KubeClient } from '#lib/kube/kube-client.ts'
import { AlreadyExistsError, ConflictError, InvalidError, NotFoundError } from '#lib/kube/kube-error.ts'
import { isHalfTaken, own, PUBLISHER, takeOver } from './take-over.ts'

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

type Place = Pick<UpsertOptions<never>, 'namespace' | 'signal' | 'dryRun'>

const ATTEMPTS = 6
const PAUSE_MS = 40
/** A revision that no object has, for stores begin at it: whoever applies it makes a new object, or meets a conflict. */
const BEFORE_ALL_OBJECTS = '1'

/**
 * Makes an object, or brings spec, labels, annotations and owners of the one that stands to what is wanted, by
 * server-side apply. The spec becomes exactly the wanted one, whoever wrote it before; labels and annotations of others
 * stay. Concurrent writers are met by reading again. Writes nothing when nothing would change.
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
  const place = { namespace, signal, dryRun }
  const live = await client.get(resource, desired.metadata.name, place).catch(absentIfNotFound)
  if (live === undefined) {
    const stored = await client.create(resource, desired, { ...place, dryRun: true })
    const isNew = { resourceVersion: BEFORE_ALL_OBJECTS }
    const object = await apply(client, resource, configuration(desired, stored, isNew), place)
    return { object, change: 'created' }
  }
  if (live.metadata.deletionTimestamp !== undefined)
    throw new ConflictError(`${resource.kind} ${live.metadata.name} is being deleted`, {
      code: 409,
      reason: 'Conflict',
    })
  const next = { ...live, metadata: mergedMetadata(live, desired), spec: desired.spec }
  const wanted = await client.replace(resource, next, { ...place, dryRun: true })
  const { uid, resourceVersion } = live.metadata
  const config = configuration(desired, wanted, { uid, resourceVersion })
  if (content(wanted) === content(live)) {
    const isHalf = !dryRun && isHalfTaken(live)
    const object = isHalf ? await own(client, resource, live, config, place) : live
    return { object, change: 'unchanged' }
  }
  if (mayReplace?.(live, wanted) === false) return { object: live, change: 'unchanged' }
  // An apply leaves what others own and takes no notice of it: tried first, to see whether exactly the wanted comes out.
  const applied = await apply(client, resource, config, { ...place, dryRun: true }).catch(refusedIfInvalid)
  const isExact = applied !== undefined && exactPart(applied) === exactPart(wanted)
  if (dryRun) return { object: wanted, change: 'updated' }
  const object = isExact
    ? await apply(client, resource, config, place)
    : await takeOver(client, resource, { next, config }, place)
  return { object, change: 'updated' }
}

/** Forced, for `config` says which object and which state of it is meant: nobody's change is overwritten unseen. */
function apply<T extends KubeObject>(
  client: KubeClient,
  resource: Resource<T>,
  config: T,
  place: Place,
): Promise<T> {
  const patch = { type: 'apply', body: config, fieldManager: PUBLISHER, force: true } as const
  return client.patch(resource, config.metadata.name, patch, place)
}

/**
 * What is applied: what is wanted and nothing else, its spec as the API server stores it, for it takes no configuration
 * with fields that it does not know.
 */
function configuration<T extends KubeObject & { spec: unknown }>(
  { metadata, ...desired }: T,
  stored: T,
  meant: { uid?: string | undefined; resourceVersion?: string | undefined },
): T {
  return { ...desired, metadata: { ...metadata, ...meant }, spec: stored.spec } as unknown as T
}

function mergedMetadata({ metadata: live }: KubeObject, { metadata }: KubeObject): KubeObject['metadata'] {
  return {
    ...live,
    labels: { ...live.labels, ...metadata.labels },
    annotations: { ...live.annotations, ...metadata.annotations },
    ...(metadata.ownerReferences !== undefined && { ownerReferences: metadata.ownerReferences }),
  }
}

/** For `catch`: undefined for what is not there. */
export function absentIfNotFound(error: unknown): undefined {
  if (error instanceof NotFoundError) return undefined
  throw error
}

/** What others left and what is wanted can be valid each, and not so once they are merged. */
function refusedIfInvalid(error: unknown): undefined {
  if (error instanceof InvalidError) return undefined
  throw error
}

function content(object: KubeObject & { spec: unknown }): string {
  const { labels = {}, annotations = {} } = object.metadata
  return canonicalJson({ labels, annotations }) + exactPart(object)
}

/** What nobody else adds anything to. */
function exactPart({ metadata: { ownerReferences = [] }, spec }: KubeObject & { spec: unknown }): string {
  return canonicalJson({ ownerReferences, spec })
}
