import { route } from '#lib/server/http/route.ts'

/** `GET /api/packages`: what was uploaded. Uploads themselves never come here: server.ts takes them as a stream. */
export const GET = route({ handler: ({ ctx, services }) => services.listPackages(ctx) })
