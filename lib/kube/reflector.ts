import type { KubeObject, Resource } from '#lib/kinds/object.ts'
import { sleep } from './clock.ts'
import type { Clock } from './clock.ts'
import { followWatch } from './follow-watch.ts'
import type { KubeClient, WatchEvent } from './kube-client.ts'
import { BadRequestError, ForbiddenError, InvalidError, UnavailableError } from './kube-error.ts'
import type { CacheEvent, CacheState } from './object-cache.ts'
import type { ObjectStore } from './object-store.ts'
import { createRecovery } from './recovery.ts'
import { createWatchGuard } from './watch-guard.ts'
import type { WatchGuard } from './watch-guard.ts'

export interface ReflectorOptions<T extends KubeObject> {
  client: KubeClient
  resource: Resource<T>
  namespace?: string
  labelSelector?: string
  store: ObjectStore<T>
  /** What to keep of each object. */
  keep: (object: T) => T
  clock: Clock
  /** 0 ≤ x < 1 */
  random: () => number
  /** How often to look again for a kind that is absent or forbidden, in milliseconds. */
  pollDelayMs: number
  /** @param at when this was known, in `clock.elapsed()` milliseconds */
  onState(state: Exclude<CacheState, 'loading'>, message: string | null, at: number): void
  onChanges(changes: CacheEvent<T>[]): void
  signal: AbortSignal
}

const WATCH_SECONDS = 300
const SHORT_WATCH_MS = 1000
/** So long a server may answer with older lists than before; then it was restored from a backup, and is right. */
const REWIND_MS = 30_000

/**
 * Keeps `store` equal to the server until `signal` aborts: lists, then watches from there, for ever. Never rejects.
 * A watch that ends by itself is resumed; everything else is read anew, so that no gap can go unnoticed.
 *
 * What makes a quiet watch believable: the server answers probes (its process lives), the kernel's keep-alive asks
 * along the watch's own connection (14 s), and past gateways, where neither sees, bookmarks come on the watch itself.
 * So a probe that was answered moves "known at", and one that was not ends the watch at once.
 */
export async function runReflector<T extends KubeObject>(options: ReflectorOptions<T>): Promise<void> {
  const { client, resource, namespace, labelSelector, store, clock, random, signal } = options
  const selection = { namespace, labelSelector }
  const recovery = createRecovery(random, options.pollDelayMs)
  let shortWatches = 0
  /** Whether the watch that is open, or was last, told of anything. */
  let hasEvents = false
  let behindSince: number | undefined
  let canResume = false
  let canStream = true
  /** False for a user who may list, but not watch: what is read again and again is not live for that. */
  let mayWatch = true
  let hasBookmarks = false
  let isAsking = false
  let guard: WatchGuard | undefined
  /** Whether a watch is open that tells the changes of what the store holds. */
  let isFollowing = false

  const stopProbes = client.prober.onProbe(({ isAlive, at }) => {
    if (isAlive && isFollowing) {
      recovery.reset()
      options.onState('live', null, at)
    } else if (!isAlive && isAsking) {
      const error = unavailable('NoAnswer', `${client.server} does not answer`)
      guard?.giveUp(error)
      options.onState('stale', error.message, at)
    }
  })

  function adopt(items: readonly T[], resourceVersion: string): void {
    if (store.isBehind(resourceVersion)) {
      behindSince ??= clock.elapsed()
      if (clock.elapsed() - behindSince < REWIND_MS) throw rewound()
    }
    behindSince = undefined
    const changes = store.replace(items, resourceVersion)
    if (mayWatch) options.onState('live', null, clock.elapsed())
    options.onChanges(changes)
    canResume = true
  }

  function apply(batch: readonly WatchEvent<T>[]): void {
    isFollowing = true
    mayWatch = true
    const { olderEvents } = store
    const changes = store.apply(batch)
    options.onState('live', null, clock.elapsed())
    options.onChanges(changes)
    if (store.olderEvents > olderEvents) throw rewound()
    hasBookmarks ||= batch.some(({ type }) => type === 'BOOKMARK')
    if (batch.length === 0) return
    hasEvents = true
    recovery.reset()
  }

  /** Returns when the watch has ended as watches do. */
  async function watch(resourceVersion: string | undefined): Promise<void> {
    const openedAt = clock.elapsed()
    hasEvents = false
    guard = createWatchGuard(clock, signal)
    try {
      await followWatch({
        client,
        resource,
        selection,
        keep: options.keep,
        resourceVersion,
        timeoutSeconds: Math.round(WATCH_SECONDS * (0.8 + 0.4 * random())),
        guard,
        hasBookmarks,
        onList: adopt,
        onBatch: apply,
      })
    } catch (error) {
      const reason = isFollowing && error instanceof UnavailableError ? error.reason : ''
      if (reason === 'QuietWatch') hasBookmarks = false
      // Gateways cut quiet streams: whether the server is well, the next request tells.
      else if (reason !== 'ConnectionClosed') throw error
    } finally {
      isFollowing = false
      guard = undefined
    }
    if (clock.elapsed() - openedAt >= SHORT_WATCH_MS) {
      shortWatches = 0
      recovery.reset()
    } else if ((shortWatches += 1) > 1) {
      if (!hasEvents) throw unavailable('ShortWatch', `${client.server} ends watches at once`)
      await sleep(clock, SHORT_WATCH_MS * (0.25 + 0.75 * random()), signal)
    }
  }

  /** The whole content: streamed where that is served, else in pages. */
  async function read(): Promise<void> {
    if (canStream) {
      try {
        await watch(undefined)
        return
      } catch (error) {
        if (canResume || !isRefusal(error)) throw error
        // Who may not watch may still list.
        canStream = error instanceof ForbiddenError
      }
    }
    const list = await client.listAll(resource, { ...selection, map: options.keep, signal })
    if (!signal.aborted) adopt(list.items, list.resourceVersion)
  }

  while (!signal.aborted) {
    try {
      isAsking = true
      await (canResume ? watch(store.resourceVersion ?? '') : read())
    } catch (error) {
      if (signal.aborted) break
      if (canResume && error instanceof ForbiddenError) mayWatch = false
      canResume = false
      isAsking = false
      const { state, delayMs } = recovery.react(error)
      if (state === 'absent') options.onChanges(store.clear())
      if (state !== undefined) options.onState(state, messageOf(error), clock.elapsed())
      if (delayMs > 0) await sleep(clock, delayMs, signal)
    }
  }
  stopProbes()
}

/** Whether a server does not stream lists, whatever way it says so. */
function isRefusal(error: unknown): boolean {
  return (
    error instanceof BadRequestError ||
    error instanceof InvalidError ||
    error instanceof ForbiddenError ||
    (error instanceof UnavailableError && error.reason === 'NoStreamedList')
  )
}

function rewound(): UnavailableError {
  return unavailable('LaggingReplica', 'the server answers with older data than before')
}

function unavailable(reason: string, message: string): UnavailableError {
  return new UnavailableError(message, { code: 503, reason })
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown error'
}
