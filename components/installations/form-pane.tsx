'use client'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import type { ReactNode, Ref } from 'react'
import type { FormHandle, FormReport } from '#components/form/dynamic-form.tsx'
import type { RefusedValue } from '#components/form/form-faults.ts'
import { Notice } from '#components/ui/notice.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { Tabs } from '#components/ui/tabs.tsx'
import type { FormSource } from '#lib/domain/form/compile-form.ts'
import type { FormEdits } from '#lib/domain/form/config-of.ts'
import type { FormNote, FormObject } from '#lib/domain/form/form-model.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import { LazyYamlView } from './lazy-yaml-view.tsx'
import { LiveResourcesProvider } from './live-resources-provider.tsx'

function FormSkeleton(): ReactNode {
  const { form } = useMessages()
  return (
    <output aria-label={form.loading} className="grid gap-4">
      {[0, 1, 2].map((row) => (
        <span key={row} className="grid gap-1.5">
          <Skeleton className="h-3.5 w-40" />
          <Skeleton className="h-8 w-full" />
        </span>
      ))}
    </output>
  )
}

const DynamicForm = dynamic(
  () => import('#components/form/dynamic-form.tsx').then((module) => module.DynamicForm),
  { ssr: false, loading: FormSkeleton },
)

function Notes({ notes }: { notes: readonly FormNote[] }): ReactNode {
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

interface FormPaneProps {
  /** Where the plugin goes: its objects are what the form picks from. Empty while none is chosen. */
  cluster: string
  source: FormSource
  base: FormObject
  edits: FormEdits
  onEdits: (edits: FormEdits) => void
  report: FormReport | null
  onReport: (report: FormReport) => void
  refused: readonly RefusedValue[]
  /** What will be sent, for the YAML view. */
  yaml: unknown
  /** What the YAML view shows. */
  yamlText: ReactNode
  ref?: Ref<FormHandle>
}

/** The form and, beside it, the YAML of what will be sent. What was typed survives the switch. */
export function FormPane(props: FormPaneProps): ReactNode {
  const { cluster, source, base, edits, onEdits, report, onReport, refused, yaml, yamlText, ref } = props
  const { installations } = useMessages()
  const [tab, setTab] = useState<'form' | 'yaml'>('form')
  const [seen, setSeen] = useState(refused)
  // The server refused values: they are marked in the form.
  if (seen !== refused) {
    setSeen(refused)
    if (refused.length > 0) setTab('form')
  }
  return (
    <Tabs
      label={installations.tabs}
      value={tab}
      onChange={setTab}
      keepMounted
      tabs={[
        {
          value: 'form',
          label: installations.formTab,
          panel: (
            <LiveResourcesProvider cluster={cluster}>
              <DynamicForm
                ref={ref}
                source={source}
                base={base}
                edits={edits}
                onEdits={onEdits}
                onReport={onReport}
                refused={refused}
              />
            </LiveResourcesProvider>
          ),
        },
        {
          value: 'yaml',
          label: installations.yamlTab,
          panel: (
            <div className="grid grid-cols-1 gap-3">
              <div className="text-sm text-muted">{yamlText}</div>
              {tab === 'yaml' && <LazyYamlView value={yaml} label={installations.yamlLabel} />}
              <Notes notes={report?.form.notes ?? []} />
            </div>
          ),
        },
      ]}
    />
  )
}
