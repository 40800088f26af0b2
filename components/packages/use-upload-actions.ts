'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { apiSend } from '#lib/browser/api.ts'
import { API } from '#lib/browser/api-paths.ts'
import type { UploadView } from '#lib/contract/upload.ts'
import { sendPart } from './send-part.ts'

/** Nothing: the part that has a whole package read again. */
const EMPTY = new Blob([])

/** What a reader can do with an upload that the console has. */
export function useUploadActions(upload: string) {
  const queryClient = useQueryClient()
  // Not what was answered: live events may have told later things already.
  const onSettled = () => queryClient.invalidateQueries({ queryKey: ['packages'] })
  const publish = useMutation({
    mutationFn: (replace: boolean) =>
      apiSend<UploadView>('POST', `${API.upload(upload)}/publish`, { replace }),
    onSettled,
  })
  const discard = useMutation({
    mutationFn: () => apiSend<UploadView>('DELETE', API.upload(upload)),
    onSettled,
  })
  const readAgain = useMutation({
    mutationFn: (size: number) =>
      sendPart(upload, EMPTY, size, { signal: new AbortController().signal, onProgress: () => undefined }),
    onSettled,
  })
  return { publish, discard, readAgain }
}
