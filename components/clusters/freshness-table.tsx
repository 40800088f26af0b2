'use client'
import type { ReactNode } from 'react'
import { useLiveState } from '#components/shell/live-context.tsx'
import { RelativeTime } from '#components/shell/relative-time.tsx'
import { StatusMark } from '#components/ui/status-mark.tsx'
import type { Shape } from '#components/ui/status-mark.tsx'
import { Cell, ColumnHeader, Row, RowHeader, Table, TableBody, TableHead } from '#components/ui/table.tsx'
import type { Tone } from '#components/ui/tone.ts'
import type { SourceFreshness } from '#lib/contract/freshness.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'

const LOOK: Record<SourceFreshness['state'], { tone: Tone; shape: Shape }> = {
  live: { tone: 'good', shape: 'dot' },
  stale: { tone: 'warn', shape: 'triangle' },
  loading: { tone: 'accent', shape: 'turning' },
  forbidden: { tone: 'bad', shape: 'cross' },
  absent: { tone: 'neutral', shape: 'slash' },
}

interface FreshnessTableProps {
  sources: readonly SourceFreshness[]
  caption?: string
  /** They are of several clusters. */
  hasClusters?: boolean
}

/** How current what is known is, source by source. */
export function FreshnessTable({ sources, caption, hasClusters = false }: FreshnessTableProps): ReactNode {
  const { clusters, common } = useMessages()
  const { detail } = clusters
  const { connection, freshness } = useLiveState()
  // The stream tells of every change of it; the page's answer was only right when it was read.
  const current = (source: SourceFreshness): SourceFreshness =>
    (connection === 'open'
      ? freshness.find(({ cluster, kind }) => cluster === source.cluster && kind === source.kind)
      : undefined) ?? source
  return (
    <Table caption={caption ?? detail.freshness} minWidth={hasClusters ? 'min-w-160' : 'min-w-120'}>
      <TableHead>
        {hasClusters && <ColumnHeader>{common.cluster}</ColumnHeader>}
        <ColumnHeader>{detail.source}</ColumnHeader>
        <ColumnHeader>{common.statusColumn}</ColumnHeader>
        <ColumnHeader>{detail.knownAt}</ColumnHeader>
        <ColumnHeader>{common.message}</ColumnHeader>
      </TableHead>
      <TableBody>
        {sources.map(current).map(({ cluster, kind, state, knownAt, message }) => (
          <Row key={`${cluster} ${kind}`} className="h-9">
            {hasClusters && <Cell>{cluster}</Cell>}
            <RowHeader>{kind}</RowHeader>
            <Cell>
              <StatusMark {...LOOK[state]}>{detail.sourceStates[state]}</StatusMark>
            </Cell>
            <Cell className="text-muted">
              {state === 'live' ? common.now : <RelativeTime iso={knownAt} />}
            </Cell>
            <Cell className="max-w-lg break-words text-muted">{message}</Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  )
}
