import { route } from '#lib/server/http/route.ts'
import { UPLOAD_PATH } from '#lib/server/request-schemas.ts'

/** `GET /api/uploads/{upload}/logo`: a stranger's image, to be looked at and nothing else. */
export const GET = route({
  params: UPLOAD_PATH,
  handler: async ({ ctx, services, params }) => {
    const { bytes, headers } = await services.getUploadLogo(ctx, params)
    return new Response(new Uint8Array(bytes), {
      headers: { ...headers, 'cache-control': 'private, no-cache' },
    })
  },
})
