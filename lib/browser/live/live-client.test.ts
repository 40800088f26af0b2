import { expect, test } from 'vitest'
import type { LiveEvent } from '#lib/contract/live.ts'
import { testBrowser } from './testing/test-browser.ts'

const hello: LiveEvent = { type: 'hello', revision: 5, freshness: [] }
const change: LiveEvent = { type: 'change', revision: 6, topics: ['plugins'] }
const beat: LiveEvent = { type: 'beat' }
const settle = () => new Promise(setImmediate)

test('ten tabs, one stream, all of them hear', async () => {
  const { open, streams, openStreams } = testBrowser()
  const tabs = Array.from({ length: 10 }, () => open('e.5'))
  expect(openStreams()).toHaveLength(1)
  streams[0]?.handlers.onEvent(hello, 'e.5')
  streams[0]?.handlers.onEvent(change, 'e.6')
  await settle()
  for (const tab of tabs) {
    expect(tab.events).toEqual([hello, change])
    expect(tab.client.state).toMatchObject({ connection: 'open', cursor: 'e.6' })
    expect(tab.behind).toBe(0)
  }
})

test('when the leader goes another takes over where it stopped', () => {
  const { open, streams, openStreams } = testBrowser()
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
  const { open, streams } = testBrowser()
  open('e.5')
  streams[0]?.handlers.onEvent(change, 'e.6')
  const late = open('e.5')
  expect(late.behind).toBe(1)
  expect(late.client.state.cursor).toBe('e.6')
  const current = open('e.6')
  expect(current.behind).toBe(0)
})

test('an event that follows one which a tab has not heard means to read everything', () => {
  const { open } = testBrowser()
  const leader = open('e.5')
  const follower = open('e.5')
  follower.client.receive({ type: 'event', event: change, previous: 'e.5', cursor: 'e.6' })
  expect(follower.behind).toBe(0)
  follower.client.receive({ type: 'event', event: change, previous: 'e.7', cursor: 'e.8' })
  expect(follower.behind).toBe(1)
  expect(leader.behind).toBe(0)
})

test('without a cursor the first greeting means to read again, later ones do not', () => {
  const { open, streams } = testBrowser()
  const tab = open(null)
  streams[0]?.handlers.onEvent(hello, 'e.5')
  streams[0]?.handlers.onEvent(hello, 'e.5')
  expect(tab.behind).toBe(1)
})

test('every tab learns that the connection is lost, since when, and that it is back', async () => {
  const { open, streams, pass, now } = testBrowser()
  const tabs = [open('e.5'), open('e.5')]
  streams[0]?.handlers.onEvent(hello, 'e.5')
  await settle()
  const heardAt = now()
  pass(4000)
  streams[0]?.handlers.onLost()
  for (const { client } of tabs) expect(client.state).toMatchObject({ connection: 'lost', lostAt: heardAt })
  streams[0]?.handlers.onEvent(hello, 'e.5')
  await settle()
  for (const { client } of tabs) expect(client.state).toMatchObject({ connection: 'open', lostAt: null })
})

test('nothing is called live before it has been read again', async () => {
  const read = Promise.withResolvers<undefined>()
  const { open, streams } = testBrowser({ whenRead: () => read.promise })
  const tab = open('e.5')
  streams[0]?.handlers.onLost()
  streams[0]?.handlers.onEvent({ type: 'reset', revision: 9 }, 'f.9')
  streams[0]?.handlers.onEvent(hello, 'f.9')
  await settle()
  expect(tab.client.state.connection).toBe('lost')
  read.resolve(undefined)
  await settle()
  expect(tab.client.state).toMatchObject({ connection: 'open', cursor: 'f.9' })
})

test('a console that says nothing is taken for gone, and asked again', async () => {
  const { open, streams, openStreams, pass, now } = testBrowser()
  const tabs = [open('e.5'), open('e.5')]
  streams[0]?.handlers.onEvent(hello, 'e.5')
  await settle()
  for (let second = 0; second < 60; second += 5) {
    pass(5000)
    streams[0]?.handlers.onEvent(beat, 'e.5')
  }
  expect(streams).toHaveLength(1)
  const heardAt = now()
  pass(13_000)
  for (const { client } of tabs) expect(client.state).toMatchObject({ connection: 'lost', lostAt: heardAt })
  expect(streams).toHaveLength(2)
  expect(openStreams()).toHaveLength(1)
})

test.each([
  ['a machine that slept', 3_600_000, 0],
  ['a clock that was set back', -3_600_000, 13_000],
])('%s is noticed', async (_, wallMs, steadyMs) => {
  const { open, streams, pass } = testBrowser()
  const tab = open('e.5')
  streams[0]?.handlers.onEvent(hello, 'e.5')
  await settle()
  pass(wallMs, steadyMs)
  expect(tab.client.state.connection).toBe('lost')
  expect(streams).toHaveLength(2)
  streams[1]?.handlers.onEvent(hello, 'e.5')
  await settle()
  expect(tab.client.state.connection).toBe('open')
})

test('a leader that hangs loses its place to a tab that somebody looks at', async () => {
  const { open, streams, openStreams, pass } = testBrowser()
  const leader = open('e.5')
  const follower = open('e.5')
  streams[0]?.handlers.onEvent(hello, 'e.5')
  leader.isFrozen = true
  pass(13_000)
  expect(follower.client.state.connection).toBe('lost')
  pass(2000)
  expect(openStreams()).toHaveLength(1)
  expect(openStreams()[0]).toBe(streams[1])
  streams[1]?.handlers.onEvent(change, 'e.6')
  streams[1]?.handlers.onEvent(hello, 'e.6')
  await settle()
  expect(follower.client.state).toMatchObject({ connection: 'open', cursor: 'e.6' })

  leader.isFrozen = false
  pass(1000)
  streams[1]?.handlers.onEvent({ ...change, revision: 7 }, 'e.7')
  expect(leader.events.at(-1)).toMatchObject({ revision: 7 })
})

test('a tab that the browser puts aside gives its place up, and finds out what it missed', () => {
  const { open, streams, openStreams } = testBrowser()
  const first = open('e.5')
  const second = open('e.5')
  streams[0]?.handlers.onEvent(hello, 'e.5')
  first.client.stop()
  expect(openStreams()).toEqual([streams[1]])
  streams[1]?.handlers.onEvent(change, 'e.6')
  expect(first.client.state).toMatchObject({ connection: 'connecting', cursor: 'e.5' })
  first.client.start()
  expect(first.behind).toBe(1)
  expect(first.client.state.cursor).toBe('e.6')
  expect(second.behind).toBe(0)
})
