'use client'
import { memo, useDeferredValue, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { DynamicForm } from '#components/form/dynamic-form.tsx'
import type { FormHandle, FormReport } from '#components/form/dynamic-form.tsx'
import { Button } from '#components/ui/button.tsx'
import { CodeBlock } from '#components/ui/code-block.tsx'
import { effectiveConfig } from '#lib/domain/effective-config.ts'
import type { FormSource } from '#lib/domain/form/compile-form.ts'
import { NO_EDITS } from '#lib/domain/form/config-of.ts'
import type { FormNote, FormObject } from '#lib/domain/form/form-model.ts'
import { writeYaml } from '#lib/domain/form/yaml-writing.ts'
import { formNoteLines } from '#lib/i18n/form-note-lines.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'

function Notes({ notes }: { notes: readonly FormNote[] }): ReactNode {
  const messages = useMessages()
  const lines = formNoteLines(messages, notes)
  return lines.length === 0 ? null : (
    <ul aria-label={messages.form.notes.title} className="mt-2 list-disc pl-4 text-xs break-words text-muted">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}

/** The configuration that the form makes. */
const Value = memo(function Value({ config, name }: { config: FormObject; name: string }): ReactNode {
  const { gallery, common } = useMessages()
  return (
    <CodeBlock
      text={writeYaml(config)}
      label={`${gallery.value}: ${name}`}
      copyLabel={common.copy}
      copiedLabel={common.copied}
    />
  )
})

const NOTHING: FormObject = {}

/** A form and, beside it, the configuration that it makes. */
export function GalleryForm({ source, name }: { source: FormSource; name: string }): ReactNode {
  const { gallery, form } = useMessages()
  const handle = useRef<FormHandle>(null)
  const [edits, setEdits] = useState(NO_EDITS)
  const [report, setReport] = useState<FormReport | null>(null)
  const [said, setSaid] = useState('')
  const [base] = useState(() => effectiveConfig(source.config, {}))
  // Written when there is time: the form does not wait for it.
  const config = useDeferredValue(report?.config ?? base, NOTHING)
  return (
    <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <section aria-label={`${gallery.control}: ${name}`} className="min-w-0">
        <DynamicForm
          ref={handle}
          source={source}
          base={base}
          edits={edits}
          onEdits={setEdits}
          onReport={setReport}
        />
        <div className="mt-3 flex flex-wrap items-center gap-3">
          <Button
            size="sm"
            onClick={() => {
              const isFine = handle.current?.check() === true
              setSaid(isFine ? gallery.fine : form.wrongCount({ count: String(report?.wrong ?? 0) }))
            }}
          >
            {gallery.check}
          </Button>
          <output className="text-xs text-muted">{said}</output>
        </div>
      </section>
      <div className="min-w-0">
        <Value config={config} name={name} />
        <Notes notes={report?.form.notes ?? []} />
      </div>
    </div>
  )
}
