'use client'
import { useMemo } from 'react'
import type { ReactNode } from 'react'
import { Section } from '#components/ui/section.tsx'
import { Cell, ColumnHeader, Row, RowHeader, Table, TableBody, TableHead } from '#components/ui/table.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import { clusterPath } from '#lib/browser/paths.ts'
import type { PluginDetail } from '#lib/contract/plugin.ts'
import { pick } from '#lib/domain/local-text.ts'
import { useI18n } from '#lib/i18n/i18n-context.tsx'
import { reasonText } from '#lib/i18n/reason-text.ts'
import { PluginActions } from './plugin-actions.tsx'
import { PluginStatusCell } from './plugin-status.tsx'
import { StatusAnnouncer } from './status-announcer.tsx'
import { VersionCell } from './version-cell.tsx'

/** Where the plugin stands on each cluster, and why. */
export function ClustersSection({ plugin }: { plugin: PluginDetail }): ReactNode {
  const { messages, language } = useI18n()
  const { common, plugins } = messages
  const displayName = pick(plugin.displayName, language) || plugin.name
  const spoken = useMemo(
    () => plugin.clusters.map(({ cluster, status }) => ({ key: cluster, name: cluster, status })),
    [plugin.clusters],
  )
  return (
    <Section id="clusters" title={plugins.detail.clusters}>
      <Table caption={plugins.detail.clustersIntro} minWidth="sm:min-w-152">
        <TableHead className="max-sm:sr-only">
          <ColumnHeader className="w-44">{common.cluster}</ColumnHeader>
          <ColumnHeader className="w-52">{common.statusColumn}</ColumnHeader>
          <ColumnHeader>{common.version}</ColumnHeader>
          <ColumnHeader>{common.reason}</ColumnHeader>
          <ColumnHeader className="w-40">
            <span className="sr-only">{common.actionsColumn}</span>
          </ColumnHeader>
        </TableHead>
        <TableBody>
          {plugin.clusters.map((on) => (
            <Row key={on.cluster} data-cluster={on.cluster} className="stacked-row">
              <RowHeader>
                <TextLink href={clusterPath(on.cluster, 'features')} className="font-medium">
                  {on.cluster}
                </TextLink>
              </RowHeader>
              <Cell>
                <PluginStatusCell on={on} />
              </Cell>
              <Cell>
                <VersionCell on={on} />
              </Cell>
              <Cell className="max-w-md min-w-48 text-xs break-words text-muted max-sm:order-1 max-sm:col-span-3 max-sm:pl-4 max-sm:empty:hidden">
                {on.reasons.map((reason) => {
                  const text = reasonText(messages, reason)
                  return <p key={text}>{text}</p>
                })}
              </Cell>
              <Cell>
                <PluginActions on={on} displayName={displayName} place={on.cluster} />
              </Cell>
            </Row>
          ))}
        </TableBody>
      </Table>
      <StatusAnnouncer rows={spoken} />
    </Section>
  )
}
