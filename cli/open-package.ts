import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { PackageContents } from '#lib/packages/package-contents.ts'
import { readPackage, type ReadPackageOptions } from '#lib/packages/read-package.ts'
import type { PackageVerifier } from '#lib/packages/verify/verify-package.ts'
import { counted, startProgress } from './progress.ts'
import type { Terminal } from './terminal.ts'
import { UsageError } from './usage-error.ts'

const PACKAGE = /\.(?:tgz|tar\.gz)$/i

/**
 * Reads a package file, with progress.
 * @param verifier is told every byte
 * @throws PackageError whatever is wrong with it; the file system's own errors
 */
export async function openPackage(
  file: string,
  {
    terminal,
    verifier,
    ...options
  }: ReadPackageOptions & { terminal: Terminal; verifier?: PackageVerifier | undefined },
): Promise<PackageContents> {
  const { size } = await stat(file)
  const progress = startProgress(terminal, `Reading ${basename(file)}`)
  try {
    const source = counted(createReadStream(file), size, progress)
    return await readPackage(verifier === undefined ? source : verifier.through(source), options)
  } finally {
    progress.end()
  }
}

/**
 * The package files that a path means: itself, or all in a folder, by name.
 * @throws UsageError when a folder holds none; the file system's own errors
 */
export async function packageFiles(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path]
  const names = (await readdir(path, { withFileTypes: true }))
    .filter((entry) => entry.isFile() && PACKAGE.test(entry.name))
    .map(({ name }) => join(path, name))
    .sort()
  if (names.length === 0) throw new UsageError(`${path} holds no package (.tgz).`)
  return names
}
