import { randomBytes } from 'node:crypto'
import type { LiveEvent, LiveTopic } from '#lib/contract/live.ts'
import type { SourceFreshness } from '#lib/contract/freshness.ts'

/** Where the frames of one stream go. */
export interface LiveSink {
  /** Who reads it; uploads are told to their own caller alone. */
  readonly caller: string
  write(frame: Buffer): void
  end(): void
}

export interface LiveHubOptions {
  /** How every source is known right now. */
  freshness: () => SourceFreshness[]
  /** Changes within this time become one note. Milliseconds. */
  coalesceMs?: number
  /** Silence is broken by a comment after this time, so that either end notices a dead one. Milliseconds. */
  heartbeatMs?: number
}

/** Change notes kept for readers that come back. */
const KEPT_NOTES = 512
const HEARTBEAT = Buffer.from(': \n\n')

/** Tells every open stream what changed. Frames are encoded once, whatever the number of streams. */
export class LiveHub {
  readonly #options: Required<LiveHubOptions>
  readonly #sinks = new Set<LiveSink>()
  readonly #notes: { revision: number; topics: readonly LiveTopic[] }[] = []
  /** Tells this process's revisions from those of an earlier one. */
  readonly #epoch = randomBytes(6).toString('hex')
  readonly #pending = new Set<LiveTopic>()
  #freshnessChanged = false
  #revision = 0
  #flush: NodeJS.Timeout | undefined
  #heartbeat: NodeJS.Timeout | undefined

  constructor(options: LiveHubOptions) {
    this.#options = { coalesceMs: 15, heartbeatMs: 15_000, ...options }
  }

  get revision(): number {
    return this.#revision
  }

  /** Id of the newest event; a reader that names it misses nothing. */
  get cursor(): string {
    return `${this.#epoch}.${this.#revision}`
  }

  get streams(): number {
    return this.#sinks.size
  }

  /** Notes that the answers about these topics may differ now. */
  changed(...topics: readonly LiveTopic[]): void {
    for (const topic of topics) this.#pending.add(topic)
    this.#schedule()
  }

  /** Notes that a source became live, stale or otherwise known. */
  freshnessChanged(): void {
    this.#freshnessChanged = true
    this.#schedule()
  }

  /** Tells one caller's streams, at once, how an upload stands. */
  uploadChanged(caller: string, event: Omit<Extract<LiveEvent, { type: 'upload' }>, 'type'>): void {
    const frame = this.#frame({ type: 'upload', ...event })
    for (const sink of this.#sinks) if (sink.caller === caller) sink.write(frame)
  }

  /**
   * Adds a stream: it is greeted, told what it missed since `lastEventId`, and then kept up to date.
   * @returns the way to remove it
   */
  attach(sink: LiveSink, lastEventId?: string): () => void {
    sink.write(this.#frame({ type: 'hello', revision: this.#revision, freshness: this.#options.freshness() }))
    const missed = lastEventId === undefined ? [] : this.#missedSince(lastEventId)
    if (missed === undefined) sink.write(this.#frame({ type: 'reset', revision: this.#revision }))
    else if (missed.length > 0)
      sink.write(this.#frame({ type: 'change', revision: this.#revision, topics: missed }))
    this.#sinks.add(sink)
    this.#heartbeat ??= setInterval(() => this.#send(HEARTBEAT), this.#options.heartbeatMs).unref()
    return () => {
      this.#sinks.delete(sink)
      if (this.#sinks.size > 0) return
      clearInterval(this.#heartbeat)
      this.#heartbeat = undefined
    }
  }

  /** Ends every stream; browsers come back by themselves when there is something to come back to. */
  close(): void {
    clearTimeout(this.#flush)
    clearInterval(this.#heartbeat)
    for (const sink of this.#sinks) sink.end()
    this.#sinks.clear()
  }

  #schedule(): void {
    this.#flush ??= setTimeout(() => this.#send(...this.#drain()), this.#options.coalesceMs)
  }

  #drain(): Buffer[] {
    this.#flush = undefined
    const frames: Buffer[] = []
    if (this.#pending.size > 0) {
      const topics = [...this.#pending]
      this.#pending.clear()
      this.#revision += 1
      this.#notes.push({ revision: this.#revision, topics })
      if (this.#notes.length > KEPT_NOTES) this.#notes.shift()
      frames.push(this.#frame({ type: 'change', revision: this.#revision, topics }))
    }
    if (this.#freshnessChanged) {
      this.#freshnessChanged = false
      frames.push(this.#frame({ type: 'freshness', freshness: this.#options.freshness() }))
    }
    return frames
  }

  #send(...frames: readonly Buffer[]): void {
    for (const frame of frames) for (const sink of this.#sinks) sink.write(frame)
  }

  /** The topics that changed after an event id of ours; undefined when nobody can tell any more. */
  #missedSince(id: string): LiveTopic[] | undefined {
    const match = /^([0-9a-f]{12})\.(\d{1,15})$/.exec(id)
    if (match?.[1] !== this.#epoch) return undefined
    const seen = Number(match[2])
    const oldest = this.#notes[0]?.revision ?? this.#revision + 1
    if (seen > this.#revision || seen < oldest - 1) return undefined
    const missed = this.#notes.filter(({ revision }) => revision > seen)
    return [...new Set(missed.flatMap(({ topics }) => topics))]
  }

  #frame({ type, ...data }: LiveEvent): Buffer {
    return Buffer.from(`id: ${this.cursor}\nevent: ${type}\ndata: ${JSON.stringify(data)}\n\n`)
  }
}
