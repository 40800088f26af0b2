import type { IncomingMessage, ServerResponse } from 'node:http'
import type { LiveHub } from './live-hub.ts'

/** A reader that leaves more than this unread is dropped; it comes back and is told what it missed. Bytes. */
const MAX_UNREAD = 256 * 1024

/** Milliseconds after which a browser reconnects. */
const RETRY_MS = 1000

/**
 * Answers `GET /api/events`: a server-sent event stream, open until either side ends it.
 * Continues after the `Last-Event-ID` header, or the query's `lastEventId` for readers that start anew.
 */
export function serveEventStream(
  request: IncomingMessage,
  response: ServerResponse,
  hub: LiveHub,
  caller: string,
): void {
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
  })
  response.write(`retry: ${RETRY_MS}\n\n`)
  const query = new URLSearchParams((request.url ?? '').split('?', 2)[1])
  const header = request.headers['last-event-id']
  const lastEventId = typeof header === 'string' ? header : (query.get('lastEventId') ?? undefined)
  const detach = hub.attach(
    {
      caller,
      write: (frame) => {
        response.write(frame)
        if (response.writableLength > MAX_UNREAD) response.destroy()
      },
      end: () => response.end(),
    },
    lastEventId,
  )
  response.once('close', detach)
}
