import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

const PREFIX = 'package-'

/**
 * Gives `work` an empty folder of its own below `parent` and removes it afterwards, however that ends. Nobody else may look
 * into it, so `parent` can be one that everybody writes to, such as /tmp.
 * @param prefix that its name begins with
 * @throws what `work` throws; the file system's errors
 */
export async function withPackageFolder<T>(
  parent: string,
  work: (dir: string) => Promise<T>,
  prefix = PREFIX,
): Promise<T> {
  await mkdir(parent, { recursive: true })
  const dir = await mkdtemp(join(parent, prefix))
  try {
    return await work(dir)
  } finally {
    await rm(dir, { recursive: true, force: true, maxRetries: 3 })
  }
}

/**
 * Removes the folders that killed processes left below `parent`.
 * @param olderThanMs younger ones may be in use by somebody else
 * @param prefix that their names begin with
 * @returns how many were removed; never rejects
 */
export async function sweepPackageFolders(
  parent: string,
  olderThanMs: number,
  prefix = PREFIX,
): Promise<number> {
  const names = await readdir(parent).catch(() => [])
  let removed = 0
  for (const name of names.filter((one) => one.startsWith(prefix))) {
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
