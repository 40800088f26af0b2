'use client'
import type { ReactNode } from 'react'
import { Badge } from '#components/ui/badge.tsx'
import { Chip } from '#components/ui/chip.tsx'
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
import { clusterPath, pluginsOnClusterPath } from '#lib/browser/paths.ts'
import type { ClusterSummary } from '#lib/contract/cluster.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import { isAffinityLabel, labelText } from './affinity-labels.ts'
import type { ClusterListState, ClusterSort } from './cluster-list-state.ts'
import { ClusterPhase } from './cluster-phase.tsx'
import { SilentSince } from './silent-since.tsx'
import { UpgradableLink } from './upgradable-link.tsx'

function ClusterRow({ cluster }: { cluster: ClusterSummary }): ReactNode {
  const { clusters } = useMessages()
  const { name, displayName, labels, plugins } = cluster
  return (
    <Row data-cluster={name}>
      <RowHeader>
        <span className="flex items-center gap-2">
          <TextLink href={clusterPath(name)} className="font-medium">
            {name}
          </TextLink>
          {cluster.isGlobal && <Badge data-tip={clusters.globalHint}>{clusters.global}</Badge>}
        </span>
        {displayName !== name && <span className="block text-xs text-muted">{displayName}</span>}
      </RowHeader>
      <Cell>
        <ClusterPhase cluster={cluster} />
        <SilentSince cluster={cluster} />
      </Cell>
      <Cell className="font-mono text-xs max-sm:hidden">{cluster.version ?? '–'}</Cell>
      <Cell className="text-muted max-sm:hidden">{cluster.type ?? '–'}</Cell>
      <Cell className="max-sm:hidden">
        <span className="flex max-w-100 flex-wrap gap-1">
          {Object.entries(labels)
            .filter(([key]) => isAffinityLabel(key))
            .map(([key, value]) => (
              <Chip key={key}>{labelText(key, value)}</Chip>
            ))}
        </span>
      </Cell>
      <Cell>
        <span className="tabular flex flex-wrap items-center gap-x-2.5 gap-y-1 sm:whitespace-nowrap">
          <TextLink href={pluginsOnClusterPath(name)}>
            {clusters.installed({ count: plugins.installed })}
          </TextLink>
          {plugins.busy > 0 && <span className="text-accent">{clusters.busy({ count: plugins.busy })}</span>}
          {plugins.failed > 0 && (
            <span className="text-bad">{clusters.failed({ count: plugins.failed })}</span>
          )}
          <UpgradableLink cluster={name} count={plugins.upgradable} />
        </span>
      </Cell>
    </Row>
  )
}

interface ClusterTableProps {
  rows: readonly ClusterSummary[]
  sort: ClusterListState['sort']
  onSort: (sort: ClusterListState['sort']) => void
}

/** The clusters with versions, labels and plugins. */
export function ClusterTable({ rows, sort, onSort }: ClusterTableProps): ReactNode {
  const { clusters } = useMessages()
  const { columns } = clusters
  const sortable = (column: 'name' | 'phase' | 'version' | 'plugins') =>
    ({
      direction: sort === column ? 'ascending' : sort === `-${column}` ? 'descending' : null,
      onSort: () => {
        const next: ClusterSort | null =
          sort === column ? `-${column}` : sort === `-${column}` ? null : column
        onSort(next)
      },
    }) as const
  return (
    <Table caption={clusters.caption} minWidth="sm:min-w-192">
      <TableHead>
        <SortHeader {...sortable('name')}>{columns.name}</SortHeader>
        <SortHeader {...sortable('phase')}>{columns.phase}</SortHeader>
        <SortHeader {...sortable('version')} className="max-sm:hidden">
          {columns.version}
        </SortHeader>
        <ColumnHeader className="max-sm:hidden">{columns.type}</ColumnHeader>
        <ColumnHeader className="max-sm:hidden">{columns.labels}</ColumnHeader>
        <SortHeader {...sortable('plugins')}>{columns.plugins}</SortHeader>
      </TableHead>
      <TableBody>
        {rows.map((cluster) => (
          <ClusterRow key={cluster.name} cluster={cluster} />
        ))}
      </TableBody>
    </Table>
  )
}
