'use client'
import type { ReactNode } from 'react'
import { Notice } from '#components/ui/notice.tsx'
import type { FormNote } from '#lib/domain/form/form-model.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'

/** What the form could not honour, once each. */
export function FormNotes({ notes }: { notes: readonly FormNote[] }): ReactNode {
  const { form } = useMessages()
  if (notes.length === 0) return null
  const lines = [...new Set(notes.map((note) => form.notes[note.code]({ path: note.path, text: note.text })))]
  return (
    <Notice title={form.notes.title}>
      <ul className="list-disc pl-4 text-muted">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </Notice>
  )
}
