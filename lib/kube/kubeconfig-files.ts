import { watch } from 'node:fs'
import type { FSWatcher } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { sleep } from './clock.ts'
import type { Timing } from './cluster-source.ts'
import { createListeners } from './listeners.ts'

/** A file as it was last read. */
export interface FoundFile {
  readonly path: string
  /** Undefined when it can't be read, for the reason in `trouble`. */
  readonly text: string | undefined
  readonly trouble: string
}

export interface FolderState {
  readonly files: readonly FoundFile[]
  /** Why a folder can't be read now; what it had stays. Null when all is well. */
  readonly trouble: string | null
}

export interface KubeconfigFiles {
  readonly state: FolderState
  /** Called when files came, went or changed, or a folder got in or out of trouble. */
  onChange(listener: () => void): () => void
  /** Resolves once all was read the first time. */
  ready(): Promise<void>
  stop(): void
}

/** Folders on a network tell of no changes, so everybody is asked. Milliseconds. */
const POLL_MS = 5000
/** How long after a change a file is looked at. Milliseconds. */
const SETTLE_MS = 200
/** A kubeconfig is some kilobytes. */
const LARGEST_BYTES = 1024 * 1024
/** What lies beside kubeconfigs: certificates, keys, notes, what editors leave behind. */
const OTHERS = /^\.|~$|\.(?:md|txt|crt|cer|pem|key|pub|token|bak|orig|sw[a-z]|tmp|lock|sh|zip|gz)$/i

/**
 * Follows files and folders of files: told by the system where it can, asked every five seconds anyway.
 * @param paths of files and folders, absolute
 */
export function watchKubeconfigFiles(paths: readonly string[], { clock, random }: Timing): KubeconfigFiles {
  const listeners = createListeners<undefined>()
  const stopping = new AbortController()
  const settled = Promise.withResolvers<undefined>()
  const watchers = new Map<string, FSWatcher>()
  const folders = new Set<string>()
  let state: FolderState = { files: [], trouble: null }
  let asleep = new AbortController()

  async function scan(): Promise<void> {
    const found: FoundFile[] = []
    const troubles: string[] = []
    for (const path of paths) {
      const listed = await filesAt(path, folders)
      if (Array.isArray(listed)) {
        for (const file of listed) found.push(await read(file))
        listen(path)
      } else {
        troubles.push(`${path}: ${listed.trouble}`)
        found.push(...state.files.filter((file) => file.path.startsWith(join(path, '/'))))
      }
    }
    if (stopping.signal.aborted) return
    const next: FolderState = { files: found, trouble: troubles.length === 0 ? null : troubles.join('; ') }
    const isNews = JSON.stringify(next) !== JSON.stringify(state)
    state = next
    settled.resolve(undefined)
    if (isNews) listeners.tell(undefined)
  }

  function listen(path: string): void {
    if (watchers.has(path)) return
    try {
      const watcher = watch(path, { persistent: false }, () => asleep.abort())
      watchers.set(path, watcher)
      watcher.on('error', () => {
        watcher.close()
        watchers.delete(path)
      })
    } catch {
      // Then the poll alone has to do.
    }
  }

  async function follow(): Promise<void> {
    while (!stopping.signal.aborted) {
      asleep = new AbortController()
      const { signal } = asleep
      await scan()
      if (!stopping.signal.aborted) await sleep(clock, POLL_MS * (0.9 + 0.2 * random()), signal)
      // A file that is being written is whole a moment later, and a busy folder is not read back to back.
      if (signal.aborted) await sleep(clock, SETTLE_MS, stopping.signal)
    }
  }

  void follow()

  return {
    get state() {
      return state
    },
    onChange: (listener) => listeners.add(() => listener()),
    ready: () => settled.promise,
    stop() {
      stopping.abort()
      asleep.abort()
      for (const watcher of watchers.values()) watcher.close()
    },
  }
}

/** The files that count at a path: itself, there or not, or those of a folder, by name. */
async function filesAt(path: string, folders: Set<string>): Promise<string[] | { trouble: string }> {
  try {
    if (!(await stat(path)).isDirectory()) return [path]
    folders.add(path)
    const names = (await readdir(path)).filter((name) => !OTHERS.test(name)).sort()
    const files = names.map((name) => join(path, name))
    const kinds = await Promise.all(files.map((file) => stat(file).catch(() => undefined)))
    return files.filter((_, index) => kinds[index]?.isDirectory() !== true)
  } catch (error) {
    return folders.has(path) ? { trouble: codeText(error) } : [path]
  }
}

async function read(path: string): Promise<FoundFile> {
  try {
    const { size } = await stat(path)
    if (size > LARGEST_BYTES) return { path, text: undefined, trouble: 'too large for a kubeconfig' }
    return { path, text: await readFile(path, 'utf8'), trouble: '' }
  } catch (error) {
    return { path, text: undefined, trouble: codeText(error) }
  }
}

function codeText(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException
  return code === 'ENOENT' ? 'no such file' : `can't be read (${code ?? 'unknown error'})`
}
