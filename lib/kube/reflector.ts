import type { KubeObject, Resource } from '#lib/kinds/object.ts'
import { sleep } from './clock.ts'
import type { Clock } from './clock.ts'
import type { KubeClient } from './kube-client.ts'
import { ExpiredError, ForbiddenError, KubeError, NotFoundError, UnavailableError } from './kube-error.ts'
import type { CacheEvent, CacheState } from './object-cache.ts'
import type { ObjectStore } from './object-store.ts'

export interface ReflectorOptions<T extends KubeObject> {
  client: KubeClient
  resource: Resource<T>
  namespace?: string
  labelSelector?: string
  store: ObjectStore<T>
  clock: Clock
  /** 0 ≤ x < 1 */
  random: () => number
  /** How often to look again for a kind that is absent or forbidden, in milliseconds. */
  pollDelayMs: number
  onState(state: Exclude<CacheState, 'loading'>, message: string | null): void
  onChanges(changes: CacheEvent<T>[]): void
  signal: AbortSignal
}

const FIRST_DELAY_MS = 250
const LAST_DELAY_MS = 30_000
const LONGEST_RETRY_AFTER_MS = 60_000
const WATCH_SECONDS = 300
/** How long after its announced end a watch may stay silent before it is given up. */
const WATCH_GRACE_MS = 30_000
const SHORT_WATCH_MS = 1000
/** So long a server may answer with older lists than before; then it was restored from a backup, and is right. */
const REWIND_MS = 30_000

/** What one failure means: how long to wait, and whether the next step may go on from the known revision. */
interface Reaction {
  state?: 'stale' | 'forbidden' | 'absent'
  delayMs: number
}

/**
 * Keeps `store` equal to the server until `signal` aborts: lists, then watches from there, for ever. Never rejects.
 * A watch that ends by itself is resumed; everything else is read anew, so that no gap can go unnoticed.
 */
export async function runReflector<T extends KubeObject>(options: ReflectorOptions<T>): Promise<void> {
  const { client, resource, namespace, labelSelector, store, clock, random, signal } = options
  const selection = { namespace, labelSelector, signal }
  let failures = 0
  let expiries = 0
  let shortWatches = 0
  let behindSince: number | undefined
  let canResume = false

  async function read(): Promise<void> {
    const list = await client.listAll(resource, selection)
    if (signal.aborted) return
    if (store.isBehind(list.resourceVersion)) {
      behindSince ??= clock.now()
      if (clock.now() - behindSince < REWIND_MS)
        throw unavailable('LaggingReplica', `${client.server} answers with older data than before`)
    }
    behindSince = undefined
    const changes = store.replace(list.items, list.resourceVersion)
    options.onState('live', null)
    options.onChanges(changes)
    canResume = true
  }

  /** Returns when the watch has ended as watches do. */
  async function watch(): Promise<void> {
    const timeoutSeconds = Math.round(WATCH_SECONDS * (0.8 + 0.4 * random()))
    const controller = new AbortController()
    const onAbort = () => controller.abort()
    signal.addEventListener('abort', onAbort, { once: true })
    const cancel = clock.after(timeoutSeconds * 1000 + WATCH_GRACE_MS, onAbort)
    const openedAt = clock.now()
    let isOpen = false
    let hasEvents = false
    try {
      const resourceVersion = store.resourceVersion ?? ''
      const events = client.watch(resource, {
        ...selection,
        resourceVersion,
        timeoutSeconds,
        signal: controller.signal,
      })
      for await (const batch of events) {
        if (signal.aborted) return
        isOpen = true
        if (batch.length > 0) {
          hasEvents = true
          failures = 0
          expiries = 0
        }
        const changes = store.apply(batch)
        options.onState('live', null)
        options.onChanges(changes)
      }
    } catch (error) {
      if (controller.signal.aborted && !signal.aborted)
        throw unavailable('SilentWatch', `${client.server} went silent`)
      // Gateways cut quiet streams: whether the server is well, the next request tells.
      if (!(isOpen && error instanceof UnavailableError && error.reason === 'ConnectionClosed')) throw error
    } finally {
      cancel()
      signal.removeEventListener('abort', onAbort)
    }
    if (hasEvents || clock.now() - openedAt >= SHORT_WATCH_MS) {
      shortWatches = 0
      failures = 0
      expiries = 0
    } else if ((shortWatches += 1) > 1)
      throw unavailable('ShortWatch', `${client.server} ends watches at once`)
  }

  function react(error: unknown): Reaction {
    if (error instanceof ExpiredError && (expiries += 1) === 1) return { delayMs: 0 }
    const pollMs = options.pollDelayMs * (0.8 + 0.4 * random())
    if (error instanceof NotFoundError) return { state: 'absent', delayMs: pollMs }
    if (error instanceof ForbiddenError) return { state: 'forbidden', delayMs: pollMs }
    const backoffMs = Math.min(LAST_DELAY_MS, FIRST_DELAY_MS * 2 ** failures) * (0.5 + 0.5 * random())
    failures = Math.min(failures + 1, 16)
    const askedMs = error instanceof KubeError ? (error.retryAfterMs ?? 0) : 0
    return { state: 'stale', delayMs: Math.max(backoffMs, Math.min(askedMs, LONGEST_RETRY_AFTER_MS)) }
  }

  while (!signal.aborted) {
    try {
      if (!canResume) await read()
      if (!signal.aborted) await watch()
    } catch (error) {
      if (signal.aborted) return
      canResume = false
      const { state, delayMs } = react(error)
      if (state === 'absent') options.onChanges(store.clear())
      if (state !== undefined) options.onState(state, messageOf(error))
      if (delayMs > 0) await sleep(clock, delayMs, signal)
    }
  }
}

function unavailable(reason: string, message: string): UnavailableError {
  return new UnavailableError(message, { code: 503, reason })
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown error'
}
