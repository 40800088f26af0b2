'use client'
import type { ReactNode } from 'react'
import { Notice } from '#components/ui/notice.tsx'
import type { PackageWarning } from '#lib/domain/package-warning.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'

/** What is odd about a package and stops nobody. */
export function UploadWarnings({ warnings }: { warnings: readonly PackageWarning[] }): ReactNode {
  const { packages: texts, packageWarnings } = useMessages()
  if (warnings.length === 0) return null
  const lines = [...new Set(warnings.map(({ code, params }) => packageWarnings[code](params)))]
  return (
    <Notice title={texts.warnings}>
      <ul className="list-disc pl-4">
        {lines.map((line) => (
          <li key={line} className="wrap-anywhere">
            {line}
          </li>
        ))}
      </ul>
    </Notice>
  )
}
