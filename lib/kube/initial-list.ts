import type { KubeObject } from '#lib/kinds/object.ts'
import type { WatchEvent } from './kube-client.ts'
import { keyOf } from './object-store.ts'

/** On the bookmark that ends a streamed list (Kubernetes 1.27 and later). */
const END_ANNOTATION = 'k8s.io/initial-events-end'

/** A list that comes as the first events of a watch; nobody sees it before it is whole. */
export interface InitialList<T extends KubeObject> {
  /** The revision that it shows; undefined while it isn't whole. */
  readonly resourceVersion: string | undefined
  /** Takes events up to the one that ends the list; gives back those after it. */
  take(events: readonly WatchEvent<T>[]): readonly WatchEvent<T>[]
  /** What was collected; leaves nothing behind. */
  takeItems(): T[]
}

export function createInitialList<T extends KubeObject>(): InitialList<T> {
  const objects = new Map<string, T>()
  let resourceVersion: string | undefined
  return {
    get resourceVersion() {
      return resourceVersion
    },
    take(events) {
      for (const [index, { type, object }] of events.entries()) {
        if (type === 'BOOKMARK') {
          if (object.metadata?.annotations?.[END_ANNOTATION] !== 'true') continue
          resourceVersion = object.metadata.resourceVersion ?? ''
          return events.slice(index + 1)
        }
        const key = keyOf(object.metadata.name, object.metadata.namespace)
        if (type === 'DELETED') objects.delete(key)
        else objects.set(key, object)
      }
      return []
    },
    takeItems() {
      const items = [...objects.values()]
      objects.clear()
      return items
    },
  }
}
