'use client'
import type { ReactNode } from 'react'
import { useNow } from '#components/shell/clock.ts'
import { Notice } from '#components/ui/notice.tsx'
import type { ClusterSummary } from '#lib/contract/cluster.ts'
import { formatRelative } from '#lib/i18n/format.ts'
import { useI18n } from '#lib/i18n/i18n-context.tsx'
import { reasonText } from '#lib/i18n/reason-text.ts'
import { isSilent } from './cluster-phase.tsx'

/** Over a silent cluster's page: that it is one, why, since when, and what that means for the rest of the page. */
export function SilentNotice({ cluster }: { cluster: ClusterSummary }): ReactNode {
  const { messages, language } = useI18n()
  const nowMs = useNow()
  const { silent } = messages.clusters
  if (!isSilent(cluster)) return null
  const { since } = cluster.reachability
  const age =
    cluster.hasNoWay || since === null ? '' : silent.short({ age: formatRelative(language, since, nowMs) })
  return (
    <Notice tone="warn" title={cluster.hasNoWay ? silent.titleNoWay : silent.title} className="mb-4">
      {cluster.reasons.map((reason) => {
        const text = reasonText(messages, reason)
        return <p key={text}>{text}</p>
      })}
      {age !== '' && (
        <p className="tabular" suppressHydrationWarning>
          {age}
        </p>
      )}
      <p className="text-muted">{silent.text}</p>
    </Notice>
  )
}
