import { notFound } from '../api-error.ts'
import { expectRevision } from './list-options.ts'
import type { ResourceRequest } from './request.ts'
import type { ObjectResult } from './result.ts'

/** One object. @throws ApiError 404 */
export function get({ cluster, info, namespace, name, query }: ResourceRequest): ObjectResult {
  expectRevision(cluster.store, query.get('resourceVersion'))
  const object = cluster.get(info, namespace, name)
  if (object === undefined) throw notFound(info, name)
  return { type: 'object', code: 200, info, object }
}
