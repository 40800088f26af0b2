import { randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isEnded, type UploadProgress, type UploadView } from '#lib/contract/upload.ts'
import type { PackageContents } from '#lib/packages/package-contents.ts'
import type { PackageSettings } from '#lib/packages/package-settings.ts'
import { createExclusive } from '../exclusive.ts'
import { isSystemError } from './disk-error.ts'
import { createLimiter } from './limiter.ts'
import { parseUploadRecord, UPLOAD_ID, type UploadRecord } from './upload-record.ts'

/** An upload as this process has it. */
export interface LiveUpload {
  record: UploadRecord
  /** Bytes of the package that are on disk. */
  received: number
  progress: UploadProgress | null
  /** Ends what is done about it now: a part being received, reading, publishing. */
  work: AbortController | null
  /** Resolves when that has ended. */
  idle: Promise<void>
}

export interface UploadLimits {
  /** Uploads that are not over, of all callers. */
  open: number
  /** Packages that are read at the same time; as many are published beside them. */
  parallel: number
  /** Milliseconds after which one that nobody goes on with is thrown away. */
  keptMs: number
  /** Records of uploads that are over. */
  history: number
  /** Bytes of the disk that stay free. */
  spareBytes: number
}

export const UPLOAD_LIMITS: UploadLimits = {
  open: 64,
  parallel: 2,
  keptMs: 24 * 3_600_000,
  history: 200,
  spareBytes: 64 * 1024 * 1024,
}

export interface UploadStoreOptions {
  /** A folder of this process alone; made when it is needed. */
  dir: string
  settings: PackageSettings
  /** Told of everything that happens to an upload; `isNews`: more than that it goes on. */
  tell: (upload: LiveUpload, isNews: boolean) => void
  /** Told of a record that could not be written now; it is tried again. */
  onUnsaved?: (upload: LiveUpload, error: Error) => void
  limits?: Partial<UploadLimits>
  now?: () => number
}

/** What an earlier process was about when it ended. */
const CUT_OFF = {
  state: 'failed',
  detail: 'It was cut off',
  verdict: { code: 'cut-off', params: {} },
} as const
const RECORD = 'record.json'
const PACKAGE = 'package.tgz'
const CONTENTS = 'contents.json'
const SWEEP_MS = 600_000
/** How often progress is told, in milliseconds. */
const TELL_EVERY_MS = 250
/** How often a record that could not be written is tried again, in milliseconds. */
const SAVE_AGAIN_MS = 2000

/**
 * The console's own bookkeeping of uploads: a folder each, with a record that outlives the process and, until the upload
 * is over, what was sent and read.
 */
export class UploadStore {
  readonly settings: PackageSettings
  readonly limits: UploadLimits
  readonly #options: UploadStoreOptions
  readonly #uploads = new Map<string, LiveUpload>()
  readonly #inTurn = createExclusive()
  readonly #toldAt = new WeakMap<LiveUpload, number>()
  readonly #toTell = new Map<LiveUpload, NodeJS.Timeout>()
  readonly #unsaved = new Set<LiveUpload>()
  readonly #saving: NodeJS.Timeout
  readonly #sweeping: NodeJS.Timeout
  /** Run packages' heavy work, a few at a time, in the order they came: reading does not wait for slow registries. */
  readonly run: Readonly<Record<'read' | 'publish', <T>(work: () => Promise<T>) => Promise<T>>>

  private constructor(options: UploadStoreOptions) {
    this.#options = options
    this.settings = options.settings
    this.limits = { ...UPLOAD_LIMITS, ...options.limits }
    const { parallel } = this.limits
    this.run = { read: createLimiter(parallel), publish: createLimiter(parallel) }
    this.#saving = setInterval(() => void this.#saveUnsaved(), SAVE_AGAIN_MS).unref()
    this.#sweeping = setInterval(() => void this.sweep(), SWEEP_MS).unref()
  }

  /** Opens what an earlier process left; folders without a sound record go. @throws the file system's errors */
  static async open(options: UploadStoreOptions): Promise<UploadStore> {
    const store = new UploadStore(options)
    const names = await readdir(options.dir).catch(() => [])
    for (const name of names.filter((one) => UPLOAD_ID.test(one))) await store.#load(name)
    await store.sweep()
    return store
  }

