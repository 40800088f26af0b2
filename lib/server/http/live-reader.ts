import type { LiveTopic } from '#lib/contract/live.ts'

/** Where the frames of one stream go. */
export interface LiveSink {
  /** Who reads it; uploads are told to their own caller alone. */
  readonly caller: string
  /** @returns false when the reader lags: it is told what happened meanwhile once it has caught up */
  write(frame: Buffer): boolean
  end(): void
  /** Cuts the connection and frees what waits in it. */
  drop(): void
}

/** How the frames are made that a reader gets after a lag. */
export interface Frames {
  change(topics: readonly LiveTopic[]): Buffer
  freshness(): Buffer
}

/**
 * One open stream. While its reader lags, what happens is only noted (each topic once, the last state of each upload),
 * so that a slow reader costs a few bytes however much happens.
 */
export class LiveReader {
  readonly caller: string
  readonly #sink: LiveSink
  readonly #now: () => number
  readonly #topics = new Set<LiveTopic>()
  readonly #uploads = new Map<string, Buffer>()
  #freshnessChanged = false
  #laggingSince: number | null = null

  constructor(sink: LiveSink, now: () => number) {
    this.caller = sink.caller
    this.#sink = sink
    this.#now = now
  }

  /** For how long nothing was taken, in milliseconds; 0 for a reader that keeps up. */
  get lagMs(): number {
    return this.#laggingSince === null ? 0 : this.#now() - this.#laggingSince
  }

  greet(frame: Buffer): void {
    this.#write(frame)
  }

  change(topics: readonly LiveTopic[], frame: Buffer): void {
    if (this.#laggingSince === null) this.#write(frame)
    else for (const topic of topics) this.#topics.add(topic)
  }

  freshness(frame: Buffer): void {
    if (this.#laggingSince === null) this.#write(frame)
    else this.#freshnessChanged = true
  }

  upload(uploadId: string, frame: Buffer): void {
    if (this.#laggingSince === null) this.#write(frame)
    else this.#uploads.set(uploadId, frame)
  }

  beat(frame: Buffer): void {
    if (this.#laggingSince === null) this.#write(frame)
  }

  /** The reader has taken everything: tells it what was noted, changes before anything with a newer id. */
  caughtUp(frames: Frames): void {
    this.#laggingSince = null
    const waiting = [
      ...(this.#topics.size === 0 ? [] : [frames.change([...this.#topics])]),
      ...(this.#freshnessChanged ? [frames.freshness()] : []),
      ...this.#uploads.values(),
    ]
    this.#topics.clear()
    this.#uploads.clear()
    this.#freshnessChanged = false
    if (waiting.length > 0) this.#write(Buffer.concat(waiting))
  }

  end(): void {
    this.#sink.end()
  }

  drop(): void {
    this.#sink.drop()
  }

  #write(frame: Buffer): void {
    if (!this.#sink.write(frame)) this.#laggingSince ??= this.#now()
  }
}
