import { route } from '#lib/server/http/route.ts'
import { yamlFile } from '#lib/server/http/yaml-file.ts'
import { PLUGIN_VERSION_PATH } from '#lib/server/request-schemas.ts'

/** `GET /api/packages/{plugin}/versions/{version}`: its objects, as they could be applied elsewhere. */
export const GET = route({
  params: PLUGIN_VERSION_PATH,
  handler: async ({ ctx, services, params }) =>
    yamlFile(`${params.plugin}-${params.version}.yaml`, await services.exportVersion(ctx, params)),
})

/** `DELETE /api/packages/{plugin}/versions/{version}`: takes back what was published. */
export const DELETE = route({
  params: PLUGIN_VERSION_PATH,
  handler: ({ ctx, services, params }) => services.deletePackageVersion(ctx, params),
})
