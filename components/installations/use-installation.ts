'use client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { pluginQuery } from '#lib/browser/queries/plugins.ts'
import type { InstallationView } from '#lib/contract/installation.ts'
import type { PluginDetail } from '#lib/contract/plugin.ts'
import { isSameJson } from '#lib/domain/same-json.ts'

export interface InstallationState {
  detail: PluginDetail | undefined
  /** As it was when the dialog opened, or was last shown anew: what the user looks at. */
  shown: InstallationView | undefined
  /** Whether it asks for something else by now than what is shown. */
  hasChanged: boolean
  /** The newest known resourceVersion of what is shown: its status may have moved on. */
  resourceVersion: string
  /** Shows it as it is now, reading it again. */
  showNow: () => Promise<void>
  error: Error | null
  retry: () => void
}

function asksTheSame(a: InstallationView, b: InstallationView): boolean {
  return (
    a.uid === b.uid &&
    a.targetVersion === b.targetVersion &&
    isSameJson(a.config, b.config) &&
    isSameJson(a.valuesOverride, b.valuesOverride) &&
    isSameJson(a.labels, b.labels)
  )
}

/** What is asked for stays the very same objects, so that forms stand still; status and what may be done move on. */
function movedOn(kept: InstallationView, current: InstallationView): InstallationView {
  const { config, valuesOverride, labels } = kept
  return { ...current, config, valuesOverride, labels }
}

/** One installation for a dialog: it stands still while the user types, and says when it has changed. */
export function useInstallation(plugin: string, cluster: string): InstallationState {
  const queryClient = useQueryClient()
  const query = useQuery(pluginQuery(plugin))
  const [kept, setKept] = useState<InstallationView | undefined>(undefined)
  const find = (detail: PluginDetail | undefined) =>
    detail?.installations.find((one) => one.cluster === cluster)
  const current = find(query.data)
  if (kept === undefined && current !== undefined) setKept(current)
  const hasChanged = kept !== undefined && (current === undefined || !asksTheSame(kept, current))
  const shown =
    kept === undefined || current === undefined || hasChanged ? (kept ?? current) : movedOn(kept, current)
  return {
    detail: query.data,
    shown,
    hasChanged: query.data !== undefined && hasChanged,
    resourceVersion: (hasChanged ? shown : current)?.resourceVersion ?? '',
    showNow: async () => {
      await queryClient.invalidateQueries({ queryKey: pluginQuery(plugin).queryKey })
      setKept(find(queryClient.getQueryData(pluginQuery(plugin).queryKey)))
    },
    error: query.error,
    retry: () => void query.refetch(),
  }
}
