import { isEnded, UPLOAD_STATES, type UploadView } from '#lib/contract/upload.ts'
import type { ServiceContext } from '../context.ts'
import { ownUpload } from './require-upload.ts'
import { uploadView } from './upload-store.ts'

/**
 * Cancels an upload, whatever is being done about it, and throws away what it brought. One that is over stays as it is.
 * Artifacts that were pushed stay in the registry: publishing again goes on from there.
 * @throws NotFoundError, ForbiddenError
 */
export async function discardUpload(ctx: ServiceContext, input: { upload: string }): Promise<UploadView> {
  const { uploads, caller } = ctx
  const upload = ownUpload(ctx, input.upload, UPLOAD_STATES)
  upload.work?.abort(new DOMException('cancelled', 'AbortError'))
  await upload.idle
  if (!isEnded(upload.record.state)) await uploads.end(upload, { state: 'cancelled' })
  return uploadView(upload, caller.name)
}
