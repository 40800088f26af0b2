import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { extract } from 'tar-stream'
import { safeEntryPath } from './entry-path.ts'
import { PackageError } from './package-error.ts'
import type { PackageLimits } from './package-limits.ts'

export type ArchiveLimits = Pick<
  PackageLimits,
  'unpackedBytes' | 'ratio' | 'ratioGraceBytes' | 'entries' | 'pathBytes' | 'pathDepth'
>

export interface ArchiveEntry {
  /** Relative, checked, without a leading `./`. */
  path: string
  /** Bytes, as the header tells. */
  size: number
  /** The content, once; what is left of it is skipped. */
  content: AsyncIterable<Uint8Array>
}

export interface ArchiveTotals {
  compressedBytes: number
  unpackedBytes: number
  entries: number
}

/** How a gzip file begins: RFC 1952, 2.3.1. */
const MAGIC = [0x1f, 0x8b]

/** Return value of a visitor that has seen enough of the archive. */
export const STOP = Symbol('stop')

/** Small, so that what is read and let go is collected often: with 256 KiB memory grows by twice as much. */
const CHUNK_BYTES = 32 * 1024

/**
 * Walks the files of a `.tar.gz` in the order they come, holding none of it. Directories are checked and passed over.
 * @throws PackageError whatever is wrong with the file; what `visit` throws; the signal's reason
 */
export async function walkArchive(
  source: AsyncIterable<Uint8Array>,
  limits: ArchiveLimits,
  visit: (entry: ArchiveEntry) => Promise<typeof STOP | void>,
  signal?: AbortSignal,
): Promise<ArchiveTotals> {
  const totals: ArchiveTotals = { compressedBytes: 0, unpackedBytes: 0, entries: 0 }
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES })
  const tar = extract()
  // Who begins to read an entry of an archive that broke meanwhile hears only that it is gone: this says why.
  let broken: unknown
  const closed = new Promise<void>((done) => {
    tar.once('error', (error: unknown) => (broken = error)).once('close', done)
  })
  const ended = new AbortController()
  const pumping = pipeline(
    Readable.from(checkMagic(source, totals), { objectMode: false }),
    gunzip,
    (chunks: AsyncIterable<Uint8Array>) => measure(chunks, totals, limits),
    tar,
    { signal: ended.signal },
  ).then(
    () => undefined,
    (error: unknown) => error,
  )
  const abort = () => {
    ended.abort()
    tar.destroy(new Error('aborted'))
  }
  signal?.addEventListener('abort', abort, { once: true })
  if (signal?.aborted) abort()
  // Depending on how the bytes come, zlib passes over what follows the end of the archive, stops to take it, or looks
  // for one more archive in it.
  const isBehindEnd = (error: unknown) =>
    (hasCode(error, 'ERR_STREAM_PREMATURE_CLOSE') && gunzip.readableEnded) ||
    (hasCode(error, 'Z_DATA_ERROR') && (error as Error).message === 'incorrect header check')
  const reasonOf = (error: unknown) => (isBehindEnd(error) ? goesOn(error) : readableError(error))
  const isDestroyed = (error: unknown) => hasCode(error, 'STREAM_DESTROYED')
  const seen = new Set<string>()
  try {
    for await (const entry of tar) {
      totals.entries += 1
      if (totals.entries > limits.entries)
        throw new PackageError('too-many-entries', `The package has more than ${limits.entries} entries`, {
          limit: limits.entries,
        })
      const { name, type, size } = entry.header
      const path = safeEntryPath(name, limits)
      if (type !== 'file' && (type !== 'directory' || size !== 0))
        throw new PackageError(
          'entry-type',
          `The entry '${path}' is a ${type ?? 'special file'}: only files and folders are allowed`,
          {
            entry: path,
          },
        )
      if (type === 'file') {
        if (path === '' || seen.has(path))
          throw new PackageError('duplicate-entry', `The package holds '${path}' more than once`, {
            entry: path,
          })
        seen.add(path)
        const verdict = await visit({ path, size, content: entry as object as AsyncIterable<Uint8Array> })
        if (verdict === STOP) {
          ended.abort()
          return totals
        }
      }
      entry.resume()
    }
  } catch (error) {
    // The pipeline is not waited for: a source that stalls would keep it from ending.
    ended.abort()
    if (signal?.aborted) throw signal.reason
    if (isDestroyed(error)) await closed
    throw reasonOf(isDestroyed(error) ? (broken ?? error) : error)
  } finally {
    signal?.removeEventListener('abort', abort)
  }
  const failure = await pumping
  if (failure !== undefined) throw signal?.aborted ? signal.reason : reasonOf(failure)
  if (gunzip.bytesWritten < totals.compressedBytes) throw goesOn()
  return totals
}

async function* checkMagic(
  source: AsyncIterable<Uint8Array>,
  totals: ArchiveTotals,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of source) {
    for (let at = 0; totals.compressedBytes + at < MAGIC.length && at < chunk.length; at++)
      if (chunk[at] !== MAGIC[totals.compressedBytes + at])
        throw new PackageError('not-gzip', 'The file is not a gzip archive (.tgz)')
    totals.compressedBytes += chunk.length
    yield chunk
  }
  if (totals.compressedBytes === 0) throw new PackageError('not-gzip', 'The file is empty')
}

async function* measure(
  chunks: AsyncIterable<Uint8Array>,
  totals: ArchiveTotals,
  limits: ArchiveLimits,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    totals.unpackedBytes += chunk.length
    if (totals.unpackedBytes > limits.unpackedBytes)
      throw new PackageError(
        'unpacked-too-large',
        `The package unpacks to more than ${limits.unpackedBytes} bytes`,
        {
          limit: limits.unpackedBytes,
        },
      )
    if (
      totals.unpackedBytes > limits.ratioGraceBytes &&
      totals.unpackedBytes > limits.ratio * totals.compressedBytes
    )
      throw new PackageError(
        'compression-ratio',
        `The package unpacks to more than ${limits.ratio} times its size`,
        {
          limit: limits.ratio,
        },
      )
    yield chunk
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}

function goesOn(cause?: unknown): PackageError {
  return new PackageError(
    'corrupt',
    'The package is damaged: the file goes on after the end of its archive',
    {
      cause,
    },
  )
}

/** Gives zlib's and tar's errors our codes; anything else stays what it is. */
function readableError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof PackageError) return error
  const code = 'code' in error ? error.code : undefined
  if (code === 'Z_BUF_ERROR' || error.message === 'Unexpected end of data')
    return new PackageError('truncated', 'The package ends too early: the file is incomplete', {
      cause: error,
    })
  if (
    (typeof code === 'string' && code.startsWith('Z_')) ||
    /^Invalid (?:tar )?header|^Header exceeds/.test(error.message)
  )
    return new PackageError('corrupt', 'The package is damaged: its archive can not be read', {
      cause: error,
    })
  return error
}
