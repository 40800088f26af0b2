export interface Listeners<E> {
  add(listener: (event: E) => void): () => void
  /** Calls everybody; one that throws is logged and holds up nobody. */
  tell(event: E): void
}

/** A list of callbacks; adding the same one twice calls it twice. */
export function createListeners<E>(): Listeners<E> {
  const entries = new Set<{ listener: (event: E) => void }>()
  return {
    add(listener) {
      const entry = { listener }
      entries.add(entry)
      return () => {
        entries.delete(entry)
      }
    },
    tell(event) {
      for (const { listener } of entries) {
        try {
          listener(event)
        } catch (error) {
          console.error('a listener failed', error)
        }
      }
    },
  }
}
