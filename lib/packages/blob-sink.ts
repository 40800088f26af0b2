import { randomUUID } from 'node:crypto'
import { access, mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** Takes the content of one blob while its digest is not checked yet. */
export interface BlobWriter {
  write(chunk: Uint8Array): Promise<void>
  /** The content is what its digest says: it stands under its name from now on. */
  keep(): Promise<void>
  /** The content is not wanted; nothing of it stays. Does nothing after `keep`. */
  discard(): Promise<void>
}

/** Where the blobs of a package go while it is read, so that they can be pushed later. */
export interface BlobSink {
  /** @param hex SHA-256 that the content should have: 64 digits, checked by the caller */
  open(hex: string): Promise<BlobWriter>
}

/** The blobs of one package on disk: `<dir>/blobs/sha256/<hex>`, each complete and with the digest of its name. */
export interface BlobFolder extends BlobSink {
  /** Path of a blob's file. @param digest `sha256:<hex>` */
  path(digest: string): string
  /** @throws the file system's errors */
  read(digest: string): Promise<Buffer>
  has(digest: string): Promise<boolean>
}

const DIGEST = /^sha256:([0-9a-f]{64})$/

/** Makes `dir` a place for blobs. It belongs to the caller, who removes it. */
export async function openBlobFolder(dir: string): Promise<BlobFolder> {
  const folder = join(dir, 'blobs', 'sha256')
  await mkdir(folder, { recursive: true })
  const path = (digest: string): string => {
    const hex = DIGEST.exec(digest)?.[1]
    if (hex === undefined) throw new TypeError('not a sha256 digest')
    return join(folder, hex)
  }
  return {
    path,
    read: (digest) => readFile(path(digest)),
    has: (digest) =>
      access(path(digest)).then(
        () => true,
        () => false,
      ),
    open: (hex) => openWriter(path(`sha256:${hex}`)),
  }
}

async function openWriter(target: string): Promise<BlobWriter> {
  const temporary = `${target}.${randomUUID()}.part`
  const file = await open(temporary, 'wx', 0o600)
  let isOpen = true
  return {
    async write(chunk) {
      for (let at = 0; at < chunk.length;) at += (await file.write(chunk, at)).bytesWritten
    },
    async keep() {
      await file.close()
      isOpen = false
      await rename(temporary, target)
    },
    async discard() {
      if (!isOpen) return
      isOpen = false
      await file.close()
      await rm(temporary, { force: true })
    },
  }
}
