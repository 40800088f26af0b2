import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openBlobFolder } from '#lib/packages/blob-sink.ts'
import type { PackageContents } from '#lib/packages/package-contents.ts'
import { readPackage } from '#lib/packages/read-package.ts'

export interface ReadIn {
  contents: PackageContents
  /** Where its blobs are. */
  dir: string
  [Symbol.asyncDispose](): Promise<void>
}

/** Reads a package with its blobs kept in a folder that goes when the result does. */
export async function readInto(bytes: Uint8Array): Promise<ReadIn> {
  const dir = await mkdtemp(join(tmpdir(), 'read-'))
  async function* source() {
    for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536)
  }
  const contents = await readPackage(source(), { blobs: await openBlobFolder(dir) })
  return { contents, dir, [Symbol.asyncDispose]: () => rm(dir, { recursive: true, force: true }) }
}
