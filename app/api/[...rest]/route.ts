import { RequestError } from '#lib/server/http/request-error.ts'
import { route } from '#lib/server/http/route.ts'

const nothing = route({
  handler: () => {
    throw new RequestError('not-found', 'there is no such path in this API')
  },
})

/** Whatever no other route serves is a problem like any other, not a page. */
export { nothing as DELETE, nothing as GET, nothing as PATCH, nothing as POST, nothing as PUT }
