import { route } from '#lib/server/http/route.ts'
import { CLUSTER_PATH, RESOURCE_QUERY } from '#lib/server/request-schemas.ts'

/** `GET /api/clusters/{cluster}/resources`: objects of a kind, to pick from. */
export const GET = route({
  params: CLUSTER_PATH,
  query: RESOURCE_QUERY,
  handler: ({ ctx, services, params, query }) => services.listClusterResources(ctx, { ...query, ...params }),
})