  async #load(id: string): Promise<void> {
    const text = await readFile(join(this.#options.dir, id, RECORD), 'utf8').catch(() => '')
    const record = parseUploadRecord(text)
    if (record?.id !== id) return rm(join(this.#options.dir, id), { recursive: true, force: true })
    // What was being published is done again by whoever publishes it again: that changes nothing twice.
    if (record.state === 'publishing') {
      record.state = 'inspected'
      record.steps = record.steps.map((step) => (step.state === 'running' ? { ...step, ...CUT_OFF } : step))
    }
    const upload: LiveUpload = {
      record,
      received: record.size,
      progress: null,
      work: null,
      idle: Promise.resolve(),
    }
    if (record.state === 'uploading' || record.state === 'reading')
      upload.received = await stat(this.path(upload, PACKAGE)).then(
        ({ size }) => Math.min(size, record.size),
        () => 0,
      )
    if (record.state === 'reading') record.state = 'uploading'
    this.#uploads.set(id, upload)
    // Its process was killed before it could.
    if (isEnded(record.state)) await this.#strip(upload)
    if (record.state === 'inspected') await this.dropPackage(upload)
  }

  /** All of them, newest first. */
  list(): LiveUpload[] {
    return [...this.#uploads.values()].sort((a, b) => (a.record.createdAt < b.record.createdAt ? 1 : -1))
  }

  get(id: string): LiveUpload | undefined {
    return this.#uploads.get(id)
  }

  newId(): string {
    return randomBytes(16).toString('hex')
  }

  now(): number {
    return this.#options.now?.() ?? Date.now()
  }

  folder({ record }: LiveUpload): string {
    return join(this.#options.dir, record.id)
  }

  path(upload: LiveUpload, file: string = PACKAGE): string {
    return join(this.folder(upload), file)
  }

  /** Bytes that may be taken now: what others announced counts as taken. */
  async freeBytes(): Promise<number> {
    await mkdir(this.#options.dir, { recursive: true })
    const { bavail, bsize } = await statfs(this.#options.dir)
    const announced = this.list()
      .filter(({ record }) => record.state === 'uploading')
      .reduce((sum, { record, received }) => sum + record.size - received, 0)
    return bavail * bsize - announced - this.limits.spareBytes
  }

  /** Lets uploads in one after the other. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    return this.#inTurn('', work)
  }

  /**
   * @param files what lies beside its package, by name
   * @throws the file system's errors; nothing of it is left then
   */
  async add(record: UploadRecord, files: Readonly<Record<string, Uint8Array>>): Promise<LiveUpload> {
    const upload: LiveUpload = { record, received: 0, progress: null, work: null, idle: Promise.resolve() }
    this.#uploads.set(record.id, upload)
    try {
      await mkdir(this.folder(upload), { recursive: true, mode: 0o700 })
      for (const [name, bytes] of Object.entries(files))
        await writeFile(this.path(upload, name), bytes, { mode: 0o600 })
      await this.#save(upload)
    } catch (error) {
      this.#uploads.delete(record.id)
      await rm(this.folder(upload), { recursive: true, force: true })
      throw error
    }
    this.#options.tell(upload, true)
    return upload
  }

  /**
   * Notes what happened, on disk too, and tells it. Where the disk does not take it, what is known here counts, and it
   * is written later: it has happened all the same.
   */
  async change(upload: LiveUpload, change: Partial<UploadRecord>): Promise<void> {
    Object.assign(upload.record, change, { changedAt: new Date(this.now()).toISOString() })
    try {
      await this.#save(upload)
      this.#unsaved.delete(upload)
    } catch (error) {
      if (!isSystemError(error)) throw error
      if (!this.#unsaved.has(upload)) this.#options.onUnsaved?.(upload, error)
      this.#unsaved.add(upload)
    }
    this.#tell(upload, true)
  }

  /** Tells how far something is: not more often than anybody can see, and never without the last of it. */
  progress(upload: LiveUpload, progress: UploadProgress | null): void {
    upload.progress = progress
    if (this.#toTell.has(upload)) return
    const waitMs = (this.#toldAt.get(upload) ?? 0) + TELL_EVERY_MS - performance.now()
    if (waitMs <= 0) return this.#tell(upload, false)
    const later = setTimeout(() => this.#tell(upload, false), waitMs)
    this.#toTell.set(upload, later.unref())
  }

  #tell(upload: LiveUpload, isNews: boolean): void {
    clearTimeout(this.#toTell.get(upload))
    this.#toTell.delete(upload)
    this.#toldAt.set(upload, performance.now())
    this.#options.tell(upload, isNews)
  }

  /** Tells at once how an upload stands, without noting it on disk. */
  tell(upload: LiveUpload): void {
    this.#options.tell(upload, false)
  }

  async #save(upload: LiveUpload): Promise<void> {
    await this.#inTurn(upload.record.id, async () => {
      if (!this.#uploads.has(upload.record.id)) return
      await this.#write(upload, RECORD, JSON.stringify(upload.record))
    })
  }

  async #saveUnsaved(): Promise<void> {
    for (const upload of this.#unsaved)
      await this.#save(upload).then(
        () => this.#unsaved.delete(upload),
        () => undefined,
      )
  }

  /** Whole or not at all. */
  async #write(upload: LiveUpload, name: string, text: string): Promise<void> {
    const file = this.path(upload, name)
    try {
      await writeFile(`${file}.new`, text, { mode: 0o600 })
      await rename(`${file}.new`, file)
    } catch (error) {
      await rm(`${file}.new`, { force: true }).catch(() => undefined)
      throw error
    }
  }

  /** @throws the file system's errors */
  keepContents(upload: LiveUpload, contents: PackageContents): Promise<void> {
    return this.#write(upload, CONTENTS, JSON.stringify(contents))
  }

  /** The package was read, and that is noted: it is not needed any more. */
  dropPackage(upload: LiveUpload): Promise<void> {
    return rm(this.path(upload), { force: true })
  }

  /** What reading the package found; undefined when it is not kept. */
  async contents(upload: LiveUpload): Promise<PackageContents | undefined> {
    const text = await readFile(this.path(upload, CONTENTS), 'utf8').catch(() => undefined)
    return text === undefined ? undefined : (JSON.parse(text) as PackageContents)
  }

  /** The file beside the package; undefined when there is none. */
  async sidecar(upload: LiveUpload, file: string): Promise<Buffer | undefined> {
    return readFile(this.path(upload, file)).catch(() => undefined)
  }

  /** Ends an upload: its record stays, everything else goes. */
  async end(upload: LiveUpload, change: Partial<UploadRecord>): Promise<void> {
    upload.progress = null
    const endedAt = new Date(this.now()).toISOString()
    await this.change(upload, { ...change, endedAt, hasBlobs: false })
    await this.#strip(upload)
    // What went may have made the room that its record needs.
    if (this.#unsaved.has(upload)) await this.#saveUnsaved()
    await this.#forgetOldest()
  }

  async #strip(upload: LiveUpload): Promise<void> {
    const names = await readdir(this.folder(upload)).catch(() => [])
    for (const name of names.filter((one) => one !== RECORD))
      await rm(this.path(upload, name), { recursive: true, force: true, maxRetries: 3 })
  }

  /** Throws away what nobody went on with for long. */
  async sweep(): Promise<void> {
    for (const upload of this.list()) {
      const { state, changedAt } = upload.record
      const isOld = this.now() - Date.parse(changedAt) > this.limits.keptMs
      if (!isEnded(state) && upload.work === null && isOld) await this.end(upload, { state: 'cancelled' })
    }
    await this.#forgetOldest()
  }

  async #forgetOldest(): Promise<void> {
    const ended = this.list().filter(({ record }) => isEnded(record.state))
    for (const upload of ended.slice(this.limits.history)) {
      this.#uploads.delete(upload.record.id)
      await rm(this.folder(upload), { recursive: true, force: true })
    }
  }

  /** Ends all work; records stay as they are. */
  async close(): Promise<void> {
    clearInterval(this.#sweeping)
    clearInterval(this.#saving)
    for (const timer of this.#toTell.values()) clearTimeout(timer)
    const uploads = this.list()
    for (const { work } of uploads) work?.abort(new Error('the console ends'))
    await Promise.allSettled(uploads.map(({ idle }) => idle))
    await this.#saveUnsaved()
  }
}

/** An upload as its reader sees it. @param caller who reads */
export function uploadView({ record, received, progress }: LiveUpload, caller: string): UploadView {
  const { id, by, fileName, size, lastModified, createdAt, endedAt, state, steps } = record
  const { plugin, version, verification, changed, warnings } = record
  const told = { plugin, version, verification, changed, warnings, steps: [...steps] }
  const what = { id, fileName, size, lastModified, received, state, progress }
  return { ...what, ...told, by, isMine: by === caller, createdAt, endedAt }
}
