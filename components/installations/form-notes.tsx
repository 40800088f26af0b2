'use client'
import type { ReactNode } from 'react'
import { Notice } from '#components/ui/notice.tsx'
import type { FormNote } from '#lib/domain/form/form-model.ts'
import { formNoteLines } from '#lib/i18n/form-note-lines.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'

/** What the form could not honour, once each. */
export function FormNotes({ notes }: { notes: readonly FormNote[] }): ReactNode {
  const messages = useMessages()
  if (notes.length === 0) return null
  return (
    <Notice title={messages.form.notes.title}>
      <ul className="list-disc pl-4 text-muted">
        {formNoteLines(messages, notes).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </Notice>
  )
}
