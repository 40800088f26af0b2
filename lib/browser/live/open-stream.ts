import type { LiveEvent } from '#lib/contract/live.ts'
import { API } from '../api-paths.ts'
import type { Stream, StreamHandlers } from './live-client.ts'
import { reconnectDelay } from './reconnect-delay.ts'

const TYPES: readonly LiveEvent['type'][] = ['hello', 'change', 'freshness', 'upload', 'reset', 'beat']

/** Opens the event stream, and opens it again, after the last event, whenever it ends. */
export function openStream(cursor: string | null, handlers: StreamHandlers): Stream {
  let lastId = cursor
  let failures = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let source: EventSource | undefined

  // Browsers reconnect by themselves, but all of them after the same time.
  const fail = () => {
    close()
    timer = setTimeout(open, reconnectDelay(failures, Math.random()))
    failures += 1
    handlers.onLost()
  }
  const open = () => {
    const opened = new EventSource(
      lastId === null ? API.events : `${API.events}?lastEventId=${encodeURIComponent(lastId)}`,
    )
    source = opened
    opened.addEventListener('error', fail)
    for (const type of TYPES)
      opened.addEventListener(type, (message: MessageEvent<string>) => {
        // Events that had arrived when the stream was given up are told again on the new one.
        if (opened !== source) return
        if (type === 'hello') failures = 0
        lastId = message.lastEventId
        handlers.onEvent({ ...(JSON.parse(message.data) as object), type } as LiveEvent, lastId)
      })
  }
  const close = () => {
    clearTimeout(timer)
    source?.close()
    source = undefined
  }
  open()
  return {
    renew: () => {
      close()
      open()
    },
    close,
  }
}
