'use client'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { ProblemError } from '#lib/browser/problem-error.ts'
import { versionFormQuery } from '#lib/browser/queries/plugins.ts'
import { planUpgrade } from '#lib/domain/plan-upgrade.ts'
import type { UpgradePlan } from '#lib/domain/plan-upgrade.ts'
import type { InstallationState } from './use-installation.ts'

export interface UpgradePlanState {
  /** Null until both versions have been read. */
  plan: UpgradePlan | null
  /** The version that the configuration was made for. */
  from: string
  /** That version is no longer published. */
  isOldUnknown: boolean
  error: Error | null
  retry: () => void
}

function isGone(error: Error | null): boolean {
  return error instanceof ProblemError && error.problem.code === 'not-found'
}

/** What going to `version` (undefined: to none) does to the parameters of the installation that a dialog shows. */
export function useUpgradePlan(
  { detail, shown }: InstallationState,
  version: string | undefined,
): UpgradePlanState {
  const plugin = detail?.name ?? ''
  const config = shown?.config
  const from = shown?.targetVersion ?? shown?.installedVersion ?? ''
  const isUnlisted = detail !== undefined && !detail.versions.includes(from)
  const isWanted = shown !== undefined && version !== undefined
  const older = useQuery({ ...versionFormQuery(plugin, from), enabled: isWanted && !isUnlisted })
  const newer = useQuery({ ...versionFormQuery(plugin, version ?? ''), enabled: isWanted })
  const isOldUnknown = isUnlisted || isGone(older.error)
  const isRead = isWanted && newer.data !== undefined && (isOldUnknown || older.data !== undefined)
  const plan = useMemo(
    () =>
      isRead && newer.data !== undefined
        ? planUpgrade({ from: isOldUnknown ? undefined : older.data, to: newer.data, config })
        : null,
    [isRead, isOldUnknown, older.data, newer.data, config],
  )
  return {
    plan,
    from,
    isOldUnknown,
    error: newer.error ?? (isOldUnknown ? null : older.error),
    retry: () => {
      if (newer.error !== null) void newer.refetch()
      if (older.error !== null) void older.refetch()
    },
  }
}
