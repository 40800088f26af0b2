'use client'
import type { ReactNode } from 'react'
import { RelativeTime } from '#components/shell/relative-time.tsx'
import { StatusMark } from '#components/ui/status-mark.tsx'
import type { Shape } from '#components/ui/status-mark.tsx'
import { Cell, ColumnHeader, Row, RowHeader, Table, TableBody, TableHead } from '#components/ui/table.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import type { Tone } from '#components/ui/tone.ts'
import { clusterPath } from '#lib/browser/paths.ts'
import type { AboutCluster } from '#lib/contract/about.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import { reasonText } from '#lib/i18n/reason-text.ts'

const LOOK: Record<AboutCluster['reachability']['state'], { tone: Tone; shape: Shape }> = {
  reachable: { tone: 'good', shape: 'dot' },
  unreachable: { tone: 'warn', shape: 'question' },
  unknown: { tone: 'neutral', shape: 'clock' },
}

/** Each cluster with the way to it and whether it answers. */
export function AboutClusters({ clusters }: { clusters: readonly AboutCluster[] }): ReactNode {
  const messages = useMessages()
  const { about, common } = messages
  return (
    <Table caption={about.clusters} minWidth="min-w-160">
      <TableHead>
        <ColumnHeader className="w-48">{common.cluster}</ColumnHeader>
        <ColumnHeader className="w-32">{about.answers}</ColumnHeader>
        <ColumnHeader className="w-32">{about.answersSince}</ColumnHeader>
        <ColumnHeader className="w-28">{common.version}</ColumnHeader>
        <ColumnHeader>{about.way}</ColumnHeader>
      </TableHead>
      <TableBody>
        {clusters.map(({ name, origin, address, problem, reachability, version }) => (
          <Row key={name} className="h-9" data-cluster={name}>
            <RowHeader>
              <TextLink href={clusterPath(name)}>{name}</TextLink>
            </RowHeader>
            <Cell>
              {problem === null ? (
                <StatusMark {...LOOK[reachability.state]}>
                  {about.reachability[reachability.state]}
                </StatusMark>
              ) : (
                <StatusMark tone="warn" shape="question">
                  {about.noWay}
                </StatusMark>
              )}
            </Cell>
            <Cell className="text-muted">
              <RelativeTime iso={reachability.since} />
            </Cell>
            <Cell className="font-mono text-xs">{version ?? '–'}</Cell>
            <Cell className="py-1.5">
              {address !== null && <span className="block font-mono text-xs break-all">{address}</span>}
              {origin !== '' && (
                <span className="block font-mono text-xs break-all text-muted">{origin}</span>
              )}
              {problem !== null && <span className="block text-xs">{reasonText(messages, problem)}</span>}
              {reachability.message !== null && (
                <span className="block text-xs break-words">{reachability.message}</span>
              )}
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  )
}
