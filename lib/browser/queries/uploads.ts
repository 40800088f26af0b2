import { queryOptions } from '@tanstack/react-query'
import type { UploadDetail, UploadPage, UploadPlan } from '#lib/contract/upload.ts'
import { apiGet } from '../api.ts'
import { API } from '../api-paths.ts'

/** Uploads on their way, and what became of others. */
export const uploadsQuery = queryOptions({
  queryKey: ['packages', 'uploads'],
  queryFn: ({ signal }) => apiGet<UploadPage>(API.uploads, signal),
})

/** One upload with what its package holds. */
export function uploadQuery(upload: string) {
  return queryOptions({
    queryKey: ['packages', 'upload', upload],
    queryFn: ({ signal }) => apiGet<UploadDetail>(API.upload(upload), signal),
  })
}

/** What publishing it would do now; null when nothing waits to be published. */
export function uploadPlanQuery(upload: string) {
  return queryOptions({
    queryKey: ['packages', 'plan', upload],
    queryFn: ({ signal }) => apiGet<UploadPlan | null>(`${API.upload(upload)}/plan`, signal),
  })
}
