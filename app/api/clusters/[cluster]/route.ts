import { route } from '#lib/server/http/route.ts'
import { CLUSTER_PATH } from '#lib/server/request-schemas.ts'

/** `GET /api/clusters/{cluster}`: a cluster with its features. */
export const GET = route({
  params: CLUSTER_PATH,
  handler: ({ ctx, services, params }) => services.getCluster(ctx, params),
})
