'use client'
import type { ReactNode } from 'react'
import { ProblemNotice } from '#components/shell/problem-notice.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import type { InstallationState } from './use-installation.ts'

/** What a dialog says until the installation is there: it is being read, can't be read, or does not exist. */
export function LoadingInstallation({
  state,
  cluster,
}: {
  state: InstallationState
  cluster: string
}): ReactNode {
  const { installations } = useMessages()
  if (state.shown !== undefined) return null
  if (state.error !== null) return <ProblemNotice error={state.error} onRetry={state.retry} />
  if (state.detail !== undefined)
    return <Notice tone="warn">{installations.notInstalled({ cluster })}</Notice>
  return (
    <output aria-label={installations.loading} className="grid gap-3">
      <Skeleton className="h-8 w-full" />
      <Skeleton className="h-20 w-full" />
    </output>
  )
}
