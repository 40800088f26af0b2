'use client'
import type { ReactNode } from 'react'
import { useIsHydrated, useNow } from '#components/shell/clock.ts'
import type { PluginOnCluster } from '#lib/contract/installation.ts'
import { formatDateTime, formatRelative } from '#lib/i18n/format.ts'
import { useI18n } from '#lib/i18n/i18n-context.tsx'

const MINUTE_MS = 60_000

/** Beside what is known of an installation: that its cluster does not answer, and since when. */
export function SilentMark({ on }: { on: Pick<PluginOnCluster, 'cluster' | 'silent'> }): ReactNode {
  const { messages, language } = useI18n()
  const nowMs = useNow()
  const isHydrated = useIsHydrated()
  const { cluster, silent } = on
  if (silent === undefined) return null
  const { reported, reportedNever, reportedTip, reportedNeverTip } = messages.clusters.silent
  const { since } = silent
  // “As reported now” would say the opposite.
  const isOld = since !== null && nowMs - Date.parse(since) >= MINUTE_MS
  return (
    <button
      type="button"
      data-tip={
        since === null
          ? reportedNeverTip({ cluster })
          : // The server does not know the reader's zone.
            reportedTip({ cluster, since: isHydrated ? formatDateTime(language, since) : since })
      }
      className="tip-btn mark sign-triangle min-h-0! text-xs leading-4 text-warn"
    >
      <span className="truncate" suppressHydrationWarning>
        {isOld ? reported({ age: formatRelative(language, since, nowMs) }) : reportedNever}
      </span>
    </button>
  )
}
