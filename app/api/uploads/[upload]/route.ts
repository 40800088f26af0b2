import { route } from '#lib/server/http/route.ts'
import { UPLOAD_PATH } from '#lib/server/request-schemas.ts'

/** `GET /api/uploads/{upload}`: how far it is, and what the package holds. */
export const GET = route({
  params: UPLOAD_PATH,
  handler: ({ ctx, services, params }) => services.getUpload(ctx, params),
})

/** `DELETE /api/uploads/{upload}` cancels it. */
export const DELETE = route({
  params: UPLOAD_PATH,
  handler: ({ ctx, services, params }) => services.discardUpload(ctx, params),
})
