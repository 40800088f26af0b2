'use client'
import { useEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Section } from '#components/ui/section.tsx'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import { browserUploads } from './browser-uploads.ts'
import { UploadItem } from './upload-item.tsx'
import { isOver } from './upload-rows.ts'
import { PublishAll } from './publish-all.tsx'
import type { UploadRow } from './upload-rows.ts'

/** From here on, what needs no look takes a line or two. */
const MANY = 4

const SPOKEN = ['inspected', 'published', 'unpublished', 'refused'] as const

/** Says aloud what came of an upload. */
function useSpoken(rows: readonly UploadRow[]): string {
  const { packages: texts } = useMessages()
  const before = useRef<ReadonlyMap<string, UploadRow['state']> | null>(null)
  const [spoken, setSpoken] = useState('')
  useEffect(() => {
    const known = before.current
    before.current = new Map(rows.map(({ key, state }) => [key, state]))
    // What stood when the page opened is no news.
    if (known === null) return
    for (const { key, state, fileName } of rows) {
      const word = SPOKEN.find((one) => one === state)
      if (word !== undefined && known.get(key) !== state) setSpoken(texts.announce[word]({ file: fileName }))
    }
  }, [rows, texts])
  return spoken
}

interface UploadListProps {
  rows: readonly UploadRow[]
  maxBytes: number | null
}

/** Uploads on their way, newest last; what ended stays until it is taken away. */
export function UploadList({ rows, maxBytes }: UploadListProps): ReactNode {
  const { packages: texts } = useMessages()
  const spoken = useSpoken(rows)
  const over = rows.filter(isOver).flatMap(({ local }) => local?.key ?? [])
  return (
    <>
      <output className="sr-only">{spoken}</output>
      {rows.length > 0 && (
        <Section
          title={texts.queue}
          action={
            <span className="flex flex-wrap gap-2">
              {over.length > 0 && (
                <Button
                  size="sm"
                  variant="ghost"
                  onClick={() => {
                    browserUploads.remove(over)
                  }}
                >
                  {texts.clearFinished}
                </Button>
              )}
              <PublishAll rows={rows} />
            </span>
          }
        >
          <ul className="divide-y rounded-md border bg-surface">
            {rows.map((row) => (
              <UploadItem key={row.key} row={row} maxBytes={maxBytes} isBrief={rows.length > MANY} />
            ))}
          </ul>
        </Section>
      )}
    </>
  )
}
