import { route } from '#lib/server/http/route.ts'

/** `GET /api/packages`: what was published. */
export const GET = route({ handler: ({ ctx, services }) => services.listPackages(ctx) })
