import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { pipeline, Transform } from 'node:stream'
import type { BlobUpload, RegistryClient } from './registry-client.ts'
import { RegistryError } from './registry-error.ts'
import { pause } from './retry.ts'

export interface BlobPush {
  client: RegistryClient
  /** In full, prefix included. */
  repository: string
  digest: string
  /** The blob's file and its length in bytes. */
  path: string
  size: number
  /** Repository of the same registry that has the blob. */
  mountFrom?: string | undefined
  /** Bytes that one request sends at most. */
  chunkBytes: number
  signal?: AbortSignal | undefined
  /** Told how many bytes of the blob have been sent; less than before when some were lost. */
  onSent?: ((bytes: number) => void) | undefined
}

/** Up to here a blob is held in memory and goes with the request that ends the upload. */
const SMALL_BYTES = 1024 * 1024
const READ_BYTES = 512 * 1024

/**
 * Uploads one blob that the repository lacks: mounted from another where that works, else sent in chunks. What a cut
 * connection lost is sent again, from where the registry says; from the start where it forgot the upload, as Docker's
 * own registry does when a chunk is torn.
 * @throws RegistryError; the signal's reason
 */
export async function pushBlob(push: BlobPush): Promise<'mounted' | 'sent'> {
  const { client, repository, digest, mountFrom } = push
  let mount = mountFrom === undefined ? undefined : { digest, from: mountFrom }
  for (let uploads = 1; ; uploads++) {
    const upload = await client.startUpload(repository, mount)
    if (upload === null) return 'mounted'
    mount = undefined
    try {
      await sendAll(push, upload)
      return 'sent'
    } catch (error) {
      push.signal?.throwIfAborted()
      // Its end may have come through, and only the answer not.
      if (isLostUpload(error) && (await client.hasBlob(repository, digest))) return 'sent'
      if (!isLostUpload(error) || uploads >= client.retry.attempts) throw error
      push.onSent?.(0)
      await pause(error, uploads, client.retry, push.signal)
    }
  }
}

/** The registry forgot the upload, or what it holds of it is not what was sent. */
function isLostUpload(error: unknown): error is RegistryError {
  if (!(error instanceof RegistryError)) return false
  return error.isTransient || [400, 404, 410, 416].includes(error.status ?? 0)
}

async function sendAll(push: BlobPush, begun: BlobUpload): Promise<void> {
  const { client, digest, size } = push
  let upload = begun
  if (size > SMALL_BYTES) upload = await sendChunks(push, begun)
  const rest = size > SMALL_BYTES ? Buffer.alloc(0) : await readWhole(push.path)
  await client.finishUpload(upload, digest, rest)
  push.onSent?.(size)
}

async function sendChunks(push: BlobPush, begun: BlobUpload): Promise<BlobUpload> {
  const { client, size, chunkBytes, signal } = push
  let upload = begun
  let offset = 0
  let failures = 0
  while (offset < size) {
    const bytes = Math.min(chunkBytes, size - offset)
    const start = offset
    try {
      upload = await client.sendChunk(upload, { start, bytes, body: () => streamOf(push, start, bytes) })
      offset += bytes
      failures = 0
    } catch (error) {
      signal?.throwIfAborted()
      const mayResume = error instanceof RegistryError && (error.isTransient || error.status === 416)
      if (!mayResume || (failures += 1) >= client.retry.attempts) throw error
      await pause(error, failures, client.retry, signal)
      const known = await client.uploadOffset(upload)
      if (known === null || known.offset > size)
        throw new RegistryError('not-found', 'The registry does not know the upload any more', {
          status: 404,
        })
      if (known.offset > offset) failures = 0
      ;({ upload, offset } = known)
      push.onSent?.(offset)
    }
  }
  return upload
}

function streamOf({ path, onSent }: BlobPush, start: number, bytes: number): Readable {
  const file = createReadStream(path, { start, end: start + bytes - 1, highWaterMark: READ_BYTES })
  if (onSent === undefined) return file
  let sent = start
  const counting = new Transform({
    highWaterMark: READ_BYTES,
    transform(chunk: Buffer, _encoding, done) {
      sent += chunk.length
      onSent(sent)
      done(null, chunk)
    },
  })
  return pipeline(file, counting, () => undefined)
}

async function readWhole(path: string): Promise<Buffer> {
  const file = await open(path)
  try {
    return await file.readFile()
  } finally {
    await file.close()
  }
}
