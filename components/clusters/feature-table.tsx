'use client'
import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { LifecycleBadge } from '#components/plugins/lifecycle-badge.tsx'
import { PluginActions } from '#components/plugins/plugin-actions.tsx'
import { PluginName } from '#components/plugins/plugin-name.tsx'
import { PluginStatusCell } from '#components/plugins/plugin-status.tsx'
import { RiskBadge } from '#components/plugins/risk-badge.tsx'
import { VersionCell } from '#components/plugins/version-cell.tsx'
import { Cell, ColumnHeader, Row, RowHeader, Table, TableBody, TableHead } from '#components/ui/table.tsx'
import type { Feature } from '#lib/contract/cluster.ts'
import { pick } from '#lib/domain/local-text.ts'
import { useI18n } from '#lib/i18n/i18n-context.tsx'
import { reasonText } from '#lib/i18n/reason-text.ts'

/** The version that an upgrade would bring, its risk in level and words; else why there is none. */
function UpgradeCell({ feature }: { feature: Feature }): ReactNode {
  const { messages, language } = useI18n()
  const { upgrade, actions } = feature
  if (upgrade !== null) {
    const words = pick(upgrade.riskText, language)
    return (
      <div className="space-y-0.5">
        <span className="flex flex-wrap items-center gap-2">
          <span className="mark sign-arrow gap-0.5! font-mono text-xs text-accent">{upgrade.version}</span>
          <RiskBadge level={upgrade.riskLevel} text={{}} />
        </span>
        {words !== '' && (
          <p data-cut className="line-clamp-2 text-xs text-muted">
            {words}
          </p>
        )}
      </div>
    )
  }
  if (actions.upgrade.allowed) return null
  return (
    <div className="text-xs text-muted">
      {actions.upgrade.reasons.map((reason) => {
        const text = reasonText(messages, reason)
        return <p key={text}>{text}</p>
      })}
    </div>
  )
}

interface FeatureTableProps {
  caption: string
  features: readonly Feature[]
  isInstalled: boolean
}

/** Plugins of a cluster. Installed ones always have their Upgrade button, enabled when there is an upgrade. */
export function FeatureTable({ caption, features, isInstalled }: FeatureTableProps): ReactNode {
  const { messages, language } = useI18n()
  const { plugins, clusters, common } = messages
  return (
    <Table caption={caption} minWidth="sm:min-w-176">
      <TableHead className="max-sm:sr-only">
        <ColumnHeader className="w-[34%]">{plugins.columns.plugin}</ColumnHeader>
        <ColumnHeader>{common.statusColumn}</ColumnHeader>
        <ColumnHeader>{common.version}</ColumnHeader>
        <ColumnHeader>{isInstalled ? clusters.features.upgrade : common.lifecycleColumn}</ColumnHeader>
        <ColumnHeader className="w-40">
          <span className="sr-only">{common.actionsColumn}</span>
        </ColumnHeader>
      </TableHead>
      <TableBody>
        {features.map((feature) => {
          const { summary } = feature
          return (
            <Row key={feature.plugin} data-plugin={feature.plugin} className="stacked-row">
              <RowHeader className="sm:max-w-0">
                <PluginName plugin={summary} />
              </RowHeader>
              <Cell>
                <PluginStatusCell on={feature} withReason />
              </Cell>
              <Cell>
                <VersionCell on={{ ...feature, upgrade: null }} latestVersion={summary.latestVersion} />
              </Cell>
              <Cell
                className={clsx(
                  'max-w-80 max-sm:order-1 max-sm:col-span-3 max-sm:max-w-none max-sm:pl-4',
                  isInstalled ? 'max-sm:empty:hidden' : 'max-sm:hidden',
                )}
              >
                {isInstalled ? (
                  <UpgradeCell feature={feature} />
                ) : (
                  <LifecycleBadge lifecycle={summary.lifecycle} />
                )}
              </Cell>
              <Cell>
                <PluginActions
                  on={feature}
                  displayName={pick(summary.displayName, language) || feature.plugin}
                  {...(isInstalled ? { primary: 'upgrade' } : {})}
                />
              </Cell>
            </Row>
          )
        })}
      </TableBody>
    </Table>
  )
}
