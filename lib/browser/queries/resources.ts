import { queryOptions } from '@tanstack/react-query'
import { isClusterQuery } from '#lib/contract/resource.ts'
import type { ResourceList, ResourceQuery } from '#lib/contract/resource.ts'
import { apiGet } from '../api.ts'
import { resourcesPath } from '../api-paths.ts'

/**
 * Objects of a kind on a cluster. Only of the console's clusters live events tell when they change; all others are read
 * again when they are old and wanted, or when somebody asks. A failure stands until then, so that what people type meanwhile is not taken from them.
 */
export function resourcesQuery(cluster: string, query: ResourceQuery) {
  const path = resourcesPath(cluster, query)
  return queryOptions({
    queryKey: [isClusterQuery(query) ? 'clusters' : 'resources', 'choices', path],
    queryFn: ({ signal }) => apiGet<ResourceList>(path, signal),
    retry: false,
    refetchInterval: false,
    refetchOnWindowFocus: false,
  })
}
