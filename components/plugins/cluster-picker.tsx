'use client'
import { useQuery } from '@tanstack/react-query'
import Server from 'lucide-react/icons/server'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { Glyph } from '#components/ui/glyph.tsx'
import { MenuButton } from '#components/ui/menu-button.tsx'
import type { MenuItem } from '#components/ui/menu-item.ts'
import { StatusMark } from '#components/ui/status-mark.tsx'
import { clustersQuery } from '#lib/browser/queries/clusters.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import { FILTER_BUTTON } from './filter-menu.tsx'

interface ClusterPickerProps {
  /** null: all clusters. */
  cluster: string | null
  onPick: (cluster: string | null) => void
}

/** Picks the cluster that the list speaks about. The clusters are read when the picker is first wanted. */
export function ClusterPicker({ cluster, onPick }: ClusterPickerProps): ReactNode {
  const { clusters, plugins, common } = useMessages()
  const [isWanted, setWanted] = useState(false)
  const { data } = useQuery({ ...clustersQuery, enabled: isWanted })
  const items = (): MenuItem[] => [
    {
      kind: 'choice',
      key: '*',
      label: plugins.allClusters,
      checked: cluster === null,
      onSelect: () => {
        onPick(null)
      },
    },
    ...(data?.items ?? []).map(({ name, displayName, reachability, hasNoWay }): MenuItem => ({
      kind: 'choice',
      key: name,
      label: name,
      hint:
        hasNoWay || reachability.state === 'unreachable' ? (
          <StatusMark tone="warn" shape="question">
            {clusters.silent.word}
          </StatusMark>
        ) : displayName === name ? undefined : (
          displayName
        ),
      checked: name === cluster,
      onSelect: () => {
        onPick(name)
      },
    })),
    ...(data ? [] : [{ kind: 'heading', key: 'loading', label: common.loading } as const]),
  ]
  return (
    <MenuButton
      label={common.cluster}
      isNamed
      className={FILTER_BUTTON}
      items={items}
      onWanted={() => {
        setWanted(true)
      }}
    >
      <Server className="size-4 text-muted" />
      <span className="text-muted">{common.cluster}</span>
      <span className="max-w-40 truncate font-medium">{cluster ?? plugins.allClusters}</span>
      <Glyph name="chevronDown" className="size-3.5 text-muted" />
    </MenuButton>
  )
}
