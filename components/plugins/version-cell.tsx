'use client'
import type { ReactNode } from 'react'
import { Glyph } from '#components/ui/glyph.tsx'
import type { PluginOnCluster } from '#lib/contract/installation.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'

interface VersionCellProps {
  on: Pick<PluginOnCluster, 'installedVersion' | 'targetVersion' | 'upgrade'> | null
  /** Shown where nothing is installed; undefined shows a dash there. */
  latestVersion?: string | null
}

/** The version that runs, the one it is going to, and the one it could go to; else the newest there is. */
export function VersionCell({ on, latestVersion }: VersionCellProps): ReactNode {
  const { plugins, common } = useMessages()
  const { installedVersion = null, targetVersion = null, upgrade = null } = on ?? {}
  if (installedVersion === null && targetVersion === null) {
    if (latestVersion === undefined) return <span className="text-faint">–</span>
    return latestVersion === null ? (
      <span className="text-faint">{plugins.noVersion}</span>
    ) : (
      <span className="block text-xs break-words text-muted">
        {plugins.latestWord} <span className="font-mono">{latestVersion}</span>
      </span>
    )
  }
  const isMoving = installedVersion !== null && targetVersion !== null && installedVersion !== targetVersion
  if (isMoving)
    return (
      <span className="inline-flex max-w-full flex-wrap items-center gap-1 font-mono text-xs">
        <span className="sr-only">{common.versionChange({ from: installedVersion, to: targetVersion })}</span>
        <span aria-hidden className="min-w-0 break-words text-muted">
          {installedVersion}
        </span>
        <Glyph name="arrowRight" className="size-3 text-muted" />
        <span aria-hidden className="min-w-0 break-words">
          {targetVersion}
        </span>
      </span>
    )
  return (
    <span className="inline-flex max-w-full flex-wrap items-center gap-x-2 font-mono text-xs">
      <span className="min-w-0 break-words">{installedVersion ?? targetVersion}</span>
      {upgrade !== null && (
        <span className="mark sign-arrow gap-0.5! text-accent">
          <span className="sr-only">{plugins.upgradeToWord}</span>
          {upgrade.version}
        </span>
      )}
    </span>
  )
}
