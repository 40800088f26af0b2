import { route } from '#lib/server/http/route.ts'
import { PLUGIN_VERSION_PATH } from '#lib/server/request-schemas.ts'

/** `GET /api/plugins/{plugin}/versions/{version}/contents`: what its package held. */
export const GET = route({
  params: PLUGIN_VERSION_PATH,
  handler: ({ ctx, services, params }) => services.getVersionContents(ctx, params),
})
