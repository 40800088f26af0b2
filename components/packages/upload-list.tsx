'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Section } from '#components/ui/section.tsx'
import { packagesQuery } from '#lib/browser/queries/packages.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import { browserUploads } from './browser-uploads.ts'
import { UploadItem } from './upload-item.tsx'
import { isActive } from './upload-queue.ts'
import type { Upload } from './upload-queue.ts'

/** Says aloud what ended, and has the list below read again. */
function useEnded(uploads: readonly Upload[]): string {
  const { packages: texts } = useMessages()
  const queryClient = useQueryClient()
  const before = useRef<ReadonlyMap<string, Upload['state']>>(new Map())
  const [spoken, setSpoken] = useState('')
  useEffect(() => {
    const ended = uploads.filter(
      (upload) =>
        before.current.get(upload.id) !== upload.state &&
        (upload.state === 'done' || upload.state === 'failed'),
    )
    before.current = new Map(uploads.map((upload) => [upload.id, upload.state]))
    const last = ended.at(-1)
    if (last === undefined) return
    const words = last.state === 'done' ? texts.announceDone : texts.announceFailed
    setSpoken(words({ file: last.file.name }))
    void queryClient.invalidateQueries({ queryKey: packagesQuery.queryKey })
  }, [uploads, texts, queryClient])
  return spoken
}

interface UploadListProps {
  uploads: readonly Upload[]
  maxBytes: number | null
}

/** The uploads of this tab, newest last; what ended stays until it is taken away. */
export function UploadList({ uploads, maxBytes }: UploadListProps): ReactNode {
  const { packages: texts } = useMessages()
  const spoken = useEnded(uploads)
  return (
    <>
      <output className="sr-only">{spoken}</output>
      {uploads.length > 0 && (
        <Section
          title={texts.queue}
          action={
            uploads.some((upload) => !isActive(upload)) && (
              <Button
                size="sm"
                variant="ghost"
                onClick={() => {
                  browserUploads.clearFinished()
                }}
              >
                {texts.clearFinished}
              </Button>
            )
          }
        >
          <ul className="divide-y rounded-md border bg-surface">
            {uploads.map((upload) => (
              <UploadItem key={upload.id} upload={upload} maxBytes={maxBytes} />
            ))}
          </ul>
        </Section>
      )}
    </>
  )
}
