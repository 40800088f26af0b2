import type { IncomingMessage, ServerResponse } from 'node:http'
import type { LiveHub } from './live-hub.ts'

/** A reader that leaves more than this unread is dropped; it comes back and is told what it missed. Bytes. */
const MAX_UNREAD = 256 * 1024

/** Between these times, in milliseconds, a reader that has no timing of its own reconnects: never all at once. */
const RETRY_MS = { least: 500, most: 3000 }

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
  response.write(`retry: ${retryMs()}\n\n`)
  const query = new URLSearchParams((request.url ?? '').split('?', 2)[1])
  const header = request.headers['last-event-id']
  const lastEventId = typeof header === 'string' ? header : (query.get('lastEventId') ?? undefined)
  const { caughtUp, detach } = hub.attach(
    {
      caller,
      write: (frame) => {
        const isTaken = response.write(frame)
        if (response.writableLength > MAX_UNREAD) response.destroy()
        return isTaken
      },
      end: () => response.end(),
      drop: () => response.destroy(),
    },
    lastEventId,
  )
  response.on('drain', caughtUp)
  response.once('close', detach)
}

function retryMs(): number {
  return Math.round(RETRY_MS.least + Math.random() * (RETRY_MS.most - RETRY_MS.least))
}
