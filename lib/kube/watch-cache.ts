import type { KubeObject, Resource } from '#lib/kinds/object.ts'
import { SYSTEM_CLOCK } from './clock.ts'
import type { Clock } from './clock.ts'
import type { KubeClient } from './kube-client.ts'
import { createListeners } from './listeners.ts'
import type { CacheEvent, CacheFreshness, CacheState, ObjectCache } from './object-cache.ts'
import { createObjectKeeper } from './object-keeper.ts'
import { createObjectStore } from './object-store.ts'
import { runReflector } from './reflector.ts'
import { untilSettled } from './until-settled.ts'

export interface ObjectCacheOptions<T extends KubeObject> {
  /** One namespace of a namespaced kind; all of them when left out. */
  namespace?: string
  labelSelector?: string
  /** Makes an object smaller before it is kept; may change it. Must keep apiVersion, kind and metadata, and must not throw. */
  transform?: (object: T) => T
  /** How often to look again for a kind that is absent or forbidden, in milliseconds; 5 s when left out. */
  pollDelayMs?: number
  clock?: Clock
  /** 0 ≤ x < 1, for jitter. */
  random?: () => number
}

/**
 * A live copy of one kind on one cluster, starting at once. Errors never come out of it: they show in `freshness`,
 * and heal. While a kind is `absent` the cache is empty; while it is `forbidden` or `stale` it keeps what it had.
 */
export function createObjectCache<T extends KubeObject>(
  client: KubeClient,
  resource: Resource<T>,
  options: ObjectCacheOptions<T> = {},
): ObjectCache<T> {
  const { namespace, labelSelector, transform, pollDelayMs = 5000 } = options
  const clock = options.clock ?? SYSTEM_CLOCK
  const store = createObjectStore<T>()
  const changeListeners = createListeners<readonly CacheEvent<T>[]>()
  const freshnessListeners = createListeners<CacheFreshness>()
  const stopping = new AbortController()
  const settled = Promise.withResolvers<undefined>()
  let freshness: CacheFreshness = { state: 'loading', knownAt: null, message: null }
  let knownElapsed = -Infinity

  function onState(next: Exclude<CacheState, 'loading'>, message: string | null, at: number): void {
    // What was never read can't be stale.
    const state = next === 'stale' && freshness.knownAt === null ? 'loading' : next
    let { knownAt } = freshness
    if (state === 'live' && at >= knownElapsed) {
      knownElapsed = at
      knownAt = Math.round(clock.now() - (clock.elapsed() - at))
    }
    const isNews = state !== freshness.state || message !== freshness.message
    freshness = { state, knownAt, message }
    if (isNews) freshnessListeners.tell(freshness)
    if (state !== 'loading') settled.resolve(undefined)
  }

  void runReflector({
    client,
    resource,
    namespace,
    labelSelector,
    store,
    keep: createObjectKeeper(transform),
    clock,
    random: options.random ?? Math.random,
    pollDelayMs,
    onState,
    onChanges(changes) {
      if (changes.length > 0) changeListeners.tell(changes)
    },
    signal: stopping.signal,
  })

  return {
    cluster: client.cluster,
    list: () => store.list(),
    get: (name, namespace) => store.get(name, namespace),
    get revision() {
      return store.revision
    },
    get freshness() {
      return freshness
    },
    onChange: (listener) => changeListeners.add(listener),
    onFreshness: (listener) => freshnessListeners.add(listener),
    async ready(signal) {
      await untilSettled(settled.promise, signal ? [signal, stopping.signal] : [stopping.signal])
    },
    stop: () => stopping.abort(),
  }
}
