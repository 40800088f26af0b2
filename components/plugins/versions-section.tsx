'use client'
import type { ReactNode } from 'react'
import { RelativeTime } from '#components/shell/relative-time.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { Panel, Section } from '#components/ui/section.tsx'
import { StatusMark } from '#components/ui/status-mark.tsx'
import { Cell, ColumnHeader, Row, RowHeader, Table, TableBody, TableHead } from '#components/ui/table.tsx'
import type { PluginDetail, PluginVersionView } from '#lib/contract/plugin.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import { reasonLines } from '#lib/i18n/reason-text.ts'
import { ClusterLinks } from './cluster-links.tsx'
import { RiskBadge } from './risk-badge.tsx'

/** The clusters that a version fits; those that it does not say why. */
function Fits({ fits }: { fits: PluginVersionView['fits'] }): ReactNode {
  const messages = useMessages()
  const { detail } = messages.plugins
  const suited = fits.filter(({ reasons }) => reasons.length === 0)
  const unsuited = fits.filter(({ reasons }) => reasons.length > 0)
  if (unsuited.length === 0) return detail.fitsAll
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
      {suited.length === 0 ? (
        <span className="text-muted">{detail.fitsNone}</span>
      ) : (
        suited.map(({ cluster }) => <span key={cluster}>{cluster}</span>)
      )}
      {unsuited.map(({ cluster, reasons }) => (
        <button
          key={cluster}
          type="button"
          aria-label={detail.doesNotFit({ cluster })}
          data-tip={reasonLines(messages, reasons)}
          className="tip-btn"
        >
          <StatusMark tone="neutral" shape="slash">
            <span className="font-normal line-through">{cluster}</span>
          </StatusMark>
        </button>
      ))}
    </span>
  )
}

function VersionRow({ version }: { version: PluginVersionView }): ReactNode {
  const messages = useMessages()
  const { detail } = messages.plugins
  return (
    <Row data-version={version.version}>
      <RowHeader className="whitespace-nowrap">
        <span className="font-mono text-xs font-medium">{version.version}</span>
        {version.problems.length > 0 && (
          <Badge tone="warn" className="ml-2" data-tip={reasonLines(messages, version.problems)}>
            !
          </Badge>
        )}
      </RowHeader>
      <Cell>
        {version.readyForDeploy ? (
          <StatusMark tone="good" shape="check">
            {detail.readyYes}
          </StatusMark>
        ) : (
          <StatusMark tone="neutral" shape="clock">
            {detail.readyNo}
          </StatusMark>
        )}
      </Cell>
      <Cell className="text-muted">
        <RelativeTime iso={version.publishedAt} />
      </Cell>
      <Cell className="text-xs text-muted">
        {version.supportedUpgradeVersions === null ? (
          detail.anyOlder
        ) : (
          <span className="font-mono">{version.supportedUpgradeVersions}</span>
        )}{' '}
        <RiskBadge level={version.riskLevel} text={version.riskText} />
      </Cell>
      <Cell className="text-muted">{version.hasParameters ? detail.parametersYes : detail.parametersNo}</Cell>
      <Cell>
        <Fits fits={version.fits} />
      </Cell>
      <Cell>
        <ClusterLinks clusters={version.installedOn} />
      </Cell>
    </Row>
  )
}

/** Every published version: whether it is ready, where it fits, where it is. */
export function VersionsSection({ plugin }: { plugin: PluginDetail }): ReactNode {
  const { detail } = useMessages().plugins
  const { common } = useMessages()
  return (
    <Section id="versions" title={detail.versions}>
      {plugin.versionDetails.length === 0 ? (
        <Panel className="text-sm text-muted">{detail.noVersions}</Panel>
      ) : (
        <Table caption={detail.versions} minWidth="min-w-208">
          <TableHead>
            <ColumnHeader>{common.version}</ColumnHeader>
            <ColumnHeader>{detail.readyForDeploy}</ColumnHeader>
            <ColumnHeader>{detail.published}</ColumnHeader>
            <ColumnHeader>{detail.upgradesFrom}</ColumnHeader>
            <ColumnHeader>{detail.parameters}</ColumnHeader>
            <ColumnHeader>{detail.fits}</ColumnHeader>
            <ColumnHeader>{detail.installedOn}</ColumnHeader>
          </TableHead>
          <TableBody>
            {plugin.versionDetails.map((version) => (
              <VersionRow key={version.moduleConfig} version={version} />
            ))}
          </TableBody>
        </Table>
      )}
    </Section>
  )
}
