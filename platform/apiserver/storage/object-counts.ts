import type { CollectionKey } from './store-types.ts'

/** Numbers of live objects, per collection and per namespace, so that a page never has to count. */
export class ObjectCounts {
  readonly #counts = new Map<string, number>()

  add(key: CollectionKey, namespace: string, difference: number): void {
    for (const id of [idOf(key), idOf(key, namespace)])
      this.#counts.set(id, (this.#counts.get(id) ?? 0) + difference)
  }

  get(key: CollectionKey, namespace?: string): number {
    return this.#counts.get(idOf(key, namespace)) ?? 0
  }
}

function idOf({ cluster, resource }: CollectionKey, namespace?: string): string {
  return namespace === undefined ? `${cluster}/${resource}` : `${cluster}/${resource}/${namespace}`
}
