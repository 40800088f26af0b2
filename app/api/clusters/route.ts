import { route } from '#lib/server/http/route.ts'

/** `GET /api/clusters`: all clusters, the global one first. */
export const GET = route({ handler: ({ ctx, services }) => services.listClusters(ctx) })
