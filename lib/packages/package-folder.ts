import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

const PREFIX = 'package-'

/**
 * Gives `work` an empty folder of its own below `parent` and removes it afterwards, however that ends.
 * @throws what `work` throws; the file system's errors
 */
export async function withPackageFolder<T>(parent: string, work: (dir: string) => Promise<T>): Promise<T> {
  await mkdir(parent, { recursive: true })
  const dir = await mkdtemp(join(parent, PREFIX))
  try {
    return await work(dir)
  } finally {
    await rm(dir, { recursive: true, force: true, maxRetries: 3 })
  }
}

/**
 * Removes the folders that killed processes left below `parent`.
 * @param olderThanMs younger ones may be in use by somebody else
 * @returns how many were removed; never rejects
 */
export async function sweepPackageFolders(parent: string, olderThanMs: number): Promise<number> {
  const names = await readdir(parent).catch(() => [])
  let removed = 0
  for (const name of names.filter((one) => one.startsWith(PREFIX))) {
    const dir = join(parent, name)
    const changed = await stat(dir).then(
      ({ mtimeMs }) => mtimeMs,
      () => undefined,
    )
    if (changed === undefined || Date.now() - changed < olderThanMs) continue
    // What belongs to somebody else stays.
    removed += await rm(dir, { recursive: true, force: true }).then(
      () => 1,
      () => 0,
    )
  }
  return removed
}
