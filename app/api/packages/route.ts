import { route } from '#lib/server/http/route.ts'
import { PACKAGE_QUERY } from '#lib/server/request-schemas.ts'

/** `GET /api/packages`: what was published. */
export const GET = route({
  query: PACKAGE_QUERY,
  handler: ({ ctx, services, query }) => services.listPackages(ctx, query),
})
