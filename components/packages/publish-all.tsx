'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Button } from '#components/ui/button.tsx'
import { apiSend } from '#lib/browser/api.ts'
import { API } from '#lib/browser/api-paths.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import type { UploadRow } from './upload-rows.ts'
import { isDoubtful } from './verification-words.tsx'

/** Publishes all that wait for it and of which nothing speaks against them; what stands already is never replaced. */
export function PublishAll({ rows }: { rows: readonly UploadRow[] }): ReactNode {
  const { packages: texts } = useMessages()
  const queryClient = useQueryClient()
  const publish = useMutation({
    // Each tells at its own steps what came of it.
    mutationFn: (uploads: readonly string[]) =>
      Promise.allSettled(uploads.map((id) => apiSend('POST', `${API.upload(id)}/publish`, {}))),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['packages'] }),
  })
  const ready = rows
    .filter(({ state, view }) => state === 'inspected' && view !== null && !isDoubtful(view.verification))
    .flatMap(({ view }) => view?.id ?? [])
  if (ready.length < 2) return null
  return (
    <Button
      size="sm"
      busy={publish.isPending}
      onClick={() => {
        publish.mutate(ready)
      }}
    >
      {texts.publishAll({ count: ready.length })}
    </Button>
  )
}
