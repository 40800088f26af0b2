import { ApiError, badRequest } from '../api-error.ts'
import { objectFilter } from '../selectors/object-filter.ts'
import type { ObjectFilter } from '../selectors/object-filter.ts'
import type { SqliteStore } from '../storage/sqlite-store.ts'
import type { CollectionKey, StoredObject } from '../storage/store-types.ts'
import type { Continuation } from './continue-token.ts'
import { decodeContinue, encodeContinue } from './continue-token.ts'
import { checkListOptions, expectRevision, numberOption } from './list-options.ts'
import type { ResourceRequest } from './request.ts'
import type { ListResult } from './result.ts'

const BATCH = 500

/**
 * A collection, whole or in pages that all show the same moment.
 * @throws ApiError 400 for bad options, 410 when the moment has been forgotten, 504 when it has not come yet
 */
export function list(request: ResourceRequest): ListResult {
  const { cluster, info, query } = request
  const filter = objectFilter(cluster, info, query)
  checkListOptions(query)
  const limit = query.get('resourceVersion') === '0' ? 0 : Math.max(0, numberOption(query, 'limit'))
  const key = cluster.key(info)
  const from = startOf(request, limit)
  const namespace = request.namespace === '' ? undefined : request.namespace
  const revision = from.revision === 0 ? cluster.store.revision : from.revision
  const { items, last, isComplete } = collect(cluster.store, key, filter, namespace, from, revision, limit)
  const total = from.name === '' ? cluster.store.count(key, namespace) : from.left
  const left = total === undefined || !filter.isEmpty ? undefined : Math.max(1, total - items.length)
  const resourceVersion = String(revision)
  if (isComplete || last === undefined) return { type: 'list', info, items, metadata: { resourceVersion } }
  const token = encodeContinue(
    { revision, namespace: last.namespace, name: last.name, left },
    request.namespace,
  )
  return {
    type: 'list',
    info,
    items,
    metadata: {
      resourceVersion,
      continue: token,
      ...(left === undefined ? {} : { remainingItemCount: left }),
    },
  }
}

/** Where to begin. Any state will do for `0`, so that a list of it comes whole, whatever the limit. */
function startOf(request: ResourceRequest, limit: number): Continuation {
  const { query, cluster, info, namespace } = request
  const { store } = cluster
  const token = query.get('continue') ?? ''
  const wanted = query.get('resourceVersion') ?? ''
  if (token !== '') {
    if (wanted !== '' && wanted !== '0')
      throw badRequest('specifying resource version is not allowed when using continue')
    const from = decodeContinue(token, namespace, info.namespaced)
    if (from.revision > store.revision) throw badRequest('the continue token is of another history')
    if (from.revision !== 0 && from.revision < store.compacted) throw expired(from, namespace)
    return from
  }
  const revision = revisionOf(store, wanted)
  const start = { namespace: '', name: '', left: undefined }
  const match = query.get('resourceVersionMatch') ?? ''
  const isExact = match === 'Exact' || (match === '' && limit > 0 && revision > 0)
  if (!isExact) return { revision: 0, ...start }
  if (revision < store.compacted)
    throw new ApiError(410, 'Expired', 'The resourceVersion for the provided list is too old.')
  return { revision, ...start }
}

function revisionOf(store: SqliteStore, wanted: string): number {
  try {
    return expectRevision(store, wanted)
  } catch (error) {
    throw error instanceof ApiError && error.code === 500
      ? badRequest(`invalid resource version: ${error.message}`)
      : error
  }
}

function expired(from: Continuation, namespace: string): ApiError {
  return new ApiError(
    410,
    'Expired',
    'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.',
    undefined,
    encodeContinue({ ...from, revision: 0, left: undefined }, namespace),
  )
}

interface Collected {
  items: StoredObject[]
  last: StoredObject | undefined
  isComplete: boolean
}

/** Reads batch after batch until the page is full; one more than asked for tells whether anything is left. */
function collect(
  store: SqliteStore,
  key: CollectionKey,
  filter: ObjectFilter,
  namespace: string | undefined,
  from: Continuation,
  revision: number,
  limit: number,
): Collected {
  let after = from.name === '' ? undefined : { namespace: from.namespace, name: from.name }
  if (limit === 0) {
    const all = store.page(key, { namespace, after, revision })
    const items = filter.isEmpty ? [...all] : all.filter((item) => filter.matches(item))
    return { items, last: undefined, isComplete: true }
  }
  const items: StoredObject[] = []
  for (;;) {
    const size = filter.isEmpty ? limit + 1 : BATCH
    const batch = store.page(key, { namespace, after, revision, limit: size })
    for (const item of batch) {
      if (!filter.matches(item)) continue
      if (items.length === limit) return { items, last: items.at(-1), isComplete: false }
      items.push(item)
    }
    after = batch.at(-1)
    if (batch.length < size) return { items, last: undefined, isComplete: true }
  }
}
