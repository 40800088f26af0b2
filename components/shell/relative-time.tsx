'use client'
import type { ReactNode } from 'react'
import { formatDateTime, formatRelative } from '#lib/i18n/format.ts'
import { useLanguage } from '#lib/i18n/i18n-context.tsx'
import { useIsHydrated, useNow } from './clock.ts'

/** How long ago something was; the exact time in the reader's zone as a tooltip. */
export function RelativeTime({ iso }: { iso: string | null }): ReactNode {
  const language = useLanguage()
  const nowMs = useNow()
  const isHydrated = useIsHydrated()
  if (iso === null) return '–'
  return (
    <time
      dateTime={iso}
      // The server does not know the reader's zone.
      data-tip={isHydrated ? formatDateTime(language, iso) : undefined}
      suppressHydrationWarning
      className="whitespace-nowrap"
    >
      {formatRelative(language, iso, nowMs)}
    </time>
  )
}
