import { route } from '#lib/server/http/route.ts'
import { PLUGIN_VERSION_PATH } from '#lib/server/request-schemas.ts'

/** `GET /api/plugins/{plugin}/versions/{version}`: what the dialogs need of a version. */
export const GET = route({
  params: PLUGIN_VERSION_PATH,
  handler: ({ ctx, services, params }) => services.getVersionForm(ctx, params),
})
