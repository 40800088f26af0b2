'use client'
import dynamic from 'next/dynamic'
import { useCallback, useImperativeHandle, useRef, useState } from 'react'
import type { ReactNode, Ref } from 'react'
import type { FormHandle } from '#components/form/dynamic-form.tsx'
import type { RefusedValue } from '#components/form/form-faults.ts'
import { Notice } from '#components/ui/notice.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { Tabs } from '#components/ui/tabs.tsx'
import type { FormObject } from '#lib/domain/form/form-model.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import { FormNotes } from './form-notes.tsx'
import { LazyYamlPane } from './lazy-yaml-pane.tsx'
import { LiveResourcesProvider } from './live-resources-provider.tsx'
import type { ConfigDraft } from './use-config-draft.ts'
import type { YamlPaneHandle } from './yaml-pane.tsx'

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

interface FormPaneProps {
  draft: ConfigDraft
  /** Where the plugin goes: its objects are what the form picks from. Empty while none is chosen. */
  cluster: string
  /** What is installed, when that is changed. */
  current?: FormObject
  refused: readonly RefusedValue[]
  /** What stands above the YAML. */
  about: ReactNode
  /** The whole object that a configuration makes, to be looked at below the YAML. */
  objectOf?: (config: FormObject) => unknown
  ref?: Ref<FormHandle>
}

/** A configuration as a form and, beside it, as YAML; either may be edited, and each shows what the other did. */
export function FormPane(props: FormPaneProps): ReactNode {
  const { draft, cluster, current, refused, about, objectOf, ref } = props
  const { installations, form: formTexts, yamlEditor } = useMessages()
  const form = useRef<FormHandle>(null)
  const yaml = useRef<YamlPaneHandle>(null)
  const { side, source, base, edits, report } = draft
  // Asked for while the form's code is still on its way: done as soon as it is there.
  const isCheckDue = useRef(false)
  const takeForm = useCallback((handle: FormHandle | null) => {
    form.current = handle
    if (handle === null || !isCheckDue.current) return
    isCheckDue.current = false
    handle.check()
  }, [])
  useImperativeHandle(ref, () => ({
    check: () => {
      if (side === 'yaml') return yaml.current?.check() ?? false
      isCheckDue.current = form.current === null
      return form.current?.check() ?? false
    },
  }))
  const [isHeld, setHeld] = useState(false)
  const turnTo = (next: 'form' | 'yaml') => {
    if (next === 'yaml') draft.openYaml()
    else if (!draft.closeYaml()) {
      setHeld(true)
      yaml.current?.check()
    }
  }
  // Mended: the next slip is a new one.
  if (isHeld && draft.config !== null) setHeld(false)
  return (
    <Tabs
      label={installations.tabs}
      value={side}
      onChange={turnTo}
      keepMounted
      tabs={[
        {
          value: 'form',
          label: installations.formTab,
          panel: (
            <LiveResourcesProvider cluster={cluster}>
              <DynamicForm
                ref={takeForm}
                source={source}
                base={base}
                edits={edits}
                onEdits={draft.onEdits}
                onReport={draft.onReport}
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
              <div className="text-sm text-muted">{about}</div>
              {isHeld && (
                <Notice role="alert" tone="bad">
                  {yamlEditor.pane.fixFirst}
                </Notice>
              )}
              {side === 'yaml' && report === null && <output>{formTexts.loading}</output>}
              {side === 'yaml' && report !== null && (
                <LazyYamlPane
                  ref={yaml}
                  draft={draft}
                  form={report.form}
                  current={current}
                  refused={refused}
                  objectOf={objectOf}
                />
              )}
              <FormNotes notes={report?.form.notes ?? []} />
            </div>
          ),
        },
      ]}
    />
  )
}
