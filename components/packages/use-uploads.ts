'use client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { QueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { onLiveEvent } from '#lib/browser/live/live-events.ts'
import { uploadQuery, uploadsQuery } from '#lib/browser/queries/uploads.ts'
import type { UploadView } from '#lib/contract/upload.ts'
import { notePace } from './upload-pace.ts'

const NONE: readonly UploadView[] = []

/** Puts what was told of an upload where pages read it. */
function tellUpload(queryClient: QueryClient, told: UploadView): void {
  notePace(queryClient, told, performance.now())
  queryClient.setQueryData(uploadsQuery.queryKey, (page) => {
    if (page === undefined) return undefined
    const isKnown = page.items.some(({ id }) => id === told.id)
    return {
      items: isKnown ? page.items.map((one) => (one.id === told.id ? told : one)) : [told, ...page.items],
    }
  })
  queryClient.setQueryData(uploadQuery(told.id).queryKey, (detail) =>
    detail === undefined ? undefined : { ...detail, ...told },
  )
}

/** Keeps uploads up to date while the page stands. */
export function useLiveUploads(): void {
  const queryClient = useQueryClient()
  useEffect(
    () =>
      onLiveEvent((event) => {
        if (event.type === 'upload') tellUpload(queryClient, event.upload)
      }),
    [queryClient],
  )
}

/** Uploads as the console has them, newest first. */
export function useUploads(): readonly UploadView[] {
  useLiveUploads()
  return useQuery(uploadsQuery).data?.items ?? NONE
}
