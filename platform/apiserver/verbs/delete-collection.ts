import { metadataOf } from '../json.ts'
import { checkPreconditions, deleteStored } from './delete.ts'
import { deleteOptions } from './delete-options.ts'
import { list } from './list.ts'
import type { ResourceRequest } from './request.ts'
import type { ListResult } from './result.ts'

/**
 * Deletes what a list with the same options gives, one after the other.
 * @returns the list, as it was before
 * @throws ApiError as `list` and `remove` do; what was deleted by then stays deleted
 */
export function removeCollection(request: ResourceRequest): ListResult {
  const { cluster, info } = request
  const options = deleteOptions(request.query, request.body)
  const result = list(request)
  for (const listed of result.items) {
    const stored = cluster.get(info, listed.namespace, listed.name)
    if (stored === undefined) continue
    checkPreconditions(info, listed.name, stored, metadataOf(cluster.parse(info, stored)), options)
    deleteStored(cluster, info, stored, options)
  }
  return result
}
