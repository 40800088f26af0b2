import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { UploadView } from '#lib/contract/upload.ts'
import { LiveHub } from './live-hub.ts'
import type { LiveSink } from './live-reader.ts'

const UPLOAD = { state: 'reading' } as UploadView

interface Frame {
  id: string
  event: string
  data: Record<string, unknown>
}

class Reader implements LiveSink {
  readonly caller: string
  ended = false
  dropped = false
  /** Takes what comes, but is slow to say so. */
  isSlow = false
  writes = 0
  text = ''

  constructor(caller = 'admin') {
    this.caller = caller
  }

  write(frame: Buffer): boolean {
    this.writes += 1
    this.text += frame.toString()
    return !this.isSlow
  }

  end(): void {
    this.ended = true
  }

  drop(): void {
    this.dropped = true
  }

  get frames(): Frame[] {
    return [...this.text.matchAll(/id: (.+)\nevent: (.+)\ndata: (.+)\n\n/g)].map(
      ([, id = '', event = '', data = '']) => ({
        id,
        event,
        data: JSON.parse(data) as Record<string, unknown>,
      }),
    )
  }

  get events(): string[] {
    return this.frames.map(({ event }) => event)
  }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function newHub(): LiveHub {
  return new LiveHub({ freshness: () => [], now: Date.now })
}

test('a new reader is greeted with the revision and the freshness of the sources', () => {
  const source = {
    cluster: 'global',
    kind: 'ModuleInfo',
    state: 'live' as const,
    knownAt: null,
    message: null,
  }
  const hub = new LiveHub({ freshness: () => [source] })
  const reader = new Reader()
  hub.attach(reader)
  expect(reader.frames).toMatchObject([{ event: 'hello', data: { revision: 0, freshness: [source] } }])
})

test('a burst becomes one note with each topic once', () => {
  const hub = newHub()
  const reader = new Reader()
  hub.attach(reader)
  for (let change = 0; change < 1000; change += 1) hub.changed('plugins', 'clusters')
  hub.changed('packages')
  expect(reader.events).toEqual(['hello'])
  vi.advanceTimersByTime(15)
  expect(reader.frames[1]).toMatchObject({
    event: 'change',
    data: { revision: 1, topics: ['plugins', 'clusters', 'packages'] },
  })
  vi.advanceTimersByTime(1000)
  expect(reader.events).toEqual(['hello', 'change'])
})

test('a steady stream of changes is not held back', () => {
  const hub = newHub()
  const reader = new Reader()
  hub.attach(reader)
  for (let step = 0; step < 10; step += 1) {
    hub.changed('plugins')
    vi.advanceTimersByTime(10)
  }
  expect(reader.events.filter((event) => event === 'change').length).toBeGreaterThanOrEqual(4)
})

test('a reader that comes back is told the topics it missed, and nothing when it missed nothing', () => {
  const hub = newHub()
  const first = new Reader()
  hub.attach(first)
  hub.changed('plugins')
  vi.advanceTimersByTime(15)
  const lastId = first.frames.at(-1)?.id ?? ''
  hub.changed('clusters')
  vi.advanceTimersByTime(15)
  hub.changed('clusters', 'packages')
  vi.advanceTimersByTime(15)

  const back = new Reader()
  hub.attach(back, lastId)
  expect(back.events).toEqual(['change', 'hello'])
  expect(back.frames[0]?.data).toEqual({ revision: 3, topics: ['clusters', 'packages'] })

  const current = new Reader()
  hub.attach(current, first.frames.at(-1)?.id)
  expect(current.events).toEqual(['hello'])
})

test.each(['', 'x', '0.1', `${'0'.repeat(12)}.0`, `${'f'.repeat(12)}.1e9`])(
  'the id %j of nobody knows which process means: read everything again',
  (id) => {
    const reader = new Reader()
    newHub().attach(reader, id)
    expect(reader.events).toEqual(['reset', 'hello'])
  },
)

test('an id from too long ago, or from the future, is a reset', () => {
  const hub = newHub()
  const reader = new Reader()
  hub.attach(reader)
  const epoch = reader.frames[0]?.id.split('.')[0] ?? ''
  for (let change = 0; change < 600; change += 1) {
    hub.changed('plugins')
    vi.advanceTimersByTime(15)
  }
  for (const [revision, expected] of [
    ['0', 'reset'],
    ['87', 'reset'],
    ['88', 'change'],
    ['599', 'change'],
    ['601', 'reset'],
  ] as const) {
    const back = new Reader()
    hub.attach(back, `${epoch}.${revision}`)
    expect([revision, back.events[0]]).toEqual([revision, expected])
  }
})

test('an upload is told to its own caller alone, at once', () => {
  const hub = newHub()
  const [own, other] = [new Reader('alice'), new Reader('bob')]
  hub.attach(own)
  hub.attach(other)
  hub.uploadChanged('alice', { uploadId: 'u1', upload: UPLOAD })
  expect(own.frames[1]).toMatchObject({ event: 'upload', data: { uploadId: 'u1', upload: UPLOAD } })
  expect(other.events).toEqual(['hello'])
})

test('silence is broken by a beat, only while somebody reads', () => {
  const hub = newHub()
  const reader = new Reader()
  const { detach } = hub.attach(reader)
  vi.advanceTimersByTime(15_000)
  expect(reader.events).toEqual(['hello', 'beat', 'beat', 'beat'])
  detach()
  expect(vi.getTimerCount()).toBe(0)
  expect(hub.streams).toBe(0)
})

test('a reader that lags is told once, of everything, when it has caught up', () => {
  const hub = newHub()
  const [slow, fast] = [new Reader(), new Reader()]
  slow.isSlow = true
  const { caughtUp } = hub.attach(slow)
  hub.attach(fast)
  for (let change = 0; change < 1000; change += 1) {
    hub.changed(change % 2 === 0 ? 'plugins' : 'clusters')
    hub.freshnessChanged()
    hub.uploadChanged('admin', { uploadId: `u${change % 2}`, upload: UPLOAD })
    vi.advanceTimersByTime(15)
  }
  expect(slow.events).toEqual(['hello'])
  slow.isSlow = false
  caughtUp()
  expect(slow.writes).toBe(2)
  expect(slow.events).toEqual(['hello', 'change', 'freshness', 'upload', 'upload'])
  expect(slow.frames[1]).toMatchObject({ id: hub.cursor, data: { topics: ['plugins', 'clusters'] } })
  expect(fast.events.filter((event) => event === 'change')).toHaveLength(1000)

  hub.changed('packages')
  vi.advanceTimersByTime(15)
  expect(slow.frames.at(-1)).toMatchObject({ event: 'change', data: { topics: ['packages'] } })
})

test('a reader that takes nothing for half a minute is dropped', () => {
  const hub = newHub()
  const [stuck, slow, fast] = [new Reader(), new Reader(), new Reader()]
  stuck.isSlow = true
  slow.isSlow = true
  hub.attach(stuck)
  const { caughtUp } = hub.attach(slow)
  hub.attach(fast)
  vi.advanceTimersByTime(25_000)
  expect(hub.streams).toBe(3)
  caughtUp()
  vi.advanceTimersByTime(10_000)
  expect([stuck.dropped, slow.dropped, fast.dropped]).toEqual([true, false, false])
  expect(hub.streams).toBe(2)
})

test('what many readers are told is encoded once', () => {
  let asked = 0
  const hub = new LiveHub({
    freshness: () => {
      asked += 1
      return []
    },
  })
  for (let reader = 0; reader < 200; reader += 1) hub.attach(new Reader())
  expect(asked).toBe(1)
  hub.freshnessChanged()
  vi.advanceTimersByTime(15)
  expect(asked).toBe(2)
})

test('closing ends every stream', () => {
  const hub = newHub()
  const reader = new Reader()
  hub.attach(reader)
  hub.changed('plugins')
  hub.close()
  expect(reader.ended).toBe(true)
  expect(hub.streams).toBe(0)
  expect(vi.getTimerCount()).toBe(0)
})
