import { queryOptions } from '@tanstack/react-query'
import type { SessionView } from '#lib/contract/session.ts'
import { apiGet } from '../api.ts'
import { API } from '../api-paths.ts'

/** Who is served by what. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => apiGet<SessionView>(API.session, signal),
})
