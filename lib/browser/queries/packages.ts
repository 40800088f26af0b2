import { queryOptions } from '@tanstack/react-query'
import type { PackageList } from '#lib/contract/package.ts'
import { apiGet } from '../api.ts'
import { API } from '../api-paths.ts'

/** Uploaded packages. */
export const packagesQuery = queryOptions({
  queryKey: ['packages', 'list'],
  queryFn: ({ signal }) => apiGet<PackageList>(API.packages, signal),
})
