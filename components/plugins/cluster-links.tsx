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
    <span className="flex flex-wrap gap-x-2">
      {clusters.map((cluster) => (
        <TextLink
          key={cluster}
          href={clusterPath(cluster, 'features')}
          // One above the other they are still easy to hit.
          className="inline-flex min-h-6 min-w-6 items-center"
        >
          {cluster}
        </TextLink>
      ))}
    </span>
  )
}
