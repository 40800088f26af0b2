import type { LiveEvent } from '#lib/contract/live.ts'
import { API } from '../api-paths.ts'
import type { Stream, StreamHandlers } from './live-client.ts'

const TYPES: readonly LiveEvent['type'][] = ['hello', 'change', 'freshness', 'upload', 'reset']
const REOPEN_MS = 3000

/**
 * Opens the event stream. It reconnects by itself; where the browser gives up (an answer that is no stream),
 * it is opened anew every three seconds, continuing after the last event.
 */
export function openStream(cursor: string | null, handlers: StreamHandlers): Stream {
  let lastId = cursor
  let timer: ReturnType<typeof setTimeout> | undefined
  let source: EventSource

  const open = () => {
    source = new EventSource(
      lastId === null ? API.events : `${API.events}?lastEventId=${encodeURIComponent(lastId)}`,
    )
    source.addEventListener('open', handlers.onOpen)
    source.addEventListener('error', () => {
      handlers.onLost()
      if (source.readyState === EventSource.CLOSED) timer = setTimeout(open, REOPEN_MS)
    })
    for (const type of TYPES)
      source.addEventListener(type, (message: MessageEvent<string>) => {
        lastId = message.lastEventId === '' ? lastId : message.lastEventId
        const data = JSON.parse(message.data) as object
        handlers.onEvent({ ...data, type } as LiveEvent, message.lastEventId)
      })
  }
  open()
  return {
    close: () => {
      clearTimeout(timer)
      source.close()
    },
  }
}
