import type { Change, CollectionKey } from '../storage/store-types.ts'

export type ChangeListener = (change: Change) => void

/** Hands committed changes to the watches of their collection. */
export class WatchHub {
  readonly #listeners = new Map<string, Set<ChangeListener>>()
  readonly #closers = new Set<() => void>()

  publish(change: Change): void {
    const listeners = this.#listeners.get(idOf(change))
    if (listeners !== undefined) for (const listener of Array.from(listeners)) listener(change)
  }

  /** @returns ends the subscription */
  subscribe(key: CollectionKey, listener: ChangeListener): () => void {
    const id = idOf(key)
    const listeners = this.#listeners.get(id) ?? new Set()
    this.#listeners.set(id, listeners.add(listener))
    return () => {
      listeners.delete(listener)
      if (listeners.size === 0 && this.#listeners.get(id) === listeners) this.#listeners.delete(id)
    }
  }

  /** Remembers how to end a watch when the server ends. */
  onClose(close: () => void): () => void {
    this.#closers.add(close)
    return () => this.#closers.delete(close)
  }

  /** Ends all watches. */
  close(): void {
    for (const close of Array.from(this.#closers)) close()
  }
}

function idOf({ cluster, resource }: CollectionKey): string {
  return `${cluster}/${resource}`
}
