import { queryOptions } from '@tanstack/react-query'
import type { PackagePage, PackageQuery } from '#lib/contract/package.ts'
import { apiGet } from '../api.ts'
import { packagesPath } from '../api-paths.ts'

/** A page of the plugins with what was uploaded of them. */
export function packagesQuery(query: PackageQuery) {
  const path = packagesPath(query)
  return queryOptions({
    queryKey: ['packages', 'list', path],
    queryFn: ({ signal }) => apiGet<PackagePage>(path, signal),
  })
}
