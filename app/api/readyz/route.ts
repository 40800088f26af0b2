import { isReady } from '#lib/server/runtime.ts'

/** `GET /api/readyz`: 200 once everything was read from the cluster; later outages are the pages' to explain. */
export function GET(): Response {
  const ready = isReady()
  return Response.json(
    { status: ready ? 'ok' : 'reading from the cluster' },
    { status: ready ? 200 : 503, headers: { 'cache-control': 'no-store' } },
  )
}
