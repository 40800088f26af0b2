import type { JsonObject } from '#lib/kinds/object.ts'
import { ApiError, forbidden, notFound } from '../api-error.ts'
import type { Cluster } from '../cluster.ts'
import { equalJson, metadataOf, own, ownObject, textOf } from '../json.ts'
import type { ResourceInfo } from '../kinds/resource-info.ts'
import type { StoredObject } from '../storage/store-types.ts'
import { storedBody } from '../stored-body.ts'
import { now } from '../write/now.ts'
import type { ResourceRequest } from './request.ts'
import type { Result } from './result.ts'
import type { DeleteOptions } from './delete-options.ts'
import { deleteOptions } from './delete-options.ts'

const IMMORTAL_NAMESPACES = new Set(['default', 'kube-system', 'kube-public'])
/** Keeps an object until its dependents have been let go. */
export const ORPHAN_FINALIZER = 'orphan'
/** Keeps an object until the dependents that block its deletion are gone. */
export const FOREGROUND_FINALIZER = 'foregroundDeletion'

/** Deletes an object, or marks it for deletion while it has finalizers. @throws ApiError 403, 404, 409, 422 */
export function remove(request: ResourceRequest): Result {
  const { cluster, info, namespace, name } = request
  const options = deleteOptions(request.query, request.body)
  const stored = cluster.get(info, namespace, name)
  if (stored === undefined) throw notFound(info, name)
  const object = cluster.parse(info, stored)
  checkPreconditions(info, name, stored, metadataOf(object), options)
  if (info.kind === 'Namespace' && info.group === '' && IMMORTAL_NAMESPACES.has(name))
    throw forbidden(info, name, 'this namespace may not be deleted')
  const left = deleteStored(cluster, info, stored, options)
  const isGone = left === undefined
  if (!isGone || info.strategy.returnsDeleted === true)
    return { type: 'object', code: 200, info, object: left ?? stored }
  return {
    type: 'plain',
    code: 200,
    body: {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Success',
      details: {
        name,
        ...(info.group === '' ? {} : { group: info.group }),
        kind: info.plural,
        uid: own(metadataOf(object), 'uid') ?? '',
      },
    },
  }
}

/** @throws ApiError 409 when the stored object is not the one that was meant */
export function checkPreconditions(
  info: ResourceInfo,
  name: string,
  stored: StoredObject,
  metadata: JsonObject,
  options: DeleteOptions,
): void {
  const uid = textOf(own(metadata, 'uid'))
  const lost = (why: string) => new ApiError(409, 'Conflict', why, { name, ...kindOf(info) })
  const head = `Operation cannot be fulfilled on ${info.group === '' ? info.kind : `${info.kind}.${info.group}`} "${name}": `
  if (options.uid !== undefined && options.uid !== uid)
    throw lost(
      `${head}the UID in the precondition (${options.uid}) does not match the UID in record (${uid}). The object might have been deleted and then recreated`,
    )
  if (options.resourceVersion !== undefined && options.resourceVersion !== String(stored.rv))
    throw lost(
      `${head}the ResourceVersion in the precondition (${options.resourceVersion}) does not match the ResourceVersion in record (${stored.rv}). The object might have been modified`,
    )
}

function kindOf({ group, kind }: ResourceInfo): JsonObject {
  return { ...(group === '' ? {} : { group }), kind }
}

/**
 * Deletes what is stored, or marks it while something holds it.
 * @returns the object that stays behind, undefined when it is gone
 */
export function deleteStored(
  cluster: Cluster,
  info: ResourceInfo,
  stored: StoredObject,
  options: { policy: string; dryRun: boolean },
): StoredObject | undefined {
  const object = cluster.parse(info, stored)
  const metadata = metadataOf(object)
  const before = finalizersOf(metadata)
  const finalizers = withPolicy(before, options.policy)
  const isNamespace = info.kind === 'Namespace' && info.group === ''
  if (finalizers.length === 0 && !isNamespace) {
    if (!options.dryRun) cluster.remove(info, object, stored)
    return undefined
  }
  const isMarked = own(metadata, 'deletionTimestamp') !== undefined
  if (isMarked && equalJson(before, finalizers)) return stored
  if (finalizers.length > 0) metadata['finalizers'] = finalizers
  const generation = own(metadata, 'generation')
  if (!isMarked) {
    metadata['deletionTimestamp'] = now()
    if (!isNamespace) metadata['deletionGracePeriodSeconds'] = 0
    if (typeof generation === 'number') metadata['generation'] = generation + 1
  }
  if (isNamespace) object['status'] = { ...ownObject(object, 'status'), phase: 'Terminating' }
  if (options.dryRun) return { ...stored, body: storedBody(info, object, stored.rv) }
  return cluster.put(info, object, stored)
}

/** An object's finalizers, as far as they are texts. */
export function finalizersOf(metadata: JsonObject): string[] {
  const found = own(metadata, 'finalizers')
  return Array.isArray(found) ? found.filter((item) => typeof item === 'string') : []
}

/** A policy replaces what an earlier deletion asked for; without one that stays. */
function withPolicy(finalizers: string[], policy: string): string[] {
  if (policy === '') return finalizers
  const rest = finalizers.filter((item) => item !== ORPHAN_FINALIZER && item !== FOREGROUND_FINALIZER)
  if (policy === 'Orphan') return [...rest, ORPHAN_FINALIZER]
  return policy === 'Foreground' ? [...rest, FOREGROUND_FINALIZER] : rest
}
