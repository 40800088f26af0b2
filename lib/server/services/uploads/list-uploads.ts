import type { UploadPage } from '#lib/contract/upload.ts'
import type { ServiceContext } from '../context.ts'
import { uploadView } from './upload-store.ts'

/** All uploads that are under way or remembered, newest first. */
export function listUploads({ uploads, caller }: ServiceContext): Promise<UploadPage> {
  return Promise.resolve({ items: uploads.list().map((upload) => uploadView(upload, caller.name)) })
}
