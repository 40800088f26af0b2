import { route } from '#lib/server/http/route.ts'
import { UPLOAD_BODY } from '#lib/server/request-schemas.ts'

/** `GET /api/uploads`: packages on their way, and what became of others. */
export const GET = route({ handler: ({ ctx, services }) => services.listUploads(ctx) })

/** `POST /api/uploads` begins one; server.ts takes its bytes, as `PATCH /api/uploads/{upload}/content`. */
export const POST = route({
  body: UPLOAD_BODY,
  status: () => 201,
  handler: ({ ctx, services, body }) => services.createUpload(ctx, body),
})
