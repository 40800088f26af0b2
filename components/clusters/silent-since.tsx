'use client'
import type { ReactNode } from 'react'
import { useNow } from '#components/shell/clock.ts'
import type { ClusterSummary } from '#lib/contract/cluster.ts'
import { formatRelative } from '#lib/i18n/format.ts'
import { useI18n } from '#lib/i18n/i18n-context.tsx'

/** Under a silent cluster's state: for how long it has not answered. */
export function SilentSince({ cluster }: { cluster: Pick<ClusterSummary, 'reachability'> }): ReactNode {
  const { messages, language } = useI18n()
  const nowMs = useNow()
  const { state, since } = cluster.reachability
  if (state !== 'unreachable' || since === null) return null
  return (
    <span className="block text-xs text-muted" suppressHydrationWarning>
      {messages.clusters.silent.short({ age: formatRelative(language, since, nowMs) })}
    </span>
  )
}
