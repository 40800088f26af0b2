import type { LiveEvent } from '#lib/contract/live.ts'
import type { SourceFreshness } from '#lib/contract/freshness.ts'

/** What a tab knows of its connection to the console. */
export interface LiveState {
  connection: 'connecting' | 'open' | 'lost'
  /** When the connection was lost, milliseconds since 1970; null while it is not. */
  lostAt: number | null
  freshness: readonly SourceFreshness[]
  /** Id of the last event; null before the first. */
  cursor: string | null
}

/** What tabs of one browser say to each other. */
export type TabMessage =
  | { type: 'ask' }
  | { type: 'state'; state: LiveState }
  | { type: 'event'; event: LiveEvent; state: LiveState }

/** The event stream, once open; `close` ends it. */
export interface Stream {
  close: () => void
}

export interface StreamHandlers {
  onEvent: (event: LiveEvent, id: string) => void
  onOpen: () => void
  onLost: () => void
}

export interface LiveClientOptions {
  /** Opens the stream, continuing after `cursor`; it reconnects by itself. */
  openStream: (cursor: string | null, handlers: StreamHandlers) => Stream
  /** Says something to the browser's other tabs. */
  post: (message: TabMessage) => void
  /** Waits until this tab is the one that holds the stream; `lead` is then called, and the result when it no longer is. */
  elect: (lead: () => () => void) => () => void
  /** Every event, in every tab. */
  onEvent: (event: LiveEvent) => void
  /** Told by another tab that things changed before this one listened. */
  onBehind: () => void
  now: () => number
  /** What the page was rendered from. */
  cursor: string | null
}

/** One stream per browser: the leading tab reads it and relays it; all tabs know how live they are. */
export class LiveClient {
  readonly #options: LiveClientOptions
  readonly #listeners = new Set<() => void>()
  #state: LiveState
  #isLeading = false
  #isSynced = false
  #resign: (() => void) | undefined

  constructor(options: LiveClientOptions) {
    this.#options = options
    this.#state = { connection: 'connecting', lostAt: null, freshness: [], cursor: options.cursor }
  }

  get state(): LiveState {
    return this.#state
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  start(): void {
    this.#options.post({ type: 'ask' })
    this.#resign = this.#options.elect(() => this.#lead())
  }

  stop(): void {
    this.#resign?.()
  }

  /** Hears another tab. */
  receive(message: TabMessage): void {
    if (message.type === 'ask') {
      if (this.#isLeading) this.#options.post({ type: 'state', state: this.#state })
      return
    }
    if (this.#isLeading) return
    const isBehind = !this.#isSynced && message.state.cursor !== this.#state.cursor
    this.#isSynced = true
    this.#set(message.state)
    if (message.type === 'event') this.#options.onEvent(message.event)
    if (isBehind) this.#options.onBehind()
  }

  #lead(): () => void {
    this.#isLeading = true
    const continuesAt = this.#state.cursor
    const stream = this.#options.openStream(continuesAt, {
      onEvent: (event, id) => {
        const freshness = event.type === 'hello' || event.type === 'freshness' ? event.freshness : undefined
        this.#set({ ...this.#state, cursor: id, ...(freshness === undefined ? {} : { freshness }) })
        this.#options.post({ type: 'event', event, state: this.#state })
        this.#options.onEvent(event)
        // Without a cursor the server can't tell what the page missed.
        if (event.type === 'hello' && continuesAt === null && !this.#isSynced) this.#options.onBehind()
        this.#isSynced = true
      },
      onOpen: () => {
        this.#tell({ ...this.#state, connection: 'open', lostAt: null })
      },
      onLost: () => {
        this.#tell({ ...this.#state, connection: 'lost', lostAt: this.#state.lostAt ?? this.#options.now() })
      },
    })
    return () => {
      this.#isLeading = false
      stream.close()
    }
  }

  #tell(state: LiveState): void {
    this.#set(state)
    this.#options.post({ type: 'state', state })
  }

  #set(state: LiveState): void {
    this.#state = state
    for (const listener of this.#listeners) listener()
  }
}
