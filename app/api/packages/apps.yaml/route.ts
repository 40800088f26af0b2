import { route } from '#lib/server/http/route.ts'
import { yamlFile } from '#lib/server/http/yaml-file.ts'

/** `GET /api/packages/apps.yaml`: which plugins there are and where they are installed, as `violet list` writes it. */
export const GET = route({
  handler: async ({ ctx, services }) => yamlFile('apps.yaml', await services.exportApplications(ctx)),
})
