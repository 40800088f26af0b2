'use client'
import type { ReactNode } from 'react'
import { ConditionsTable } from '#components/plugins/conditions-table.tsx'
import { RelativeTime } from '#components/shell/relative-time.tsx'
import { Chip } from '#components/ui/chip.tsx'
import { Definition, DefinitionList } from '#components/ui/definition-list.tsx'
import { Panel, Section } from '#components/ui/section.tsx'
import type { ClusterDetail } from '#lib/contract/cluster.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import { isAffinityLabel, labelText } from './affinity-labels.ts'
import { FreshnessTable } from './freshness-table.tsx'
import { ResourceTable } from './resource-table.tsx'

/** What the platform says of a cluster. */
export function ClusterOverview({ cluster }: { cluster: ClusterDetail }): ReactNode {
  const { clusters } = useMessages()
  const { detail } = clusters
  const labels = Object.entries(cluster.labels).sort(
    ([a], [b]) => Number(isAffinityLabel(b)) - Number(isAffinityLabel(a)) || (a < b ? -1 : 1),
  )
  return (
    <div className="space-y-7">
      <Panel>
        <DefinitionList>
          <Definition term={detail.displayName}>{cluster.displayName}</Definition>
          <Definition term={detail.type}>{cluster.type}</Definition>
          <Definition term={detail.kubernetes}>
            {cluster.version !== null && <span className="font-mono text-xs">{cluster.version}</span>}
          </Definition>
          <Definition term={detail.way}>
            {cluster.address !== null && (
              <span className="font-mono text-xs break-all">{cluster.address}</span>
            )}
          </Definition>
          {cluster.origin !== '' && (
            <Definition term={detail.origin}>
              <span className="font-mono text-xs break-all">{cluster.origin}</span>
            </Definition>
          )}
          <Definition term={detail.answers}>
            {cluster.reachability.state === 'reachable' && <RelativeTime iso={cluster.reachability.since} />}
          </Definition>
          <Definition term={detail.created}>
            <RelativeTime iso={cluster.createdAt} />
          </Definition>
          <Definition term={detail.addresses}>
            {cluster.addresses.length > 0 && (
              <ul className="font-mono text-xs">
                {cluster.addresses.map(({ type, host, port }) => (
                  <li key={`${type} ${host} ${port}`} className="break-all">
                    {host}:{port} <span className="text-muted">{type}</span>
                  </li>
                ))}
              </ul>
            )}
          </Definition>
        </DefinitionList>
      </Panel>
      <Section title={detail.labels} intro={detail.labelsHint}>
        <Panel className="flex flex-wrap gap-1.5">
          {labels.length === 0 && <span className="text-sm text-muted">{detail.noLabels}</span>}
          {labels.map(([key, value]) => (
            <Chip key={key} className={isAffinityLabel(key) ? 'text-ink!' : undefined}>
              {labelText(key, value)}
            </Chip>
          ))}
        </Panel>
      </Section>
      <Section title={detail.conditions}>
        <ConditionsTable
          conditions={cluster.conditions}
          caption={detail.conditions}
          empty={detail.noConditions}
        />
      </Section>
      <Section title={detail.resources}>
        <ResourceTable resources={cluster.resource} />
      </Section>
      <Section title={detail.freshness}>
        <FreshnessTable sources={cluster.freshness} hasClusters={!cluster.isGlobal} />
      </Section>
    </div>
  )
}
