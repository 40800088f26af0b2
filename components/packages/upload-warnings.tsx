'use client'
import type { ReactNode } from 'react'
import { Notice } from '#components/ui/notice.tsx'
import { useMessages } from '#lib/i18n/i18n-context.tsx'

/** What is odd about a package and stops nobody. */
export function UploadWarnings({ warnings }: { warnings: readonly string[] }): ReactNode {
  const { packages: texts } = useMessages()
  if (warnings.length === 0) return null
  return (
    <Notice title={texts.warnings}>
      <ul className="list-disc pl-4">
        {warnings.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </Notice>
  )
}
