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

/** Where it was found and what stands in the way, or at what address it is. */
function Way({ cluster }: { cluster: AboutCluster }): ReactNode {
  const messages = useMessages()
  const { address, origin, problem, reachability } = cluster
  return (
    <>
      {address !== null && <span className="block font-mono text-xs break-all">{address}</span>}
      {origin !== '' && <span className="block font-mono text-xs break-all text-muted">{origin}</span>}
      {problem !== null && <span className="block text-xs">{reasonText(messages, problem)}</span>}
      {reachability.message !== null && (
        <span className="block text-xs break-words">{reachability.message}</span>
      )}
    </>
  )
}

/** Each cluster with the way to it and whether it answers; on narrow screens the way stands under the name. */
export function AboutClusters({ clusters }: { clusters: readonly AboutCluster[] }): ReactNode {
  const { about, common } = useMessages()
  return (
    <Table caption={about.clusters} minWidth="sm:min-w-160">
      <TableHead>
        <ColumnHeader className="sm:w-48">{common.cluster}</ColumnHeader>
        <ColumnHeader className="w-32">{about.answers}</ColumnHeader>
        <ColumnHeader className="w-32 max-sm:hidden">{about.answersSince}</ColumnHeader>
        <ColumnHeader className="w-28 max-sm:hidden">{common.version}</ColumnHeader>
        <ColumnHeader className="max-sm:hidden">{about.way}</ColumnHeader>
      </TableHead>
      <TableBody>
        {clusters.map((cluster) => {
          const { name, problem, reachability, version } = cluster
          return (
            <Row key={name} className="h-9" data-cluster={name}>
              <RowHeader className="max-sm:py-1.5">
                <TextLink href={clusterPath(name)}>{name}</TextLink>
                <div className="font-normal sm:hidden">
                  <Way cluster={cluster} />
                </div>
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
              <Cell className="text-muted max-sm:hidden">
                <RelativeTime iso={reachability.since} />
              </Cell>
              <Cell className="font-mono text-xs max-sm:hidden">{version ?? '–'}</Cell>
              <Cell className="py-1.5 max-sm:hidden">
                <Way cluster={cluster} />
              </Cell>
            </Row>
          )
        })}
      </TableBody>
    </Table>
  )
}
