import { expect, test } from 'vitest'
import type { LiveEvent } from '#lib/contract/live.ts'
import { LiveClient } from './live-client.ts'
import type { StreamHandlers, TabMessage } from './live-client.ts'

/** A browser with one lock and one channel; tabs wait for the lock in the order they came. */
function browser() {
  const tabs: { client: LiveClient; events: LiveEvent[]; behind: number; close: () => void }[] = []
  const streams: { cursor: string | null; handlers: StreamHandlers; isOpen: boolean }[] = []
  const waiting: (() => void)[] = []
  let isHeld = false
  const grantNext = () => {
    isHeld = false
    waiting.shift()?.()
  }

  const open = (cursor: string | null) => {
    const events: LiveEvent[] = []
    const tab = { events, behind: 0, client: undefined as unknown as LiveClient, close: () => {} }
    const post = (message: TabMessage) => {
      const copy = structuredClone(message)
      for (const other of tabs) if (other !== tab) other.client.receive(copy)
    }
    tab.client = new LiveClient({
      cursor,
      now: () => 1000,
      post,
      openStream: (from, handlers) => {
        const stream = { cursor: from, handlers, isOpen: true }
        streams.push(stream)
        return { close: () => (stream.isOpen = false) }
      },
      elect: (lead) => {
        let end: (() => void) | undefined
        const start = () => {
          isHeld = true
          end = lead()
        }
        if (isHeld) waiting.push(start)
        else start()
        return () => {
          const place = waiting.indexOf(start)
          if (place >= 0) waiting.splice(place, 1)
          if (!end) return
          end()
          grantNext()
        }
      },
      onEvent: (event) => events.push(event),
      onBehind: () => {
        tab.behind += 1
      },
    })
    tab.close = () => {
      tabs.splice(tabs.indexOf(tab), 1)
      tab.client.stop()
    }
    tabs.push(tab)
    tab.client.start()
    return tab
  }
  return { open, streams, openStreams: () => streams.filter(({ isOpen }) => isOpen) }
}

const hello: LiveEvent = { type: 'hello', revision: 5, freshness: [] }
const change: LiveEvent = { type: 'change', revision: 6, topics: ['plugins'] }

test('ten tabs, one stream, all of them hear', () => {
  const { open, streams, openStreams } = browser()
  const tabs = Array.from({ length: 10 }, () => open('e.5'))
  expect(openStreams()).toHaveLength(1)
  streams[0]?.handlers.onOpen()
  streams[0]?.handlers.onEvent(hello, 'e.5')
  streams[0]?.handlers.onEvent(change, 'e.6')
  for (const tab of tabs) {
    expect(tab.events).toEqual([hello, change])
    expect(tab.client.state).toMatchObject({ connection: 'open', cursor: 'e.6' })
    expect(tab.behind).toBe(0)
  }
})

test('when the leader goes another takes over where it stopped', () => {
  const { open, streams, openStreams } = browser()
  const first = open('e.5')
  const second = open('e.5')
  streams[0]?.handlers.onEvent(change, 'e.6')
  first.close()
  expect(openStreams()).toHaveLength(1)
  expect(openStreams()[0]?.cursor).toBe('e.6')
  openStreams()[0]?.handlers.onEvent({ ...change, revision: 7 }, 'e.7')
  expect(second.events).toHaveLength(2)
})

test('a tab that was rendered before a change it did not hear of reads again', () => {
  const { open, streams } = browser()
  open('e.5')
  streams[0]?.handlers.onEvent(change, 'e.6')
  const late = open('e.5')
  expect(late.behind).toBe(1)
  expect(late.client.state.cursor).toBe('e.6')
  const current = open('e.6')
  expect(current.behind).toBe(0)
})

test('without a cursor the first greeting means to read again, later ones do not', () => {
  const { open, streams } = browser()
  const tab = open(null)
  streams[0]?.handlers.onEvent(hello, 'e.5')
  streams[0]?.handlers.onEvent(hello, 'e.5')
  expect(tab.behind).toBe(1)
})

test('every tab learns that the connection is lost, since when, and that it is back', () => {
  const { open, streams } = browser()
  const tabs = [open('e.5'), open('e.5')]
  streams[0]?.handlers.onOpen()
  streams[0]?.handlers.onLost()
  for (const { client } of tabs) expect(client.state).toMatchObject({ connection: 'lost', lostAt: 1000 })
  streams[0]?.handlers.onOpen()
  for (const { client } of tabs) expect(client.state).toMatchObject({ connection: 'open', lostAt: null })
})
