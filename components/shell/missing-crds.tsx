'use client'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { CodeBlock } from '#components/ui/code-block.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { sessionQuery } from '#lib/browser/queries/session.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'

const COMMAND = 'kubectl apply -f crds/'

/** Over every page while the cluster lacks the kinds that this console is about. */
export function MissingCrds(): ReactNode {
  const { shell, common } = useMessages()
  const { data } = useQuery(sessionQuery)
  if (!data || data.missingCrds.length === 0) return null
  return (
    <Notice tone="warn" title={shell.missingCrds.title} className="mb-4">
      <p>
        {shell.missingCrds.text}{' '}
        <span className="font-mono text-xs break-all">{data.missingCrds.join(', ')}</span>
      </p>
      <p className="mt-1 mb-2">{shell.missingCrds.command}</p>
      <div className="max-w-xl">
        <CodeBlock text={COMMAND} label={COMMAND} copyLabel={common.copy} copiedLabel={common.copied} />
      </div>
    </Notice>
  )
}
