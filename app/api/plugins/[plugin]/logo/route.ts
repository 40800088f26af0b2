import { route } from '#lib/server/http/route.ts'
import { LOGO_QUERY, PLUGIN_PATH } from '#lib/server/request-schemas.ts'

/** `GET /api/plugins/{plugin}/logo?v=`: a stranger's image, to be looked at and nothing else. */
export const GET = route({
  params: PLUGIN_PATH,
  query: LOGO_QUERY,
  handler: async ({ ctx, services, params, query }) => {
    const { bytes, hash, headers } = await services.getPluginLogo(ctx, params)
    // Under its own hash it never changes; without it the address shows whatever there is now.
    const caching = query.v === hash ? 'private, max-age=31536000, immutable' : 'private, no-cache'
    return new Response(new Uint8Array(bytes), { headers: { ...headers, 'cache-control': caching } })
  },
})
