import { queryOptions, skipToken } from '@tanstack/react-query'
import type { QueryClient } from '@tanstack/react-query'
import type { UploadView } from '#lib/contract/upload.ts'
import { startRate, updateRate } from './upload-rate.ts'
import type { UploadRate } from './upload-rate.ts'

/** How fast the console pushes an upload's artifacts, by what it told so far; null while it pushes none. */
export function paceQuery(upload: string) {
  return queryOptions<UploadRate | null>({ queryKey: ['upload-pace', upload], queryFn: skipToken })
}

/** Notes how far an upload was when that was told. @param nowMs of `performance.now()` */
export function notePace(
  queryClient: QueryClient,
  { id, state, progress }: Pick<UploadView, 'id' | 'state' | 'progress'>,
  nowMs: number,
): void {
  const done = state === 'publishing' ? progress?.doneBytes : undefined
  queryClient.setQueryData(paceQuery(id).queryKey, (before): UploadRate | null => {
    if (done === undefined) return null
    // What was done before anybody looked says nothing of the pace.
    return before == null ? { ...startRate(nowMs), sent: done } : updateRate(before, done, nowMs)
  })
}
