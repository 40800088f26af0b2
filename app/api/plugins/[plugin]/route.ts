import { route } from '#lib/server/http/route.ts'
import { PLUGIN_PATH } from '#lib/server/request-schemas.ts'

/** `GET /api/plugins/{plugin}`: a plugin, its versions and its installations. */
export const GET = route({
  params: PLUGIN_PATH,
  handler: ({ ctx, services, params }) => services.getPlugin(ctx, params),
})
