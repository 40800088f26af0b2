import { open } from 'node:fs/promises'
import type { UploadView } from '#lib/contract/upload.ts'
import type { ServiceContext } from '../context.ts'
import { ConflictError, NoSpaceError, TooLargeError } from '../service-error.ts'
import { isNoSpace } from './disk-error.ts'
import { readUpload } from './read-upload.ts'
import { untilAborted } from './until-aborted.ts'
import { ownUpload } from './require-upload.ts'
import { failSteps, setStep } from './upload-steps.ts'
import { uploadView, type LiveUpload } from './upload-store.ts'

export interface PartInput {
  upload: string
  /** Where in the file the part begins: what the console has already, no more and no less. */
  offset: number
  body: AsyncIterable<Uint8Array>
}

/**
 * Takes the next part of a package. What arrived of a part that is cut off stays. Whoever comes later with the right
 * offset takes over from a sender of whom the console does not know yet that it is gone. The last part has it read; an
 * empty one at the end has it read again.
 * @throws NotFoundError, ForbiddenError, ConflictError for another offset, TooLargeError for more than was announced,
 *   NoSpaceError
 */
export async function receivePart(ctx: ServiceContext, input: PartInput): Promise<UploadView> {
  const upload = ownUpload(ctx, input.upload, ['uploading'])
  const before = upload.idle
  upload.work?.abort(new ConflictError('Somebody else goes on with this upload'))
  const abort = new AbortController()
  const done = Promise.withResolvers<void>()
  upload.work = abort
  upload.idle = done.promise
  try {
    await before
    if (upload.received !== input.offset)
      throw new ConflictError(`The console has ${upload.received} bytes of it, not ${input.offset}`)
    await append(ctx, upload, input.body, AbortSignal.any([ctx.signal, abort.signal]))
  } finally {
    if (upload.work === abort) upload.work = null
    done.resolve()
  }
  // Nobody else may have taken over, or cancelled it.
  if (upload.received === upload.record.size && upload.work === null && upload.record.state === 'uploading')
    await readUpload(ctx, upload)
  return uploadView(upload, ctx.caller.name)
}

async function append(
  { uploads }: ServiceContext,
  upload: LiveUpload,
  body: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): Promise<void> {
  const { size } = upload.record
  const file = await open(uploads.path(upload), upload.received === 0 ? 'w' : 'r+', 0o600)
  try {
    // Behind what counts there may be the rest of a write that failed.
    await file.truncate(upload.received)
    await begun(uploads, upload)
    for await (const chunk of untilAborted(body, signal)) {
      if (upload.received + chunk.length > size)
        throw new TooLargeError(`More than the ${size} bytes that were announced`)
      for (let at = 0; at < chunk.length;)
        at += (await file.write(chunk, at, chunk.length - at, upload.received + at)).bytesWritten
      upload.received += chunk.length
      setStep(upload, 'receive', received(upload, 'running'))
      uploads.progress(upload, { artifact: '', doneBytes: upload.received, totalBytes: size })
    }
  } catch (error) {
    if (!isNoSpace(error)) throw error
    failSteps(upload, error)
    uploads.progress(upload, null)
    const message = `The ${upload.received} bytes that arrived are kept`
    throw new NoSpaceError(message, { retryAfterMs: 60_000, cause: error })
  } finally {
    await file.close()
  }
}

/** Every part is a sign of life. */
function begun(uploads: ServiceContext['uploads'], upload: LiveUpload): Promise<void> {
  setStep(upload, 'receive', received(upload, 'running'))
  return uploads.change(upload, {})
}

/** The step that says how much is there. */
export function received({ received: size }: LiveUpload, state: 'running' | 'done') {
  const verdict = { code: 'received' as const, params: { size: String(size) } }
  return { state, detail: `${size} bytes`, verdict }
}
