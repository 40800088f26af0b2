import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { pack } from 'tar-stream'

const EPOCH = new Date(0)
/** Byte of the gzip header that tells the operating system; 255 is "unknown". */
const OS_BYTE = 9
/** What a package may hold at its top; anything else is left out and said. */
const PARTS = new Set(['res', 'setup.sh'])

export interface PackedFolder {
  /** Hex SHA-256 of the file. */
  sha256: string
  /** Bytes of the file. */
  size: number
  /** Names at the top of the folder that are no part of a package. */
  leftOut: string[]
}

interface FileInside {
  path: string
  file: string
  size: number
}

/**
 * Packs a package's folder into a `.tgz`, streaming. The same files give the same bytes, everywhere.
 * @param onBytes told how many bytes have been packed, of how many
 * @throws Error for anything that is neither a file nor a folder; the file system's own errors
 */
export async function packFolder(
  folder: string,
  target: string,
  { signal, onBytes }: { signal: AbortSignal; onBytes?: (done: number, total: number) => void },
): Promise<PackedFolder> {
  const { files, leftOut } = await filesOf(folder)
  const total = files.reduce((sum, { size }) => sum + size, 0)
  const hash = createHash('sha256')
  let size = 0
  const tar = pack()
  const filling = fill(tar, files, (done) => onBytes?.(done, total)).catch((error: unknown) =>
    tar.destroy(error instanceof Error ? error : new Error('packing failed')),
  )
  await pipeline(
    tar,
    createGzip({ level: 6 }),
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        if (size <= OS_BYTE && size + chunk.length > OS_BYTE) chunk[OS_BYTE - size] = 255
        size += chunk.length
        hash.update(chunk)
        yield chunk
      }
    },
    createWriteStream(target, { flags: 'wx' }),
    { signal },
  )
  await filling
  return { sha256: hash.digest('hex'), size, leftOut }
}

async function fill(
  tar: ReturnType<typeof pack>,
  files: readonly FileInside[],
  onBytes: (done: number) => void,
): Promise<void> {
  let done = 0
  for (const { path, file, size } of files) {
    const mode = path.endsWith('.sh') ? 0o755 : 0o644
    const entry = tar.entry({ name: path, size, mode, mtime: EPOCH, uid: 0, gid: 0 })
    await pipeline(
      createReadStream(file),
      async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          done += chunk.length
          onBytes(done)
          yield chunk
        }
      },
      entry,
    )
  }
  tar.finalize()
}

/** Files by path in the package, in the order of their paths. */
async function filesOf(folder: string): Promise<{ files: FileInside[]; leftOut: string[] }> {
  const files: FileInside[] = []
  const leftOut = new Set<string>()
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name)
    const path = relative(folder, file).split(sep).join('/')
    const [top = ''] = path.split('/', 1)
    if (!PARTS.has(top)) leftOut.add(top)
    else if (entry.isFile()) files.push({ path, file, size: (await stat(file)).size })
    else if (!entry.isDirectory())
      throw new Error(`${file} is neither a file nor a folder: a package has no links`)
  }
  return { files: files.sort((a, b) => (a.path < b.path ? -1 : 1)), leftOut: [...leftOut].sort() }
}
