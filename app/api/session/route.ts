import { route } from '#lib/server/http/route.ts'

/** `GET /api/session`: who is served by what. */
export const GET = route({ handler: ({ ctx, services }) => services.getSession(ctx) })
