import { createReadStream } from 'node:fs'
import { mkdir, open, writeFile } from 'node:fs/promises'
import { dirname, join, posix } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { extract } from 'tar-stream'
import { safeEntryPath } from '#lib/packages/entry-path.ts'
import { DEFAULT_LIMITS } from '#lib/packages/package-limits.ts'

/**
 * Unpacks the files of an image archive (tar, also gzipped). Links are not made: older `docker save` writes a layer that
 * occurs twice as a link, which is told instead.
 * @param target an empty folder; nothing is written outside
 * @returns what links lead to, both as paths in the archive
 * @throws PackageError for a path that leads outside; the errors of tar and gzip
 */
export async function unpackArchive(
  file: string,
  target: string,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const links = new Map<string, string>()
  let entries = 0
  let bytes = 0
  const tar = extract()
  const source = createReadStream(file)
  const pumping = (await isGzip(file))
    ? pipeline(source, createGunzip(), tar, { signal })
    : pipeline(source, tar, { signal })
  // A failure of the pipeline reaches the loop below, too.
  pumping.catch(() => undefined)
  for await (const entry of tar) {
    const { name, type, linkname } = entry.header
    const path = safeEntryPath(name, DEFAULT_LIMITS)
    entries += 1
    bytes += entry.header.size ?? 0
    if (entries > DEFAULT_LIMITS.entries || bytes > DEFAULT_LIMITS.unpackedBytes)
      throw new Error(`${file} holds more than an image archive can`)
    if (type === 'file' && path !== '') {
      const place = join(target, path)
      await mkdir(dirname(place), { recursive: true })
      await writeFile(place, entry as object as AsyncIterable<Uint8Array>, { flag: 'wx' })
    } else if ((type === 'symlink' || type === 'link') && typeof linkname === 'string')
      links.set(path, type === 'link' ? linkname : posix.join(posix.dirname(path), linkname))
    entry.resume()
  }
  await pumping
  return links
}

/** Whether a file begins as gzip does. */
export async function isGzip(file: string): Promise<boolean> {
  await using handle = await open(file)
  const { bytesRead, buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0)
  return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b
}
