import { randomBytes } from 'node:crypto'
import type { LiveEvent, LiveTopic } from '#lib/contract/live.ts'
import type { SourceFreshness } from '#lib/contract/freshness.ts'
import { LiveReader, type LiveSink } from './live-reader.ts'

export interface LiveHubOptions {
  /** How every source is known right now. */
  freshness: () => SourceFreshness[]
  /** Changes within this time become one note. Milliseconds. */
  coalesceMs?: number
  /** Every reader hears at least this often, so that it notices when nobody is there any more. Milliseconds. */
  beatMs?: number
  /** A reader that took nothing for so long is dropped. Milliseconds. */
  stallMs?: number
  /** Milliseconds since any fixed moment. */
  now?: () => number
}

/** A stream's own end of it. */
export interface Attachment {
  /** To be called when a `write` has said false and everything is written since. */
  caughtUp: () => void
  detach: () => void
}

/** Change notes kept for readers that come back. */
const KEPT_NOTES = 512

/** Tells every open stream what changed. Frames are encoded once, whatever the number of streams. */
export class LiveHub {
  readonly #options: Required<LiveHubOptions>
  readonly #readers = new Set<LiveReader>()
  readonly #notes: { revision: number; topics: readonly LiveTopic[] }[] = []
  /** Tells this process's revisions from those of an earlier one. */
  readonly #epoch = randomBytes(6).toString('hex')
  readonly #pending = new Set<LiveTopic>()
  #freshnessChanged = false
  #revision = 0
  #hello: Buffer | undefined
  #flush: NodeJS.Timeout | undefined
  #beat: NodeJS.Timeout | undefined

  constructor(options: LiveHubOptions) {
    this.#options = {
      coalesceMs: 15,
      beatMs: 5000,
      stallMs: 30_000,
      now: () => performance.now(),
      ...options,
    }
  }

  get revision(): number {
    return this.#revision
  }

  /** Id of the newest event; a reader that names it misses nothing. */
  get cursor(): string {
    return `${this.#epoch}.${this.#revision}`
  }

  get streams(): number {
    return this.#readers.size
  }

  /** Notes that the answers about these topics may differ now. */
  changed(...topics: readonly LiveTopic[]): void {
    for (const topic of topics) this.#pending.add(topic)
    this.#schedule()
  }

  /** Notes that a source became live, stale or otherwise known. */
  freshnessChanged(): void {
    this.#freshnessChanged = true
    this.#hello = undefined
    this.#schedule()
  }

  /** Tells one caller's streams, at once, how an upload stands. */
  uploadChanged(caller: string, event: Omit<Extract<LiveEvent, { type: 'upload' }>, 'type'>): void {
    const frame = this.#frame({ type: 'upload', ...event })
    for (const reader of this.#readers) if (reader.caller === caller) reader.upload(event.uploadId, frame)
  }

  /** Adds a stream: it is told what it missed since `lastEventId`, greeted, and then kept up to date. */
  attach(sink: LiveSink, lastEventId?: string): Attachment {
    const reader = new LiveReader(sink, this.#options.now)
    const missed = lastEventId === undefined ? [] : this.#missedSince(lastEventId)
    const hello = this.#greeting()
    // The greeting's id says that everything before it is known: it comes last, whatever may cut the line between.
    if (missed === undefined)
      reader.greet(Buffer.concat([this.#frame({ type: 'reset', revision: this.#revision }), hello]))
    else reader.greet(missed.length === 0 ? hello : Buffer.concat([this.#change(missed), hello]))
    this.#readers.add(reader)
    this.#beat ??= setInterval(() => this.#tick(), this.#options.beatMs).unref()
    return {
      caughtUp: () =>
        reader.caughtUp({ change: (topics) => this.#change(topics), freshness: () => this.#freshness() }),
      detach: () => this.#remove(reader),
    }
  }

  /** Ends every stream; browsers come back by themselves when there is something to come back to. */
  close(): void {
    clearTimeout(this.#flush)
    clearInterval(this.#beat)
    for (const reader of this.#readers) reader.end()
    this.#readers.clear()
  }

  #remove(reader: LiveReader): void {
    this.#readers.delete(reader)
    if (this.#readers.size > 0) return
    clearInterval(this.#beat)
    this.#beat = undefined
  }

  #tick(): void {
    const frame = this.#frame({ type: 'beat' })
    for (const reader of this.#readers) {
      if (reader.lagMs < this.#options.stallMs) {
        reader.beat(frame)
        continue
      }
      this.#remove(reader)
      reader.drop()
    }
  }

  #schedule(): void {
    this.#flush ??= setTimeout(() => this.#drain(), this.#options.coalesceMs)
  }

  #drain(): void {
    this.#flush = undefined
    if (this.#pending.size > 0) {
      const topics = [...this.#pending]
      this.#pending.clear()
      this.#revision += 1
      this.#hello = undefined
      this.#notes.push({ revision: this.#revision, topics })
      if (this.#notes.length > KEPT_NOTES) this.#notes.shift()
      const frame = this.#change(topics)
      for (const reader of this.#readers) reader.change(topics, frame)
    }
    if (this.#freshnessChanged) {
      this.#freshnessChanged = false
      const frame = this.#freshness()
      for (const reader of this.#readers) reader.freshness(frame)
    }
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

  /** The same bytes for all that come in at once. */
  #greeting(): Buffer {
    this.#hello ??= this.#frame({
      type: 'hello',
      revision: this.#revision,
      freshness: this.#options.freshness(),
    })
    return this.#hello
  }

  #change(topics: readonly LiveTopic[]): Buffer {
    return this.#frame({ type: 'change', revision: this.#revision, topics: [...topics] })
  }

  #freshness(): Buffer {
    return this.#frame({ type: 'freshness', freshness: this.#options.freshness() })
  }

  #frame({ type, ...data }: LiveEvent): Buffer {
    return Buffer.from(`id: ${this.cursor}\nevent: ${type}\ndata: ${JSON.stringify(data)}\n\n`)
  }
}
