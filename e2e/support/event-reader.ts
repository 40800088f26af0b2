import { get, type IncomingMessage } from 'node:http'

export interface StreamEvent {
  id: string
  type: string
  data: Record<string, unknown>
}

/** A bare reader of a console's event stream. */
export interface EventReader {
  readonly events: readonly StreamEvent[]
  /** Resolves with the first event from now on, or among those that came, that fits; fails when the stream ends. */
  hears(fits: (event: StreamEvent) => boolean): Promise<StreamEvent>
  /** Stops to read: what comes now stays where it is. */
  pause(): void
  resume(): void
  /** True once the other side, or this one, has cut the line. */
  readonly isClosed: boolean
  close(): void
}

/**
 * Opens the event stream of a console (plain HTTP).
 * @throws Error when it is refused
 */
export async function openEventReader(origin: string, lastEventId?: string): Promise<EventReader> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const headers = lastEventId === undefined ? {} : { 'last-event-id': lastEventId }
    get(`${origin}/api/events`, { agent: false, headers }, resolve).on('error', reject)
  })
  if (response.statusCode !== 200) throw new Error(`the event stream answered ${response.statusCode}`)
  const events: StreamEvent[] = []
  const waiting = new Set<{ look: () => boolean; fail: (error: Error) => void }>()
  let rest = ''
  let isClosed = false
  response.setEncoding('utf8').on('data', (text: string) => {
    const frames = (rest + text).split('\n\n')
    rest = frames.pop() ?? ''
    for (const frame of frames) {
      const [, id, type, data] = /^id: (.*)\nevent: (.*)\ndata: (.*)$/.exec(frame) ?? []
      if (id !== undefined && type !== undefined && data !== undefined)
        events.push({ id, type, data: JSON.parse(data) as Record<string, unknown> })
    }
    for (const one of waiting) if (one.look()) waiting.delete(one)
  })
  response.on('error', () => {})
  response.once('close', () => {
    isClosed = true
    for (const one of waiting) one.fail(new Error('the event stream ended'))
  })
  return {
    events,
    hears: (fits) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = events.find(fits)
          if (found !== undefined) resolve(found)
          return found !== undefined
        }
        if (!look()) waiting.add({ look, fail: reject })
      }),
    pause: () => response.pause(),
    resume: () => response.resume(),
    get isClosed() {
      return isClosed
    },
    close: () => response.destroy(),
  }
}

/** Opens so many streams at once; resolves when each has been greeted. */
export async function openEventReaders(origin: string, count: number): Promise<EventReader[]> {
  const readers = await Promise.all(Array.from({ length: count }, () => openEventReader(origin)))
  await Promise.all(readers.map((reader) => reader.hears(({ type }) => type === 'hello')))
  return readers
}
