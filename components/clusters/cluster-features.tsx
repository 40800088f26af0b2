'use client'
import { useMemo } from 'react'
import type { ReactNode } from 'react'
import { isInstalled } from '#components/plugins/row-actions.ts'
import { StatusAnnouncer } from '#components/plugins/status-announcer.tsx'
import { Panel, Section } from '#components/ui/section.tsx'
import type { ClusterDetail, Feature } from '#lib/contract/cluster.ts'
import { pick } from '#lib/domain/local-text.ts'
import { useI18n } from '#lib/i18n/i18n-context.tsx'
import { FeatureTable } from './feature-table.tsx'

/** Upgradable ones first, then by name. */
function byUpgrade(a: Feature, b: Feature): number {
  return Number(b.upgrade !== null) - Number(a.upgrade !== null) || (a.plugin < b.plugin ? -1 : 1)
}

/** The Features tab: what is installed on a cluster, what could be, and what could not. */
export function ClusterFeatures({ cluster }: { cluster: ClusterDetail }): ReactNode {
  const { messages, language } = useI18n()
  const texts = messages.clusters.features
  const { features } = cluster
  const installed = features.filter(({ status }) => isInstalled(status)).sort(byUpgrade)
  const available = features.filter(({ status }) => status === 'Ready')
  const others = features.filter(({ status }) => !isInstalled(status) && status !== 'Ready')
  const spoken = useMemo(
    () =>
      features.map(({ plugin, summary, status }) => ({
        key: plugin,
        name: pick(summary.displayName, language) || plugin,
        status,
      })),
    [features, language],
  )
  return (
    <div className="space-y-7">
      <Section title={`${texts.installed} (${installed.length})`}>
        {installed.length === 0 ? (
          <Panel className="text-sm text-muted">{texts.noneInstalled}</Panel>
        ) : (
          <FeatureTable caption={texts.installed} features={installed} isInstalled />
        )}
      </Section>
      <Section title={`${texts.available} (${available.length})`}>
        {available.length === 0 ? (
          <Panel className="text-sm text-muted">{texts.noneAvailable}</Panel>
        ) : (
          <FeatureTable caption={texts.available} features={available} isInstalled={false} />
        )}
      </Section>
      {others.length > 0 && (
        <Section title={`${texts.other} (${others.length})`}>
          <FeatureTable caption={texts.other} features={others} isInstalled={false} />
        </Section>
      )}
      <StatusAnnouncer rows={spoken} />
    </div>
  )
}
