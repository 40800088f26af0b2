import { route } from '#lib/server/http/route.ts'
import { CHANGE_BODY, INSTALLATION_PATH, UNINSTALL_BODY } from '#lib/server/request-schemas.ts'

/** `PATCH /api/installations/{cluster}/{plugin}`: upgrades with a version, updates with a configuration. */
export const PATCH = route({
  params: INSTALLATION_PATH,
  body: CHANGE_BODY,
  handler: ({ ctx, services, params, body }) => services.changeInstallation(ctx, { ...body, ...params }),
})

/** `DELETE /api/installations/{cluster}/{plugin}`: uninstalls, or with `dryRun` says what that would meet. */
export const DELETE = route({
  params: INSTALLATION_PATH,
  body: UNINSTALL_BODY,
  status: ({ body }) => (body.dryRun === true ? 200 : 202),
  handler: ({ ctx, services, params, body }) => services.uninstallPlugin(ctx, { ...body, ...params }),
})
