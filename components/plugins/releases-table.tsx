'use client'
import type { ReactNode } from 'react'
import { StatusMark } from '#components/ui/status-mark.tsx'
import { Cell, ColumnHeader, Row, RowHeader, Table, TableBody, TableHead } from '#components/ui/table.tsx'
import type { ReleaseStatus } from '#lib/kinds/module-info.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'

function ReleaseState({ release }: { release: ReleaseStatus }): ReactNode {
  const { detail } = useMessages().plugins
  if (release.failed)
    return (
      <StatusMark tone="bad" shape="cross">
        {detail.releaseFailed}
      </StatusMark>
    )
  if (release.ready && release.synced)
    return (
      <StatusMark tone="good" shape="dot">
        {detail.releaseReady}
      </StatusMark>
    )
  // Everything is delivered and it still isn't healthy: nothing is on its way.
  if (release.synced)
    return (
      <StatusMark tone="warn" shape="triangle">
        {detail.releaseNotReady}
      </StatusMark>
    )
  return (
    <StatusMark tone="accent" shape="turning">
      {detail.releaseNotSynced}
    </StatusMark>
  )
}

/** The Helm releases of an installation and how each stands. */
export function ReleasesTable({ releases }: { releases: readonly ReleaseStatus[] }): ReactNode {
  const { plugins, common } = useMessages()
  const { detail } = plugins
  if (releases.length === 0) return <p className="text-sm text-muted">{detail.noReleases}</p>
  return (
    <Table caption={detail.releases} minWidth="min-w-136">
      <TableHead>
        <ColumnHeader>{detail.release}</ColumnHeader>
        <ColumnHeader>{detail.namespace}</ColumnHeader>
        <ColumnHeader>{common.statusColumn}</ColumnHeader>
        <ColumnHeader>{detail.charts}</ColumnHeader>
        <ColumnHeader>{common.message}</ColumnHeader>
      </TableHead>
      <TableBody>
        {releases.map((release) => (
          <Row key={`${release.namespace}/${release.name}`} className="h-9">
            <RowHeader className="font-medium">{release.name}</RowHeader>
            <Cell className="text-muted">{release.namespace}</Cell>
            <Cell>
              <ReleaseState release={release} />
            </Cell>
            <Cell className="font-mono text-xs text-muted">
              {release.chartVersions?.map(({ name, version }) => (
                <div key={name} className="break-all">
                  {name} {version}
                </div>
              ))}
            </Cell>
            <Cell className="max-w-lg break-words text-muted">
              {[release.reason, release.message].filter(Boolean).join(': ')}
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  )
}
