import { isDeepStrictEqual } from 'node:util'
import type { KubeObject } from '#lib/kinds/object.ts'
import type { WatchEvent } from './kube-client.ts'
import type { CacheEvent } from './object-cache.ts'
import { compareResourceVersions } from './resource-version.ts'

/** The objects of a cache and the rules by which lists and events change them; knows no network and no time. */
export interface ObjectStore<T extends KubeObject> {
  list(): readonly T[]
  get(name: string, namespace?: string): T | undefined
  /** Counts the batches that changed something. */
  readonly revision: number
  /** The newest resourceVersion that a list, an event or a bookmark told; null before the first list. */
  readonly resourceVersion: string | null
  /** Counts events and bookmarks that were older than what is known, and left out: history was rewound. */
  readonly olderEvents: number
  /** Whether a list of this resourceVersion is older than what is known: an answer of a replica that lags. */
  isBehind(resourceVersion: string): boolean
  /** Takes a whole list; what is not in it is gone. */
  replace(items: readonly T[], resourceVersion: string): CacheEvent<T>[]
  apply(events: readonly WatchEvent<T>[]): CacheEvent<T>[]
  /** Forgets everything: the kind is gone. */
  clear(): CacheEvent<T>[]
}

/** Objects are kept as they are handed in. */
export function createObjectStore<T extends KubeObject>(): ObjectStore<T> {
  const objects = new Map<string, T>()
  let snapshot: readonly T[] | undefined
  let revision = 0
  let resourceVersion: string | null = null
  let olderEvents = 0

  function put(object: T, changes: CacheEvent<T>[], isListed: boolean): void {
    const key = keyOf(object.metadata.name, object.metadata.namespace)
    const previous = objects.get(key)
    // Where a backup was restored, a list may say something else of the same version.
    if (previous !== undefined && isSame(previous, object))
      if (!isListed || isDeepStrictEqual(previous, object)) return
    objects.set(key, object)
    changes.push(previous === undefined ? { type: 'added', object } : { type: 'modified', object, previous })
  }

  function drop(key: string, last: T, changes: CacheEvent<T>[]): void {
    const previous = objects.get(key)
    if (!objects.delete(key)) return
    changes.push({ type: 'deleted', object: last, previous })
  }

  function applyEvent({ type, object }: WatchEvent<T>, changes: CacheEvent<T>[]): void {
    const at = object.metadata?.resourceVersion
    if (type !== 'DELETED' && isOlder(at, resourceVersion)) {
      olderEvents += 1
      return
    }
    if (type === 'BOOKMARK') {
      advance(at)
      return
    }
    const key = keyOf(object.metadata.name, object.metadata.namespace)
    const known = objects.get(key)?.metadata.resourceVersion
    if (type === 'DELETED') {
      // A server may tell a deletion with the object's last version instead of the deletion's own.
      if (!isOlder(at, known)) drop(key, object, changes)
    } else if (!isOlder(at, known)) put(object, changes, false)
    advance(at)
  }

  function advance(to: string | undefined): void {
    if (to !== undefined && to !== '' && !isOlder(to, resourceVersion)) resourceVersion = to
  }

  function finish(changes: CacheEvent<T>[]): CacheEvent<T>[] {
    if (changes.length > 0) {
      revision += 1
      snapshot = undefined
    }
    return changes
  }

  return {
    list: () => (snapshot ??= [...objects.values()]),
    get: (name, namespace) => objects.get(keyOf(name, namespace)),
    get revision() {
      return revision
    },
    get resourceVersion() {
      return resourceVersion
    },
    get olderEvents() {
      return olderEvents
    },
    isBehind: (other) => isOlder(other, resourceVersion),
    replace(items, listVersion) {
      const changes: CacheEvent<T>[] = []
      const gone = new Set(objects.keys())
      for (const item of items) {
        gone.delete(keyOf(item.metadata.name, item.metadata.namespace))
        put(item, changes, true)
      }
      for (const key of gone) {
        const last = objects.get(key)
        if (last !== undefined) drop(key, last, changes)
      }
      resourceVersion = listVersion
      return finish(changes)
    },
    apply(events) {
      const changes: CacheEvent<T>[] = []
      for (const event of events) applyEvent(event, changes)
      return finish(changes)
    },
    clear() {
      const changes: CacheEvent<T>[] = []
      for (const [key, object] of objects) drop(key, object, changes)
      resourceVersion = null
      return finish(changes)
    },
  }
}

/** What tells objects of one kind apart. */
export function keyOf(name: string, namespace = ''): string {
  return `${namespace}/${name}`
}

function isSame(a: KubeObject, b: KubeObject): boolean {
  const version = a.metadata.resourceVersion
  return version !== undefined && version === b.metadata.resourceVersion && a.metadata.uid === b.metadata.uid
}

function isOlder(a: string | undefined, b: string | null | undefined): boolean {
  if (a === undefined || b === undefined || b === null) return false
  return (compareResourceVersions(a, b) ?? 0) < 0
}
