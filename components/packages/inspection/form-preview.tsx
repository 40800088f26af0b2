'use client'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { LiveResourcesProvider } from '#components/installations/live-resources-provider.tsx'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { Panel, Section } from '#components/ui/section.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import type { VersionForm } from '#lib/contract/plugin.ts'
import { effectiveConfig } from '#lib/domain/effective-config.ts'
import { formSourceOf } from '#lib/domain/form/form-purpose.ts'
import { NO_EDITS } from '#lib/domain/form/config-of.ts'
import { GLOBAL_CLUSTER } from '#lib/kinds/cluster.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'

const DynamicForm = dynamic(
  () => import('#components/form/dynamic-form.tsx').then((module) => module.DynamicForm),
  { ssr: false, loading: () => <Skeleton className="h-40 w-full" /> },
)

const nothing = () => {}

function Preview({ form }: { form: VersionForm }): ReactNode {
  const [source] = useState(() => formSourceOf('install', form))
  const [base] = useState(() => effectiveConfig(form.config, {}))
  const [edits, setEdits] = useState(NO_EDITS)
  return (
    <LiveResourcesProvider cluster={GLOBAL_CLUSTER}>
      <DynamicForm source={source} base={base} edits={edits} onEdits={setEdits} onReport={nothing} />
    </LiveResourcesProvider>
  )
}

/** The form that installing would show; it leads nowhere. */
export function FormPreview({ form }: { form: VersionForm }): ReactNode {
  const { inspection } = useMessages().packages
  return (
    <Section title={inspection.form}>
      {form.deployDescriptors.length === 0 ? (
        <p className="text-sm text-muted">{inspection.noForm}</p>
      ) : (
        <Panel>
          <Disclosure summary={inspection.formText}>{() => <Preview form={form} />}</Disclosure>
        </Panel>
      )}
    </Section>
  )
}
