import { ApiError, badRequest, invalid } from '../api-error.ts'
import { forbiddenField } from '../field-error.ts'
import { objectFilter } from '../selectors/object-filter.ts'
import type { ObjectFilter } from '../selectors/object-filter.ts'
import type { SqliteStore } from '../storage/sqlite-store.ts'
import type { CollectionKey, StoredObject } from '../storage/store-types.ts'
import type { Continuation } from './continue-token.ts'
import { decodeContinue, encodeContinue } from './continue-token.ts'
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
  const limit = limitOf(query)
  const key = cluster.key(info)
  const from = startOf(query, cluster.store)
  const namespace = request.namespace === '' ? undefined : request.namespace
  const revision = from.revision === 0 ? cluster.store.revision : from.revision
  const { items, last, isComplete } = collect(cluster.store, key, filter, namespace, from, revision, limit)
  const total = from.name === '' ? cluster.store.count(key, namespace) : from.left
  const left = total === undefined || !filter.isEmpty ? undefined : Math.max(1, total - items.length)
  const resourceVersion = String(revision)
  if (isComplete || last === undefined) return { type: 'list', info, items, metadata: { resourceVersion } }
  const token = encodeContinue({ revision, namespace: last.namespace, name: last.name, left })
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

function limitOf(query: URLSearchParams): number {
  const text = query.get('limit') ?? ''
  if (text === '') return 0
  if (!/^-?\d+$/.test(text))
    throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`)
  return Math.max(0, Number(text))
}

function startOf(query: URLSearchParams, store: SqliteStore): Continuation {
  const token = query.get('continue') ?? ''
  const wanted = query.get('resourceVersion') ?? ''
  const match = query.get('resourceVersionMatch') ?? ''
  checkMatch(match, wanted, token)
  if (token !== '') {
    if (wanted !== '' && wanted !== '0')
      throw badRequest('specifying resource version is not allowed when using continue')
    const from = decodeContinue(token)
    if (from.revision !== 0 && from.revision < store.compacted) throw expired(from)
    return from
  }
  const revision = expectRevision(store, wanted)
  const start = { namespace: '', name: '', left: undefined }
  if (match !== 'Exact') return { revision: 0, ...start }
  if (revision < store.compacted)
    throw new ApiError(410, 'Expired', `The resourceVersion for the provided list is too old.`)
  return { revision, ...start }
}

function checkMatch(match: string, wanted: string, token: string): void {
  if (match === '') return
  const field = 'resourceVersionMatch'
  const errors = []
  if (wanted === '')
    errors.push(forbiddenField(field, 'resourceVersionMatch is forbidden unless resourceVersion is provided'))
  if (token !== '')
    errors.push(forbiddenField(field, 'resourceVersionMatch is forbidden when continue is provided'))
  if (match !== 'Exact' && match !== 'NotOlderThan')
    errors.push({
      reason: 'FieldValueNotSupported',
      field,
      detail: `Unsupported value: ${JSON.stringify(match)}: supported values: "Exact", "NotOlderThan"`,
    })
  if (match === 'Exact' && wanted === '0')
    errors.push(forbiddenField(field, 'resourceVersionMatch "exact" is forbidden for resourceVersion "0"'))
  if (errors.length > 0) throw invalid({ group: 'meta.k8s.io', kind: 'ListOptions' }, '', errors)
}

/**
 * Reads a resourceVersion option; nothing and `0` are 0.
 * @throws ApiError 400 when it is no number, 504 when the store has not got there yet
 */
export function expectRevision(store: SqliteStore, text: string | null): number {
  if (text === null || text === '') return 0
  if (!/^\d{1,18}$/.test(text))
    throw invalid({ group: 'meta.k8s.io', kind: 'ListOptions' }, '', [
      {
        reason: 'FieldValueInvalid',
        field: 'resourceVersion',
        detail: `Invalid value: ${JSON.stringify(text)}: strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`,
      },
    ])
  const wanted = Number(text)
  if (wanted > store.revision)
    throw new ApiError(504, 'Timeout', `Too large resource version: ${wanted}, current: ${store.revision}`, {
      causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
      retryAfterSeconds: 1,
    })
  return wanted
}

function expired(from: Continuation): ApiError {
  return new ApiError(
    410,
    'Expired',
    'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.',
    undefined,
    encodeContinue({ ...from, revision: 0, left: undefined }),
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
