import { queryOptions } from '@tanstack/react-query'
import type { ClusterDetail, ClusterList } from '#lib/contract/cluster.ts'
import { apiGet } from '../api.ts'
import { API } from '../api-paths.ts'

/** All clusters. */
export const clustersQuery = queryOptions({
  queryKey: ['clusters', 'list'],
  queryFn: ({ signal }) => apiGet<ClusterList>(API.clusters, signal),
})

/** One cluster in full, with its features. */
export function clusterQuery(cluster: string) {
  return queryOptions({
    queryKey: ['clusters', 'detail', cluster],
    queryFn: ({ signal }) => apiGet<ClusterDetail>(API.cluster(cluster), signal),
  })
}
