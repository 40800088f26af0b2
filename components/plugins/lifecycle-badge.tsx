'use client'
import type { ReactNode } from 'react'
import type { Lifecycle } from '#lib/domain/lifecycle.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'

/** The life cycle's name; what it means on hover. */
export function LifecycleBadge({ lifecycle }: { lifecycle: Lifecycle }): ReactNode {
  const { common } = useMessages()
  return (
    <span data-tip={common.lifecycleMeaning[lifecycle]} className="text-muted">
      {common.lifecycle[lifecycle]}
    </span>
  )
}
