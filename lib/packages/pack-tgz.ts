import { buffer } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { pack } from 'tar-stream'

const EPOCH = new Date(0)
/** Byte of the gzip header that tells the operating system; 255 is "unknown". */
const OS_BYTE = 9

/** A `.tgz` of `files` by path, in the order of their paths. The same files give the same bytes, everywhere. */
export async function packTgz(files: ReadonlyMap<string, Uint8Array | string>): Promise<Buffer> {
  const tar = pack()
  for (const [name, content] of [...files].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const mode = name.endsWith('.sh') ? 0o755 : 0o644
    tar.entry({ name, mode, mtime: EPOCH, uid: 0, gid: 0 }, Buffer.from(content as Uint8Array))
  }
  tar.finalize()
  const packed = await promisify(gzip)(await buffer(tar), { level: 9 })
  packed[OS_BYTE] = 255
  return packed
}
