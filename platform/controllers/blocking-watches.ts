import type { KubeClient } from '#lib/kube/kube-client.ts'
import type { ObjectCache } from '#lib/kube/object-cache.ts'
import { createObjectCache } from '#lib/kube/watch-cache.ts'
import type { KubeObject, Resource } from '#lib/kinds/object.ts'

/** A kind that holds back a removal; in one namespace, or everywhere. */
export interface BlockingKind {
  readonly resource: Resource
  readonly namespace: string | undefined
}

function nameOnly(object: KubeObject): KubeObject {
  const { name, namespace, uid, resourceVersion } = object.metadata
  return {
    apiVersion: object.apiVersion,
    kind: object.kind,
    metadata: { name, uid, resourceVersion, ...(namespace === undefined ? {} : { namespace }) },
  }
}

/** Watches what holds back removals, as long as it does, so that a removal goes on as soon as it may. */
export class BlockingWatches {
  private readonly onChange: (key: string) => void
  private readonly watches = new Map<string, Map<string, ObjectCache<KubeObject>>>()

  /** @param onChange told the key of a removal when something that held it back is gone */
  constructor(onChange: (key: string) => void) {
    this.onChange = onChange
  }

  /** Watches these kinds, and no others, for the removal with this key; none ends all its watches. */
  follow(key: string, client: KubeClient, kinds: readonly BlockingKind[]): void {
    const known = this.watches.get(key) ?? new Map<string, ObjectCache<KubeObject>>()
    const wanted = new Map(
      kinds.map((kind) => [`${kind.resource.group}/${kind.resource.plural}/${kind.namespace ?? ''}`, kind]),
    )
    for (const [id, cache] of known)
      if (!wanted.has(id)) {
        cache.stop()
        known.delete(id)
      }
    for (const [id, { resource, namespace }] of wanted) {
      if (known.has(id)) continue
      const place = namespace === undefined ? {} : { namespace }
      const cache = createObjectCache(client, resource, { ...place, transform: nameOnly })
      cache.onChange((events) => {
        if (events.some(({ type }) => type === 'deleted')) this.onChange(key)
      })
      known.set(id, cache)
    }
    if (known.size === 0) this.watches.delete(key)
    else this.watches.set(key, known)
  }

  stop(): void {
    for (const caches of this.watches.values()) for (const cache of caches.values()) cache.stop()
    this.watches.clear()
  }
}
