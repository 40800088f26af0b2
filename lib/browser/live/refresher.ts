import type { QueryKey } from '@tanstack/react-query'
import type { LiveTopic } from '#lib/contract/live.ts'

/** First parts of the query keys whose answers a topic may change; a cluster that matters to plugins is told as both. */
const KEYS: Readonly<Record<LiveTopic, readonly string[]>> = {
  plugins: ['plugins', 'clusters'],
  clusters: ['clusters'],
  packages: ['packages'],
  session: ['session'],
}

const ALL_KEYS = ['plugins', 'clusters', 'packages', 'session']

/** Reads again what changed; resolves when it has been read. */
export type Invalidate = (queryKey: QueryKey) => Promise<void>

/**
 * Turns change notes into reads: at once, but never more than one read of a kind at a time. What changes while a
 * read is under way is read once more after it, so that a steady stream of notes can't starve the page.
 */
export class Refresher {
  readonly #invalidate: Invalidate
  readonly #running = new Map<string, Promise<void>>()
  readonly #again = new Set<string>()

  constructor(invalidate: Invalidate) {
    this.#invalidate = invalidate
  }

  /** Something changed about these topics. */
  changed(topics: readonly LiveTopic[]): void {
    // A console of another version may speak of topics that this page does not know.
    for (const key of new Set(topics.flatMap((topic) => KEYS[topic] ?? ALL_KEYS))) this.#run(key)
  }

  /** Nobody can tell what changed. */
  everything(): void {
    for (const key of ALL_KEYS) this.#run(key)
  }

  /** Resolves once everything that changed so far has been read, or could not be. */
  async whenRead(): Promise<void> {
    const again = [...this.#again]
    await Promise.all(this.#running.values())
    await Promise.all(again.map((key) => this.#running.get(key) ?? Promise.resolve()))
  }

  #run(key: string): void {
    if (this.#running.has(key)) {
      this.#again.add(key)
      return
    }
    const read = this.#invalidate([key]).finally(() => {
      this.#running.delete(key)
      if (this.#again.delete(key)) this.#run(key)
    })
    this.#running.set(key, read)
  }
}
