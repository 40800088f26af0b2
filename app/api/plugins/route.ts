import { route } from '#lib/server/http/route.ts'
import { PLUGIN_QUERY } from '#lib/server/request-schemas.ts'

/** `GET /api/plugins`: a page of plugins, searched, filtered and sorted. */
export const GET = route({
  query: PLUGIN_QUERY,
  handler: ({ ctx, services, query }) => services.listPlugins(ctx, query),
})
