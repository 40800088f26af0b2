import { link, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { StartupError } from '#lib/server/startup-error.ts'

/** Stands in every data folder of ours: without it, a folder is a stranger's. */
const MARKER = 'plugin-marketplace-console'
const LOCK = 'lock'

/**
 * Takes a data folder for this process, making or emptying it as asked.
 * @returns the way to give it back
 * @throws StartupError when it is somebody else's, in use, or can't be written
 */
export async function openDataDir(path: string, fresh: boolean): Promise<() => Promise<void>> {
  try {
    await mkdir(path, { recursive: true })
    const entries = await readdir(path)
    if (entries.length > 0 && !entries.includes(MARKER))
      throw new StartupError(
        `${path} holds files but is no data folder of this console; choose another with --data`,
      )
    await writeFile(join(path, MARKER), 'Data of the embedded platform of the plugin marketplace console.\n')
    const unlock = await lock(path)
    if (fresh)
      for (const entry of entries)
        if (entry !== MARKER && entry !== LOCK) await rm(join(path, entry), { recursive: true, force: true })
    return unlock
  } catch (error) {
    if (error instanceof StartupError) throw error
    throw new StartupError(`${path} can't be used for data: ${(error as Error).message}`)
  }
}

async function lock(path: string): Promise<() => Promise<void>> {
  const file = join(path, LOCK)
  const draft = `${file}.${process.pid}`
  const self = `${process.pid} ${await startTimeOf(process.pid)}`
  for (;;) {
    try {
      // A link appears with its content or not at all: nobody ever reads a lock half-written.
      await writeFile(draft, self)
      await link(draft, file)
      return () => rm(file, { force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    } finally {
      await rm(draft, { force: true })
    }
    const holder = await readFile(file, 'utf8').catch(() => '')
    const [pid = '', startTime = ''] = holder.split(' ')
    if (/^\d+$/.test(pid) && (await startTimeOf(Number(pid))) === startTime)
      throw new StartupError(`${path} is in use by another npm start (process ${pid})`)
    await rm(file, { force: true })
  }
}

/** Tells a process from a later one with the same id; empty when it is gone. Only Linux says when it began. */
async function startTimeOf(pid: number): Promise<string> {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return ''
  }
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? 'running'
}
