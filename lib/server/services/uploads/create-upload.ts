import { isEnded, type UploadRequest, type UploadView } from '#lib/contract/upload.ts'
import type { ServiceContext } from '../context.ts'
import { InvalidError, NoSpaceError, TooLargeError, UnavailableError } from '../service-error.ts'
import { isNoSpace } from './disk-error.ts'
import { newUploadRecord } from './upload-record.ts'
import { uploadView } from './upload-store.ts'

/** Names of what lies beside a package in its folder. */
export const CHECKSUM_FILE = 'checksum'
export const SIGNATURE_FILE = 'signature'

const NO_ROOM = 'Nothing was begun: this package would not fit'

/**
 * Begins an upload: room for it is looked for before any of its bytes are taken.
 * @throws InvalidError for an empty file; TooLargeError; UnavailableError when there are too many; NoSpaceError
 */
export async function createUpload(ctx: ServiceContext, request: UploadRequest): Promise<UploadView> {
  const { size } = request
  if (size === 0)
    throw new InvalidError('The file is empty', [{ path: 'size', code: 'minimum', detail: 'empty' }])
  const most = ctx.platform.about.maxPackageBytes
  if (size > most) throw new TooLargeError(`A package has at most ${most} bytes`)
  // One after the other: what is promised to one is not free for the next.
  return ctx.uploads.inTurn(() => admit(ctx, request))
}

async function admit({ uploads, caller }: ServiceContext, request: UploadRequest): Promise<UploadView> {
  const { fileName, size, checksum, signature } = request
  const open = uploads.list().filter(({ record }) => !isEnded(record.state))
  if (open.length >= uploads.limits.open)
    throw new UnavailableError(`${open.length} uploads are under way; publish or cancel some first`, {
      retryAfterMs: 10_000,
    })
  if (size > (await uploads.freeBytes())) throw new NoSpaceError(NO_ROOM, { retryAfterMs: 60_000 })
  const record = newUploadRecord(
    {
      id: uploads.newId(),
      by: caller.name,
      fileName,
      size,
      lastModified: request.lastModified ?? null,
    },
    new Date(uploads.now()),
  )
  const files = {
    ...(checksum !== undefined && { [CHECKSUM_FILE]: Buffer.from(checksum) }),
    ...(signature !== undefined && { [SIGNATURE_FILE]: Buffer.from(signature, 'base64') }),
  }
  try {
    return uploadView(await uploads.add(record, files), caller.name)
  } catch (error) {
    throw isNoSpace(error) ? new NoSpaceError(NO_ROOM, { retryAfterMs: 60_000, cause: error }) : error
  }
}
