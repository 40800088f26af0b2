'use client'
import { Fragment } from 'react'
import type { ReactNode } from 'react'
import { TextLink } from '#components/ui/text-link.tsx'
import { clusterPath } from '#lib/browser/paths.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'

/** Clusters by name, each leading to its features; a word for none. */
export function ClusterLinks({ clusters }: { clusters: readonly string[] }): ReactNode {
  const { packages } = useMessages()
  if (clusters.length === 0) return <span className="text-muted">{packages.nowhere}</span>
  return clusters.map((cluster, index) => (
    <Fragment key={cluster}>
      {index > 0 && ', '}
      <TextLink href={clusterPath(cluster, 'features')}>{cluster}</TextLink>
    </Fragment>
  ))
}
