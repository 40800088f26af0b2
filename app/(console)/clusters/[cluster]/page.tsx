import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { ClusterDetailPage } from '#components/clusters/cluster-detail-page.tsx'
import { Hydrated } from '#components/shell/hydrated.tsx'
import { clusterQuery } from '#lib/browser/queries/clusters.ts'
import { segmentText } from '#lib/browser/paths.ts'
import { prefetch, subject } from '../../../prefetch.ts'

interface Props {
  params: Promise<{ cluster: string }>
}

async function clusterOf({ params }: Props): Promise<string> {
  return segmentText((await params).cluster)
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: await clusterOf(props) }
}

export default async function ClusterPage(props: Props): Promise<ReactNode> {
  const cluster = await clusterOf(props)
  const prefetched = await prefetch(
    subject(clusterQuery(cluster), (services, context) => services.getCluster(context, { cluster })),
  )
  return (
    <Hydrated {...prefetched}>
      <ClusterDetailPage cluster={cluster} />
    </Hydrated>
  )
}
