'use client'
import dynamic from 'next/dynamic'
import type { ReactNode } from 'react'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { useMessages } from '#lib/i18n/i18n-context.tsx'

function Opening(): ReactNode {
  const { yamlEditor } = useMessages()
  return (
    <output aria-label={yamlEditor.pane.reading}>
      <Skeleton className="h-48 w-full" />
    </output>
  )
}

/** The YAML side of a form; its code, the editor's and the parser's, comes when it is first opened. */
export const LazyYamlPane = dynamic(() => import('./yaml-pane.tsx').then((module) => module.YamlPane), {
  ssr: false,
  loading: Opening,
})
