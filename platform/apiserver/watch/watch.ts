import type { ServerResponse } from 'node:http'
import type { JsonObject } from '#lib/kinds/object.ts'
import { ApiError, tooOld } from '../api-error.ts'
import type { EventWriter } from './event-writer.ts'
import { objectFilter } from '../selectors/object-filter.ts'
import type { ObjectFilter } from '../selectors/object-filter.ts'
import type { Change, StoredObject } from '../storage/store-types.ts'
import type { ResourceRequest } from '../verbs/request.ts'
import {
  checkWatchOptions,
  expectRevision,
  flagOption,
  numberOption,
  parseRevision,
} from '../verbs/list-options.ts'
import { metadataOf } from '../json.ts'
import { parseStored } from '../stored-body.ts'

const BOOKMARK_MS = 30_000
const MIN_TIMEOUT_S = 1800
/** A reader that lets this much pile up is cut off; it will come back and catch up. */
const MAX_BACKLOG_BYTES = 64 * 1024 * 1024

/**
 * Streams the changes of a collection until the client leaves or the time is over.
 * @throws ApiError before the stream begins, for bad options
 */
export async function watch(
  request: ResourceRequest,
  response: ServerResponse,
  writer: EventWriter,
): Promise<void> {
  const { cluster, info, query } = request
  const { store, hub } = cluster
  checkWatchOptions(query)
  const filter = objectFilter(cluster, info, query)
  const wantsBookmarks = flagOption(query, 'allowWatchBookmarks') === true
  const sendInitial = flagOption(query, 'sendInitialEvents')
  const lifetimeMs = timeoutMs(query)
  await store.quiet()
  if (response.destroyed) return
  const since = query.get('resourceVersion') ?? ''
  const key = cluster.key(info)
  const inScope = (object: StoredObject) => request.namespace === '' || object.namespace === request.namespace
  const start = startRevision(request, sendInitial)

  response.writeHead(200, { 'content-type': writer.contentType, 'cache-control': 'no-cache, private' })
  response.flushHeaders()
  if (typeof start !== 'number') {
    response.end(writer.error(start))
    return
  }
  let sent = start
  response.cork()
  const fromState = sendInitial ?? (since === '' || since === '0')
  if (fromState) {
    const namespace = request.namespace === '' ? undefined : request.namespace
    for (const object of store.page(key, { namespace, revision: store.revision }))
      if (filter.matches(object)) response.write(writer.event('ADDED', object))
    if (sendInitial === true && wantsBookmarks) response.write(writer.bookmark(store.revision, true))
    sent = store.revision
  } else
    for (const change of store.changesSince(key, start)) {
      deliver(change)
      sent = change.object.rv
    }

  response.uncork()

  const unsubscribe = hub.subscribe(key, (change) => {
    if (change.object.rv > sent) deliver(change)
  })
  const bookmarks = setInterval(bookmark, BOOKMARK_MS)
  if (!wantsBookmarks) clearInterval(bookmarks)
  const timeout = setTimeout(end, lifetimeMs)
  const forget = hub.onClose(end)
  response.on('close', stop)

  function deliver(change: Change): void {
    if (!inScope(change.object)) return
    const event = asSeen(change, filter)
    if (event === undefined) return
    response.write(writer.event(event.type, event.object))
    if (response.writableLength > MAX_BACKLOG_BYTES) response.destroy()
  }

  function bookmark(): void {
    if (store.isSettled) response.write(writer.bookmark(store.revision, false))
  }

  function stop(): void {
    unsubscribe()
    forget()
    clearInterval(bookmarks)
    clearTimeout(timeout)
  }

  function end(): void {
    stop()
    if (wantsBookmarks) bookmark()
    response.end()
  }
}

/** The revision to start behind, or the status to end the stream with at once. */
function startRevision(request: ResourceRequest, sendInitial: boolean | undefined): number | JsonObject {
  const { store } = request.cluster
  const since = request.query.get('resourceVersion') ?? ''
  const wanted = parseRevision(since)
  if (sendInitial === true)
    try {
      expectRevision(store, since)
      return store.revision
    } catch (error) {
      if (error instanceof ApiError) return error.toStatus()
      throw error
    }
  if (wanted === 0) return store.revision
  return wanted < store.compacted ? tooOld(wanted, store.compacted).toStatus() : wanted
}

function timeoutMs(query: URLSearchParams): number {
  const seconds = numberOption(query, 'timeoutSeconds')
  return 1000 * (seconds > 0 ? Math.min(seconds, 86_400) : MIN_TIMEOUT_S * (1 + Math.random()))
}

/** A change as a watch with selectors sees it: what starts to match is added, what stops matching is deleted. */
export function asSeen(
  change: Change,
  filter: ObjectFilter,
): { type: Change['type']; object: StoredObject } | undefined {
  const { type, object, previous } = change
  if (filter.isEmpty) return { type, object }
  const before = previous !== undefined && filter.matches(previous)
  if (type === 'DELETED') return before ? { type, object } : undefined
  if (filter.matches(object)) return { type: before ? 'MODIFIED' : 'ADDED', object }
  return before ? { type: 'DELETED', object: atRevision(previous, object.rv) } : undefined
}

/** The last state that was seen, with the revision of the event that took it out of sight. */
function atRevision(stored: StoredObject, rv: number): StoredObject {
  const object = parseStored(stored)
  metadataOf(object)['resourceVersion'] = String(rv)
  return { ...stored, rv, body: JSON.stringify(object) }
}
