import type { UploadState } from '#lib/contract/upload.ts'
import type { ServiceContext } from '../context.ts'
import { ConflictError, ForbiddenError, NotFoundError } from '../service-error.ts'
import type { LiveUpload } from './upload-store.ts'

/** @throws NotFoundError for an upload that isn't there */
export function requireUpload(ctx: ServiceContext, id: string): LiveUpload {
  const upload = ctx.uploads.get(id)
  if (upload === undefined) throw new NotFoundError('There is no such upload')
  return upload
}

/**
 * An upload of the caller's own, for what only its maker may do.
 * @param states in which that can be done
 * @throws NotFoundError; ForbiddenError for somebody else's; ConflictError in any other state
 */
export function ownUpload(ctx: ServiceContext, id: string, states: readonly UploadState[]): LiveUpload {
  const upload = requireUpload(ctx, id)
  if (upload.record.by !== ctx.caller.name)
    throw new ForbiddenError('Only who made an upload may go on with it')
  const { state } = upload.record
  if (!states.includes(state)) throw new ConflictError(`The upload is ${state}`)
  return upload
}
