'use client'
import { useId } from 'react'
import type { ReactNode } from 'react'
import { FieldFrame, describedBy, fieldIds } from '#components/ui/field-frame.tsx'
import { Select } from '#components/ui/select.tsx'
import type { ClusterSummary } from '#lib/contract/cluster.ts'
import type { PluginDetail } from '#lib/contract/plugin.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import { reasonText } from '#lib/i18n/reason-text.ts'
import { targetReasons } from './install-targets.ts'

interface TargetFieldsProps {
  detail: PluginDetail
  clusters: readonly ClusterSummary[]
  cluster: string
  version: string | null
  /** The user wanted to go on without a cluster. */
  isClusterAsked: boolean
  onPick: (target: { cluster?: string; version?: string }) => void
}

/** Where to install and which version. What can't be chosen says why. */
export function TargetFields(props: TargetFieldsProps): ReactNode {
  const { detail, clusters, cluster, version, isClusterAsked, onPick } = props
  const messages = useMessages()
  const texts = messages.installations
  const clusterId = useId()
  const versionId = useId()
  const view = detail.versionDetails.find((one) => one.version === version)
  const names =
    clusters.length > 0 ? clusters.map((one) => one.name) : detail.clusters.map((one) => one.cluster)
  const labels = new Map(clusters.map((one) => [one.name, one.displayName]))
  const clusterOptions = names.map((name) => {
    const reasons = targetReasons(detail, view, name)
    const label = labels.get(name) ?? ''
    return {
      value: name,
      label: label === '' || label === name ? name : `${name} (${label})`,
      disabled: reasons.length > 0,
      ...(reasons.length > 0 && { hint: reasons.map((reason) => reasonText(messages, reason)).join(' ') }),
    }
  })
  const versionOptions = detail.versionDetails.map((one, index) => {
    const reasons = targetReasons(detail, one, cluster)
    const hint = reasons.map((reason) => reasonText(messages, reason)).join(' ')
    return {
      value: one.version,
      label: <span className="font-mono">{one.version}</span>,
      disabled: !one.readyForDeploy,
      ...(reasons.length > 0 ? { hint } : index === 0 && { hint: texts.newest }),
    }
  })
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <FieldFrame
        id={clusterId}
        label={texts.targetCluster}
        isGroup
        errors={isClusterAsked ? [texts.clusterNeeded] : []}
      >
        <Select
          id={clusterId}
          value={cluster === '' ? null : cluster}
          onChange={(next) => {
            onPick({ cluster: next })
          }}
          options={clusterOptions}
          placeholder={texts.pickCluster}
          invalid={isClusterAsked}
          aria-labelledby={fieldIds(clusterId).label}
          aria-describedby={describedBy(clusterId, { error: isClusterAsked })}
        />
      </FieldFrame>
      <FieldFrame id={versionId} label={texts.version} isGroup>
        <Select
          id={versionId}
          value={version}
          onChange={(next) => {
            onPick({ version: next })
          }}
          options={versionOptions}
          placeholder={texts.pickVersion}
          aria-labelledby={fieldIds(versionId).label}
        />
      </FieldFrame>
    </div>
  )
}
