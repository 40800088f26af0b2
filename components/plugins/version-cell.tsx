'use client'
import ArrowRight from 'lucide-react/icons/arrow-right'
import ArrowUp from 'lucide-react/icons/arrow-up'
import type { ReactNode } from 'react'
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
      <span className="text-xs whitespace-nowrap text-muted">
        {plugins.latestWord} <span className="font-mono">{latestVersion}</span>
      </span>
    )
  }
  const isMoving = installedVersion !== null && targetVersion !== null && installedVersion !== targetVersion
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5 font-mono text-xs">
      {isMoving ? (
        <span className="inline-flex items-center gap-1">
          <span className="sr-only">
            {common.versionChange({ from: installedVersion, to: targetVersion })}
          </span>
          <span aria-hidden className="text-muted">
            {installedVersion}
          </span>
          <ArrowRight aria-hidden className="size-3 text-muted" />
          <span aria-hidden>{targetVersion}</span>
        </span>
      ) : (
        <span>{installedVersion ?? targetVersion}</span>
      )}
      {upgrade !== null && !isMoving && (
        <span className="inline-flex items-center gap-0.5 font-medium text-accent">
          <ArrowUp aria-hidden className="size-3" strokeWidth={2.5} />
          <span className="sr-only">{plugins.upgradeTo({ version: upgrade.version })}</span>
          <span aria-hidden>{upgrade.version}</span>
        </span>
      )}
    </span>
  )
}
