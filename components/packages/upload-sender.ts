import { NetworkError, ProblemError } from '#lib/browser/problem-error.ts'
import type { UploadRequest, UploadView } from '#lib/contract/upload.ts'
import type { FileFault, PackageFile } from './package-files.ts'
import { startRate, updateRate } from './upload-rate.ts'
import type { UploadRate } from './upload-rate.ts'

/** A file of this tab on its way to the console. */
export interface SentFile {
  key: string
  chosen: PackageFile
  /** The upload's id; null until it is known. */
  upload: string | null
  /** `broken`: it goes on by itself. `sent`: the console has it all. */
  state: 'waiting' | 'sending' | 'paused' | 'broken' | 'sent' | 'failed' | 'cancelled'
  /** Bytes. */
  sent: number
  rate: UploadRate
  error: Error | null
  fault: FileFault | null
}

export interface UploadSenderOptions {
  create: (request: UploadRequest) => Promise<UploadView>
  sendPart: (
    upload: string,
    part: Blob,
    offset: number,
    options: { signal: AbortSignal; onProgress: (sent: number) => void },
  ) => Promise<UploadView>
  /** Cancels an upload that was begun for a file which is not wanted any more. */
  discard: (upload: string) => Promise<unknown>
  /** How an upload stands. */
  look: (upload: string) => Promise<UploadView>
  newKey: () => string
  /** Milliseconds. */
  now: () => number
  /** Waits before a try after a broken connection. */
  wait: (milliseconds: number, signal: AbortSignal) => Promise<void>
}

/** Files that are sent at the same time. */
const AT_ONCE = 2
/** What is lost at most when a proxy between keeps parts to itself. */
export const PART_BYTES = 32 * 1024 * 1024
const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 15_000
const MOST_CONFLICTS = 3

/** Sends files, two at a time, in parts; a broken connection is waited out. Lives outside of any page. */
export class UploadSender {
  readonly #options: UploadSenderOptions
  readonly #listeners = new Set<() => void>()
  readonly #running = new Map<string, AbortController>()
  #files: readonly SentFile[] = []

  constructor(options: UploadSenderOptions) {
    this.#options = options
  }

