import type { KubeObject, Resource } from '#lib/kinds/object.ts'
import type { CallOptions, KubeClient } from '#lib/kube/kube-client.ts'
import { ConflictError } from '#lib/kube/kube-error.ts'
import { managedFieldsOf, type ManagedFields } from '#lib/kube/managed-fields.ts'

/** The field manager that published objects are applied with. */
export const PUBLISHER = 'plugin-marketplace-publisher'

type Place = Pick<CallOptions, 'namespace' | 'signal'>

/**
 * Writes an object whose spec others wrote, too (by PUT, or by applying): their left-over fields would stay if it were
 * applied. Afterwards its spec is the publisher's alone, as if it had always been applied. What others own beside the
 * spec stays theirs.
 * @param write.next the whole object as it shall be, in the state in which it was read
 * @param write.config what is applied of it
 * @throws KubeError; ConflictError when it was changed since it was read
 */
export async function takeOver<T extends KubeObject>(
  client: KubeClient,
  resource: Resource<T>,
  { next, config }: { next: T; config: T },
  place: Place,
): Promise<T> {
  const written = await client.replace(resource, next, { ...place, fieldManager: PUBLISHER })
  try {
    return await own(client, resource, written, config, place)
  } catch (error) {
    // Changed by others meanwhile. Its content is right; who owns it is put right by the next publish.
    if (error instanceof ConflictError) return written
    throw error
  }
}

/** Whether the publisher wrote an object by PUT and was cut off before it owned the object as its applier. */
export function isHalfTaken(object: KubeObject): boolean {
  return managedFieldsOf(object).some((entry) => isPublishers(entry) && entry.operation === 'Update')
}

/**
 * Makes the publisher the applier of an object that says what it applies already, and the only owner of its spec.
 * @throws KubeError; ConflictError when it was changed since it was read
 */
export async function own<T extends KubeObject>(
  client: KubeClient,
  resource: Resource<T>,
  object: T,
  config: T,
  place: Place,
): Promise<T> {
  const { name, uid, resourceVersion } = object.metadata
  const body = { ...config, metadata: { ...config.metadata, uid, resourceVersion } }
  const patch = { type: 'apply', body, fieldManager: PUBLISHER, force: true } as const
  const shared = await client.patch(resource, name, patch, { ...place, dryRun: true })
  const managedFields = managedFieldsOf(shared).flatMap(withoutSpec)
  const owned = { ...object, metadata: { ...object.metadata, managedFields } }
  return client.replace(resource, owned, { ...place, fieldManager: PUBLISHER })
}

function isPublishers({ manager, subresource = '' }: ManagedFields): boolean {
  return manager === PUBLISHER && subresource === ''
}

/** What an entry says beside the spec, unless it is the publisher's own; nothing where nothing is left of it. */
function withoutSpec(entry: ManagedFields): ManagedFields[] {
  if (isPublishers(entry)) return entry.operation === 'Apply' ? [entry] : []
  const { 'f:spec': _, ...fieldsV1 } = entry.fieldsV1 ?? {}
  return Object.keys(fieldsV1).length === 0 ? [] : [{ ...entry, fieldsV1 }]
}
