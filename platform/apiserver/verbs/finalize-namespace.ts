import { badRequest, notFound } from '../api-error.ts'
import { metadataOf, own, ownObject } from '../json.ts'
import { decodeObject } from '../write/decode-object.ts'
import type { ResourceRequest } from './request.ts'
import type { ObjectResult } from './result.ts'

/** Sets a namespace's `spec.finalizers`; one that is being deleted goes when the last one is taken off. */
export function finalizeNamespace(request: ResourceRequest): ObjectResult {
  const { cluster, info, name, body } = request
  if (body === undefined) throw badRequest('unable to decode an empty body')
  const { object: given } = decodeObject(body, info)
  const stored = cluster.get(info, '', name)
  if (stored === undefined) throw notFound(info, name)
  const object = cluster.parse(info, stored)
  const finalizers = own(ownObject(given, 'spec'), 'finalizers')
  object['spec'] = { finalizers: Array.isArray(finalizers) ? finalizers : [] }
  const isEmpty = !Array.isArray(finalizers) || finalizers.length === 0
  const isDeleted = own(metadataOf(object), 'deletionTimestamp') !== undefined
  const isGone = isEmpty && isDeleted && own(metadataOf(object), 'finalizers') === undefined
  const next = isGone ? cluster.remove(info, object, stored) : cluster.put(info, object, stored)
  return { type: 'object', code: 200, info, object: next }
}