  /** The same array until something changes; in the order in which they were added. */
  readonly files = (): readonly SentFile[] => this.#files

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Adds files; one that goes on with an interrupted upload of `open` begins where that ended. */
  add(chosen: readonly PackageFile[], open: readonly UploadView[]): void {
    const taken = new Set(this.#files.map(({ upload }) => upload))
    const added = chosen.map((one): SentFile => {
      const before =
        one.fault === null ? open.find((view) => isSame(view, one.file) && !taken.has(view.id)) : undefined
      if (before !== undefined) taken.add(before.id)
      return {
        key: this.#options.newKey(),
        chosen: one,
        upload: before?.id ?? null,
        state: one.fault === null ? 'waiting' : 'failed',
        sent: before?.received ?? 0,
        rate: startRate(this.#options.now()),
        error: null,
        fault: one.fault,
      }
    })
    this.#set([...this.#files, ...added])
    this.#next()
  }

  pause(key: string): void {
    this.#patch(key, ({ state }) => (isMoving(state) ? { state: 'paused' } : {}))
    this.#running.get(key)?.abort()
  }

  /** Goes on with what is paused, or failed without being refused. */
  resume(key: string): void {
    this.#patch(key, ({ state, fault }) =>
      fault === null && (state === 'paused' || state === 'failed') ? { state: 'waiting', error: null } : {},
    )
    this.#next()
  }

  /** Sends no more of it. What the console has of it is for the caller to cancel. */
  cancel(key: string): void {
    this.#patch(key, () => ({ state: 'cancelled' }))
    this.#running.get(key)?.abort()
  }

  /** Takes what ended out of the list. */
  remove(keys: readonly string[]): void {
    this.#set(this.#files.filter(({ key, state }) => !keys.includes(key) || isMoving(state)))
  }

  #next(): void {
    while (this.#running.size < AT_ONCE) {
      const file = this.#files.find(({ key, state }) => state === 'waiting' && !this.#running.has(key))
      if (file === undefined) return
      const abort = new AbortController()
      this.#running.set(file.key, abort)
      void this.#run(file, abort.signal).finally(() => {
        this.#running.delete(file.key)
        this.#next()
      })
    }
  }

  async #run({ key, chosen, upload }: SentFile, signal: AbortSignal): Promise<void> {
    const { create, look, discard, wait, now } = this.#options
    let id = upload
    let waitMs = FIRST_WAIT_MS
    let conflicts = 0
    this.#patch(key, () => ({ state: 'sending', rate: startRate(now()) }))
    for (;;) {
      try {
        // After a break nobody here knows how much arrived: the console says.
        let view: UploadView = id === null ? await create(await requestOf(chosen)) : await look(id)
        id = view.id
        const { received } = view
        const rate = { ...startRate(now()), sent: received }
        this.#patch(key, ({ state }) => ({
          upload: view.id,
          sent: received,
          rate,
          // Paused while the console was answering.
          state: signal.aborted ? state : 'sending',
          error: null,
        }))
        if (this.#files.find((file) => file.key === key)?.state === 'cancelled') await discard(view.id)
        // An empty part, where all is there and was not read.
        while (view.state === 'uploading') {
          signal.throwIfAborted()
          view = await this.#part(key, chosen.file, view, signal)
          waitMs = FIRST_WAIT_MS
          conflicts = 0
        }
        return this.#patch(key, () => ({ state: 'sent' }))
      } catch (cause) {
        if (signal.aborted) return
        const error = cause instanceof Error ? cause : new Error(String(cause))
        if (codeOf(error) === 'conflict' && conflicts < MOST_CONFLICTS) {
          conflicts += 1
          continue
        }
        if (!isPassing(error)) return this.#patch(key, () => ({ state: 'failed', error }))
        this.#patch(key, () => ({ state: 'broken', error }))
        await wait(waitMs, signal).catch(() => undefined)
        if (signal.aborted) return
        waitMs = Math.min(LONGEST_WAIT_MS, waitMs * 2)
      }
    }
  }

  #part(key: string, file: File, { id, received }: UploadView, signal: AbortSignal): Promise<UploadView> {
    const { sendPart, now } = this.#options
    return sendPart(id, file.slice(received, received + PART_BYTES), received, {
      signal,
      onProgress: (sent) => {
        const all = received + sent
        this.#patch(key, ({ rate }) => ({ sent: all, rate: updateRate(rate, all, now()) }))
      },
    })
  }

  #patch(key: string, change: (file: SentFile) => Partial<SentFile>): void {
    this.#set(
      this.#files.map((file) =>
        file.key === key && file.state !== 'cancelled' ? { ...file, ...change(file) } : file,
      ),
    )
  }

  #set(files: readonly SentFile[]): void {
    this.#files = files
    for (const listener of this.#listeners) listener()
  }
}

/** Whether bytes flow, or will by themselves. */
export function isMoving(state: SentFile['state']): boolean {
  return state === 'waiting' || state === 'sending' || state === 'broken'
}

function isSame(view: UploadView, file: File): boolean {
  const { isMine, state, fileName, size, lastModified } = view
  const isInterrupted = isMine && state === 'uploading'
  return isInterrupted && fileName === file.name && size === file.size && lastModified === file.lastModified
}

function codeOf(error: Error): string {
  return error instanceof ProblemError ? error.problem.code : ''
}

/** Whether the same may work a little later. */
function isPassing(error: Error): boolean {
  return error instanceof NetworkError || ['unavailable', 'timeout', 'no-space'].includes(codeOf(error))
}

async function requestOf({ file, checksum, signature }: PackageFile): Promise<UploadRequest> {
  return {
    fileName: file.name,
    size: file.size,
    lastModified: file.lastModified,
    ...(checksum !== null && { checksum: await checksum.text() }),
    ...(signature !== null && { signature: base64(new Uint8Array(await signature.arrayBuffer())) }),
  }
}

function base64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCodePoint(byte)).join(''))
}
