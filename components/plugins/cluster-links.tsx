'use client'
import type { ReactNode } from 'react'
import { TextLink } from '#components/ui/text-link.tsx'
import { clusterPath } from '#lib/browser/paths.ts'

interface ClusterLinksProps {
  clusters: readonly string[]
  /** Stands there for none. */
  none?: string
}

/** Clusters, each leading to its Features. */
export function ClusterLinks({ clusters, none = '–' }: ClusterLinksProps): ReactNode {
  if (clusters.length === 0) return <span className="text-muted">{none}</span>
  return (
    <span className="flex flex-wrap gap-x-2 gap-y-1">
      {clusters.map((cluster) => (
        <TextLink key={cluster} href={clusterPath(cluster, 'features')}>
          {cluster}
        </TextLink>
      ))}
    </span>
  )
}
