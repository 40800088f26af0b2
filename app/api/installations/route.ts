import { route } from '#lib/server/http/route.ts'
import { INSTALL_BODY } from '#lib/server/request-schemas.ts'

/** `POST /api/installations`: installs a plugin on a cluster, or with `dryRun` says what would be created. */
export const POST = route({
  body: INSTALL_BODY,
  status: ({ body }) => (body.dryRun === true ? 200 : 201),
  handler: ({ ctx, services, body }) => services.installPlugin(ctx, body),
})
