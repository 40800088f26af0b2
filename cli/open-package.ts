import { createReadStream, existsSync } from 'node:fs'
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
  const stats = await stat(file)
  if (stats.isDirectory()) throw new UsageError(isFolderText(file))
  const progress = startProgress(terminal, `Reading ${basename(file)}`)
  try {
    const source = counted(createReadStream(file), stats.size, progress)
    return await readPackage(verifier === undefined ? source : verifier.through(source), options)
  } finally {
    progress.end()
  }
}

function isFolderText(folder: string): string {
  return existsSync(join(folder, 'res/resources.yaml'))
    ? `${folder} is a package's folder, which is no package yet: 'violet package ${folder}' makes one of it.`
    : `${folder} is a folder: a package is a file (.tgz).`
}

/**
 * The package files that a path means: itself, or all that are directly in a folder, by name.
 * @throws UsageError when a folder holds none; the file system's own errors
 */
export async function packageFiles(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path]
  const files: string[] = []
  for (const name of (await readdir(path)).filter((one) => PACKAGE.test(one)).sort()) {
    const file = join(path, name)
    // A link that leads nowhere is told when it is read.
    if ((await stat(file).catch(() => undefined))?.isDirectory() !== true) files.push(file)
  }
  if (files.length === 0)
    throw new UsageError(
      existsSync(join(path, 'res/resources.yaml')) ? isFolderText(path) : `${path} holds no package (.tgz).`,
    )
  return files
}
