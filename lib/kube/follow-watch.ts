import type { KubeObject, Resource } from '#lib/kinds/object.ts'
import { createInitialList } from './initial-list.ts'
import type { KubeClient, WatchEvent } from './kube-client.ts'
import { UnavailableError } from './kube-error.ts'
import type { WatchGuard } from './watch-guard.ts'

export interface FollowOptions<T extends KubeObject> {
  client: KubeClient
  resource: Resource<T>
  selection: { namespace?: string; labelSelector?: string }
  /** What to keep of each object. */
  keep: (object: T) => T
  /** Where to go on; left out, the list comes first, as events of the same watch. */
  resourceVersion?: string
  /** When the server shall end it. */
  timeoutSeconds: number
  /** Ends it; has its timers set here. */
  guard: WatchGuard
  /** Whether this server is known to send bookmarks. */
  hasBookmarks: boolean
  onList(items: readonly T[], resourceVersion: string): void
  /** The first batch, empty where nothing has happened, says that the watch is open. */
  onBatch(batch: readonly WatchEvent<T>[]): void
}

/** How long after its announced end a watch may stay silent before it is given up. */
const GRACE_MS = 30_000
/** Where bookmarks come, about once a minute, this long without any event makes a watch suspect. */
const QUIET_MS = 100_000
/** A streamed list that pauses for so long is none: the server ignores the wish and never ends it. */
const LIST_PAUSE_MS = 3000
/** Where such a server is busy, its events leave no pause. */
const LONGEST_LIST_MS = 60_000

/**
 * Follows one watch until the server ends it.
 * @throws the errors of `KubeClient.watch` and of the callbacks; UnavailableError with reason `NoStreamedList` where a
 *   list was to come first and didn't, `SilentWatch` after the announced end, `QuietWatch` where bookmarks stay away
 */
export async function followWatch<T extends KubeObject>(options: FollowOptions<T>): Promise<void> {
  const { client, resource, resourceVersion, timeoutSeconds, guard } = options
  const failure = (reason: string, message: string) => () =>
    new UnavailableError(message, { code: 503, reason })
  const noList = failure('NoStreamedList', `${client.server} does not stream lists`)
  const list = resourceVersion === undefined ? createInitialList<T>() : undefined
  let { hasBookmarks } = options
  guard.limit('end', timeoutSeconds * 1000 + GRACE_MS, failure('SilentWatch', `${client.server} went silent`))
  if (list !== undefined) guard.limit('whole list', LONGEST_LIST_MS, noList)
  try {
    const batches = client.watch(resource, {
      ...options.selection,
      ...(resourceVersion === undefined ? { sendInitialEvents: true } : { resourceVersion }),
      timeoutSeconds,
      map: options.keep,
      signal: guard.signal,
    })
    for await (const batch of batches) {
      if (guard.signal.aborted) break
      let rest = batch
      if (list !== undefined && list.resourceVersion === undefined) {
        guard.limit('list', LIST_PAUSE_MS, noList)
        rest = list.take(batch)
        if (list.resourceVersion === undefined) continue
        guard.lift('list')
        guard.lift('whole list')
        options.onList(list.takeItems(), list.resourceVersion)
      }
      options.onBatch(rest)
      hasBookmarks ||= batch.some(({ type }) => type === 'BOOKMARK')
      if (hasBookmarks)
        guard.limit('quiet', QUIET_MS, failure('QuietWatch', `${client.server} sends no bookmarks any more`))
    }
  } catch (error) {
    throw guard.error ?? error
  } finally {
    guard.end()
  }
  if (guard.error !== undefined) throw guard.error
  if (list !== undefined && list.resourceVersion === undefined && !guard.signal.aborted) throw noList()
}
