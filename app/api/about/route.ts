import { route } from '#lib/server/http/route.ts'

/** `GET /api/about`: what this console is connected to. */
export const GET = route({ handler: ({ ctx, services }) => services.getAbout(ctx) })
