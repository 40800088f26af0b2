'use client'
import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { ColumnHeader, SortHeader, Table, TableBody, TableHead } from '#components/ui/table.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import { pluginPath } from '#lib/browser/paths.ts'
import { nextSort } from '#lib/browser/plugin-list-state.ts'
import type { PluginListState } from '#lib/browser/plugin-list-state.ts'
import type { PluginSummary } from '#lib/contract/plugin.ts'
import { pick } from '#lib/domain/local-text.ts'
import { useI18n } from '#lib/i18n/i18n-context.tsx'
import { PluginActions } from './plugin-actions.tsx'
import { PluginName } from './plugin-name.tsx'
import { PluginStatusCell } from './plugin-status.tsx'
import { StatusCounts } from './status-counts.tsx'
import { VersionCell } from './version-cell.tsx'

/** Fixed widths: nothing moves when a status grows. Over all clusters the statuses need the room. */
const COLUMNS = [
  ['name', 'plugin', '', ''],
  ['status', 'status', 'sm:w-50', 'sm:w-72'],
  ['version', 'version', 'sm:w-42', 'sm:w-32'],
  ['lifecycle', 'lifecycle', 'sm:w-26 max-xl:hidden', 'sm:w-26 max-xl:hidden'],
] as const

function PluginRow({ plugin }: { plugin: PluginSummary }): ReactNode {
  const { messages, language } = useI18n()
  const displayName = pick(plugin.displayName, language) || plugin.name
  const { onCluster, lifecycle } = plugin
  return (
    <tr data-plugin={plugin.name} className="plugin-row stacked-row">
      <th scope="row" className="cell">
        <PluginName plugin={plugin} />
      </th>
      <td className="cell">
        {onCluster ? <PluginStatusCell on={onCluster} withReason /> : <StatusCounts plugin={plugin} />}
      </td>
      <td className="cell">
        <VersionCell on={onCluster} latestVersion={plugin.latestVersion} />
      </td>
      <td className="cell text-muted max-xl:hidden" data-tip={messages.common.lifecycleMeaning[lifecycle]}>
        {messages.common.lifecycle[lifecycle]}
      </td>
      <td className="cell text-right">
        {onCluster ? (
          <PluginActions on={onCluster} displayName={displayName} />
        ) : (
          <TextLink href={pluginPath(plugin.name)} aria-label={`${messages.common.details}: ${displayName}`}>
            {messages.common.details}
          </TextLink>
        )}
      </td>
    </tr>
  )
}

interface PluginTableProps {
  rows: readonly PluginSummary[]
  state: PluginListState
  change: (changes: Partial<PluginListState>) => void
  isStale: boolean
}

/** The plugins of a page of the list. */
export function PluginTable({ rows, state, change, isStale }: PluginTableProps): ReactNode {
  const { messages } = useI18n()
  const { plugins, common } = messages
  const caption = state.cluster === null ? plugins.captionAll : plugins.caption({ cluster: state.cluster })
  return (
    <Table caption={caption} minWidth="sm:min-w-184" isStale={isStale} className="table-fixed">
      <TableHead className="max-sm:flex max-sm:items-center">
        {COLUMNS.map(([column, title, onOne, onAll]) => (
          <SortHeader
            key={column}
            className={state.cluster === null ? onAll : onOne}
            direction={
              state.sort === column ? 'ascending' : state.sort === `-${column}` ? 'descending' : null
            }
            onSort={() => {
              change({ sort: nextSort(state.sort, column) })
            }}
          >
            {plugins.columns[title]}
          </SortHeader>
        ))}
        <ColumnHeader className={clsx('text-right max-sm:hidden', state.cluster === null ? 'w-26' : 'w-48')}>
          <span className="sr-only">{common.actionsColumn}</span>
        </ColumnHeader>
      </TableHead>
      <TableBody>
        {rows.map((plugin) => (
          <PluginRow key={plugin.name} plugin={plugin} />
        ))}
      </TableBody>
    </Table>
  )
}
