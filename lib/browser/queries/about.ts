import { queryOptions } from '@tanstack/react-query'
import type { AboutView } from '#lib/contract/about.ts'
import { apiGet } from '../api.ts'
import { API } from '../api-paths.ts'

/** What this console is connected to; read again whenever something about clusters or their freshness changes. */
export const aboutQuery = queryOptions({
  queryKey: ['clusters', 'about'],
  queryFn: ({ signal }) => apiGet<AboutView>(API.about, signal),
})
