import { route } from '#lib/server/http/route.ts'
import { PUBLISH_BODY, UPLOAD_PATH } from '#lib/server/request-schemas.ts'

/** `POST /api/uploads/{upload}/publish`: goes on in the background. */
export const POST = route({
  params: UPLOAD_PATH,
  body: PUBLISH_BODY,
  status: () => 202,
  handler: ({ ctx, services, params, body }) => services.publishUpload(ctx, { ...params, ...body }),
})
