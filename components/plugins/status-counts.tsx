'use client'
import type { ReactNode } from 'react'
import { StatusMark } from '#components/ui/status-mark.tsx'
import type { PluginSummary } from '#lib/contract/plugin.ts'
import { PLUGIN_STATUSES } from '#lib/domain/plugin-status.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import { STATUS_LOOK } from './status-look.ts'

type Counted = Pick<PluginSummary, 'statusCounts' | 'upgradableCount'>

/** On how many clusters a plugin has which status. */
export function StatusCounts({ plugin }: { plugin: Counted }): ReactNode {
  const { common, plugins } = useMessages()
  const counts = { ...plugin.statusCounts, Upgradable: plugin.upgradableCount }
  const present = ([...PLUGIN_STATUSES, 'Upgradable'] as const).filter((status) => (counts[status] ?? 0) > 0)
  return (
    <ul className="flex flex-wrap gap-x-3 gap-y-0.5">
      {present.map((status) => {
        const count = counts[status] ?? 0
        return (
          <li key={status}>
            <StatusMark {...STATUS_LOOK[status]}>
              <span aria-hidden>
                <span className="tabular">{count}</span> {common.status[status]}
              </span>
              <span className="sr-only">{plugins.statusCount({ status: common.status[status], count })}</span>
            </StatusMark>
          </li>
        )
      })}
    </ul>
  )
}
