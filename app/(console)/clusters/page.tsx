import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { ClusterListPage } from '#components/clusters/cluster-list-page.tsx'
import { Hydrated } from '#components/shell/hydrated.tsx'
import { clustersQuery } from '#lib/browser/queries/clusters.ts'
import { prefetch, wanted } from '../../prefetch.ts'
import { requestMessages } from '../../request-preferences.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await requestMessages()).clusters.title }
}

export default async function ClustersPage(): Promise<ReactNode> {
  const prefetched = await prefetch(
    wanted(clustersQuery, (services, context) => services.listClusters(context)),
  )
  return (
    <Hydrated {...prefetched}>
      <ClusterListPage />
    </Hydrated>
  )
}
