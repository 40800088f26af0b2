'use client'
import dynamic from 'next/dynamic'
import type { ReactNode } from 'react'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import type { ValuesDraft } from './use-values-override.ts'

const LazyValuesEditor = dynamic(() => import('./values-editor.tsx').then((module) => module.ValuesEditor), {
  ssr: false,
  loading: () => <Skeleton className="h-24 w-full" />,
})

/** Chart values that win over what the configuration makes; folded, as few need them. */
export function ValuesField({ draft }: { draft: ValuesDraft }): ReactNode {
  const { values: texts } = useMessages().yamlEditor
  const isSet = draft.values !== null && Object.keys(draft.values).length > 0
  return (
    <Disclosure
      summary={
        <>
          {texts.title}
          {isSet && <span className="font-normal text-muted">({texts.isSet})</span>}
        </>
      }
    >
      {() => (
        <div className="grid grid-cols-1 gap-2">
          <p className="text-sm text-muted">{texts.about}</p>
          <LazyValuesEditor draft={draft} />
        </div>
      )}
    </Disclosure>
  )
}
