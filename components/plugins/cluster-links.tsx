'use client'
import type { ReactNode } from 'react'
import { TextLink } from '#components/ui/text-link.tsx'
import { clusterPath } from '#lib/browser/paths.ts'

/** Clusters, each leading to its Features; a dash for none. */
export function ClusterLinks({ clusters }: { clusters: readonly string[] }): ReactNode {
  if (clusters.length === 0) return <span className="text-faint">–</span>
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
