import { ProblemError } from '#lib/browser/problem-error.ts'
import type { UploadResult, UploadStep } from '#lib/contract/package.ts'
import type { Sending } from './send-package.ts'
import { startRate, updateRate } from './upload-rate.ts'
import type { UploadRate } from './upload-rate.ts'

export type UploadFault = 'not-package' | 'too-large' | 'empty'

export interface Upload {
  /** Also names it in live events. */
  id: string
  file: File
  state: 'waiting' | 'sending' | 'working' | 'done' | 'failed' | 'cancelled'
  /** Bytes sent so far. */
  sent: number
  rate: UploadRate
  steps: readonly UploadStep[]
  result: UploadResult | null
  error: Error | null
  /** Why it was not even sent. */
  fault: UploadFault | null
}

export interface UploadQueueOptions {
  send: (file: File, uploadId: string, onProgress: (sent: number) => void) => Sending
  newId: () => string
  now: () => number
}

const PACKAGE_NAME = /\.(?:tgz|tar\.gz)$/i

/** Uploads one file after another. Lives outside of any page, so that uploads go on while one looks elsewhere. */
export class UploadQueue {
  readonly #options: UploadQueueOptions
  readonly #listeners = new Set<() => void>()
  #uploads: readonly Upload[] = []
  #current: { id: string; cancel: () => void } | null = null

  constructor(options: UploadQueueOptions) {
    this.#options = options
  }

  /** The same array until something changes; in the order in which they were added. */
  readonly uploads = (): readonly Upload[] => this.#uploads

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Adds files; those that can't be packages are refused at once. `maxBytes` null: nobody knows the limit yet. */
  add(files: readonly File[], maxBytes: number | null): void {
    const added = files.map((file): Upload => {
      let fault: UploadFault | null = null
      if (!PACKAGE_NAME.test(file.name)) fault = 'not-package'
      else if (file.size === 0) fault = 'empty'
      else if (maxBytes !== null && file.size > maxBytes) fault = 'too-large'
      return {
        id: this.#options.newId(),
        file,
        state: fault === null ? 'waiting' : 'failed',
        sent: 0,
        rate: startRate(this.#options.now()),
        steps: [],
        result: null,
        error: null,
        fault,
      }
    })
    this.#set([...this.#uploads, ...added])
    this.#next()
  }

  cancel(id: string): void {
    if (this.#current?.id === id) this.#current.cancel()
    else this.#patch(id, (upload) => (upload.state === 'waiting' ? { state: 'cancelled' } : {}))
  }

  /** Puts a finished one at the end of the queue again. */
  retry(id: string): void {
    const upload = this.#uploads.find((one) => one.id === id)
    if (upload === undefined || isActive(upload)) return
    this.remove(id)
    this.add([upload.file], null)
  }

  remove(id: string): void {
    this.#set(this.#uploads.filter((upload) => upload.id !== id || isActive(upload)))
  }

  clearFinished(): void {
    this.#set(this.#uploads.filter(isActive))
  }

  /** Takes the steps that a live event told. */
  tell(id: string, steps: readonly UploadStep[]): void {
    this.#patch(id, (upload) => (isActive(upload) ? { steps } : {}))
  }

  #next(): void {
    const upload = this.#uploads.find((one) => one.state === 'waiting')
    if (this.#current !== null || upload === undefined) return
    const { id, file } = upload
    const { send, now } = this.#options
    this.#patch(id, () => ({ state: 'sending', rate: startRate(now()) }))
    const sending = send(file, id, (sent) => {
      this.#patch(id, (before) => ({
        sent,
        rate: updateRate(before.rate, sent, now()),
        state: sent >= file.size ? 'working' : 'sending',
      }))
    })
    this.#current = { id, cancel: sending.cancel }
    void this.#finish(id, sending)
  }

  async #finish(id: string, sending: Sending): Promise<void> {
    try {
      const result = await sending.result
      this.#patch(id, () => ({ state: 'done', result, steps: result.steps }))
    } catch (cause) {
      const error = cause instanceof Error ? cause : new Error(String(cause))
      const told = error instanceof ProblemError ? error.problem.steps : undefined
      this.#patch(id, (upload) => ({
        state: error.name === 'AbortError' ? 'cancelled' : 'failed',
        error: error.name === 'AbortError' ? null : error,
        steps: told ?? upload.steps,
      }))
    }
    this.#current = null
    this.#next()
  }

  #patch(id: string, change: (upload: Upload) => Partial<Upload>): void {
    this.#set(this.#uploads.map((upload) => (upload.id === id ? { ...upload, ...change(upload) } : upload)))
  }

  #set(uploads: readonly Upload[]): void {
    this.#uploads = uploads
    for (const listener of this.#listeners) listener()
  }
}

/** Whether an upload still waits, is being sent, or is worked on. */
export function isActive(upload: Upload): boolean {
  return upload.state === 'waiting' || upload.state === 'sending' || upload.state === 'working'
}
