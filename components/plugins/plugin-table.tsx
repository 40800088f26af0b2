'use client'
import type { ReactNode } from 'react'
import {
  Cell,
  ColumnHeader,
  Row,
  RowHeader,
  SortHeader,
  Table,
  TableBody,
  TableHead,
} from '#components/ui/table.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import { pluginPath } from '#lib/browser/paths.ts'
import { nextSort } from '#lib/browser/plugin-list-state.ts'
import type { PluginListState } from '#lib/browser/plugin-list-state.ts'
import type { PluginSummary } from '#lib/contract/plugin.ts'
import { pick } from '#lib/domain/local-text.ts'
import { useI18n } from '#lib/i18n/i18n-context.tsx'
import { LifecycleBadge } from './lifecycle-badge.tsx'
import { PluginActions } from './plugin-actions.tsx'
import { PluginName } from './plugin-name.tsx'
import { PluginStatusCell } from './plugin-status.tsx'
import { StatusCounts } from './status-counts.tsx'
import { VersionCell } from './version-cell.tsx'

/** On narrow screens a row is stacked: the name, and below it status, version and actions. */
const NARROW_ROW =
  'max-sm:grid max-sm:h-auto max-sm:grid-cols-[auto_1fr_auto] max-sm:items-center max-sm:py-1.5'

/** Fixed widths: nothing moves when a status grows. Over all clusters the statuses need the room. */
const COLUMNS = [
  ['name', 'plugin', '', ''],
  ['status', 'status', 'sm:w-50', 'sm:w-72'],
  ['version', 'version', 'sm:w-42', 'sm:w-32'],
  ['lifecycle', 'lifecycle', 'sm:w-26 max-lg:hidden', 'sm:w-26 max-lg:hidden'],
] as const

function PluginRow({ plugin }: { plugin: PluginSummary }): ReactNode {
  const { messages, language } = useI18n()
  const displayName = pick(plugin.displayName, language) || plugin.name
  const { onCluster } = plugin
  return (
    <Row data-plugin={plugin.name} className={NARROW_ROW}>
      <RowHeader className="sm:max-w-0 max-sm:col-span-3 max-sm:min-w-0 max-sm:pr-4">
        <PluginName plugin={plugin} />
      </RowHeader>
      <Cell className="max-sm:pl-4">
        {onCluster ? <PluginStatusCell on={onCluster} /> : <StatusCounts plugin={plugin} />}
      </Cell>
      <Cell>
        <VersionCell on={onCluster} latestVersion={plugin.latestVersion} />
      </Cell>
      <Cell className="max-lg:hidden">
        <LifecycleBadge lifecycle={plugin.lifecycle} />
      </Cell>
      <Cell className="text-right">
        {onCluster ? (
          <PluginActions on={onCluster} displayName={displayName} />
        ) : (
          <TextLink href={pluginPath(plugin.name)} aria-label={`${messages.common.details}: ${displayName}`}>
            {messages.common.details}
          </TextLink>
        )}
      </Cell>
    </Row>
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
        <ColumnHeader className="w-44 text-right max-sm:hidden">
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
