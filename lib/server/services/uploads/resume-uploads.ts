import type { ServiceContext } from '../context.ts'
import { readUpload } from './read-upload.ts'

/** Goes on reading the caller's packages that had arrived whole when an earlier process ended. */
export async function resumeUploads(ctx: ServiceContext): Promise<void> {
  for (const upload of ctx.uploads.list()) {
    const { by, state, size } = upload.record
    if (by !== ctx.caller.name || state !== 'uploading' || upload.received < size) continue
    await readUpload(ctx, upload)
  }
}
