import type { LiveEvent } from '#lib/contract/live.ts'
import type { SourceFreshness } from '#lib/contract/freshness.ts'
import { isAhead } from './cursor.ts'
import { Silence, type Clocks } from './silence.ts'

/** What a tab knows of its connection to the console. */
export interface LiveState {
  connection: 'connecting' | 'open' | 'lost'
  /** When the console was last heard before the connection was lost, milliseconds since 1970; null while it is not. */
  lostAt: number | null
  freshness: readonly SourceFreshness[]
  /** Id of the last event; null before the first. */
  cursor: string | null
}

/** What tabs of one browser say to each other. */
export type TabMessage =
  | { type: 'ask' }
  | { type: 'state'; state: LiveState }
  /** `previous` is the id that the event follows: who stands elsewhere has missed something. */
  | { type: 'event'; event: LiveEvent; previous: string | null; cursor: string }

/** The event stream, opened again whenever it ends. */
export interface Stream {
  /** Opens it anew at once, whatever became of the old one. */
  renew: () => void
  close: () => void
}

export interface StreamHandlers {
  onEvent: (event: LiveEvent, id: string) => void
  onLost: () => void
}

export interface LiveClientOptions {
  /** Opens the stream, continuing after `cursor`; it reconnects by itself. */
  openStream: (cursor: string | null, handlers: StreamHandlers) => Stream
  /** Says something to the browser's other tabs. */
  post: (message: TabMessage) => void
  /**
   * Waits until this tab is the one that holds the stream; `lead` is then called, and the result when it no longer is.
   * With `force` it takes the place of a tab that doesn't answer.
   */
  elect: (lead: () => () => void, force: boolean) => () => void
  /** Every event, in every tab. */
  onEvent: (event: LiveEvent) => void
  /** Something changed that this tab was not told of. */
  onBehind: () => void
  /** Resolves once what has to be read again has been read. */
  whenRead: () => Promise<void>
  clocks: Clocks
  /** What the page was rendered from. */
  cursor: string | null
}

/** One stream per browser: the leading tab reads it and relays it; all tabs know how live they are. */
export class LiveClient {
  readonly #options: LiveClientOptions
  readonly #listeners = new Set<() => void>()
  /** Since the console (in a following tab: the leading tab) was last heard. */
  readonly #silence: Silence
  /** What is known of the stream; what is shown may lag behind it. */
  #known: LiveState
  #shown: LiveState
  #stream: Stream | undefined
  #resign: (() => void) | undefined
  #hasAsked = false

  constructor(options: LiveClientOptions) {
    this.#options = options
    this.#silence = new Silence(options.clocks)
    this.#known = { connection: 'connecting', lostAt: null, freshness: [], cursor: options.cursor }
    this.#shown = this.#known
  }

  get state(): LiveState {
    return this.#shown
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Begins, or goes on after a `stop`: what happened meanwhile is found out first. */
  start(): void {
    this.#heard()
    this.#resign = this.#options.elect(() => this.#lead(), false)
    this.#options.post({ type: 'ask' })
  }

  /** Stands back for the other tabs. */
  stop(): void {
    this.#resign?.()
    this.#resign = undefined
    this.#set({ ...this.#known, connection: 'connecting', lostAt: null })
  }

  /** To be called now and then: notices that nothing is heard any more, also after the machine slept. */
  tick(isVisible: boolean): void {
    if (this.#resign === undefined || !this.#silence.isLong) return
    this.#lost()
    if (this.#stream !== undefined) {
      this.#silence.reset()
      this.#stream.renew()
    } else if (!this.#hasAsked) {
      this.#hasAsked = true
      this.#options.post({ type: 'ask' })
    } else if (isVisible) {
      this.#heard()
      this.#resign()
      this.#resign = this.#options.elect(() => this.#lead(), true)
    }
  }

  /** The network is back, or somebody looks: don't wait for the next try. */
  hurry(): void {
    if (this.#silence.isLong) this.tick(true)
    else if (this.#known.connection === 'lost') this.#stream?.renew()
  }

  /** Hears another tab. */
  receive(message: TabMessage): void {
    if (message.type === 'ask') {
      if (this.#stream !== undefined) this.#options.post({ type: 'state', state: this.#known })
      return
    }
    if (this.#stream !== undefined || this.#resign === undefined) return
    this.#heard()
    if (message.type === 'state') this.#follow(message.state)
    else this.#relayed(message)
  }

  #follow(state: LiveState): void {
    const isBehind = isAhead(state.cursor, this.#known.cursor)
    if (isBehind) this.#options.onBehind()
    this.#set({ ...state, cursor: isBehind ? state.cursor : this.#known.cursor })
  }

  #relayed({ event, previous, cursor }: Extract<TabMessage, { type: 'event' }>): void {
    if (isAhead(previous, this.#known.cursor)) this.#options.onBehind()
    this.#take(event, cursor)
    // A tab that has taken the leader for lost, and is wrong, learns how it really stands.
    if (this.#known.connection !== 'open') this.#options.post({ type: 'ask' })
  }

  #take(event: LiveEvent, id: string): void {
    // What was missed comes before the greeting: a greeting from further on means that nobody could tell.
    if (event.type === 'hello' && isAhead(id, this.#known.cursor)) this.#options.onBehind()
    const freshness =
      event.type === 'hello' || event.type === 'freshness' ? event.freshness : this.#known.freshness
    const cursor = isAhead(id, this.#known.cursor) ? id : this.#known.cursor
    if (freshness !== this.#known.freshness || cursor !== this.#known.cursor)
      this.#set({ ...this.#known, freshness, cursor })
    this.#options.onEvent(event)
  }

  #lead(): () => void {
    this.#heard()
    this.#stream = this.#options.openStream(this.#known.cursor, {
      onEvent: (event, id) => {
        const previous = this.#known.cursor
        this.#heard()
        this.#take(event, id)
        this.#options.post({ type: 'event', event, previous, cursor: id })
        if (event.type === 'hello') this.#tell({ ...this.#known, connection: 'open', lostAt: null })
      },
      onLost: () => this.#lost(),
    })
    return () => {
      this.#stream?.close()
      this.#stream = undefined
    }
  }

  #heard(): void {
    this.#silence.reset()
    this.#hasAsked = false
  }

  #lost(): void {
    if (this.#known.connection === 'lost') return
    const state = { ...this.#known, connection: 'lost', lostAt: this.#silence.since } as const
    if (this.#stream === undefined) this.#set(state)
    else this.#tell(state)
  }

  #tell(state: LiveState): void {
    this.#set(state)
    this.#options.post({ type: 'state', state })
  }

  #set(state: LiveState): void {
    this.#known = state
    if (state.connection !== 'open' || this.#shown.connection === 'open') return this.#show(state)
    // Connected again, but what stands on the page is still of before.
    this.#show({ ...state, connection: this.#shown.connection, lostAt: this.#shown.lostAt })
    void this.#options.whenRead().then(() => {
      if (this.#known.connection === 'open') this.#show(this.#known)
    })
  }

  #show(state: LiveState): void {
    this.#shown = state
    for (const listener of this.#listeners) listener()
  }
}
