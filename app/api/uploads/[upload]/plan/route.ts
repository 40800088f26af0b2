import { route } from '#lib/server/http/route.ts'
import { UPLOAD_PATH } from '#lib/server/request-schemas.ts'

/** `GET /api/uploads/{upload}/plan`: what publishing it would do now. */
export const GET = route({
  params: UPLOAD_PATH,
  handler: ({ ctx, services, params }) => services.planUpload(ctx, params),
})
