'use client'
import { usePathname, useSearchParams } from 'next/navigation'
import { useEffect, useSyncExternalStore } from 'react'
import type { ReactNode } from 'react'
import { endNavigation, onNavigation, pendingNavigation } from '#components/ui/navigation-store.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'

/** A bar at the top edge while the next page is on its way; a quick one never shows it. */
export function NavigationProgress(): ReactNode {
  const { common } = useMessages()
  const pathname = usePathname()
  const parameters = useSearchParams()
  const target = useSyncExternalStore(onNavigation, pendingNavigation, () => null)
  useEffect(endNavigation, [pathname, parameters])
  if (target === null) return null
  return (
    <progress
      aria-label={common.loading}
      className="progress fixed inset-x-0 top-0 z-60 block h-0.5 w-full animate-late text-accent-solid opacity-0"
    />
  )
}
