import type { ServerResponse } from 'node:http'
import { afterEach, expect, test, vi } from 'vitest'
import { CONFIG_MAP } from '#lib/kinds/core.ts'
import { createKubeClient } from './http-kube-client.ts'
import { sendStatus, startFaultServer } from './testing/fault-server.ts'
import type { SeenRequest } from './testing/fault-server.ts'
import { createManualClock } from './testing/manual-clock.ts'
import { createTinyKube } from './testing/tiny-kube.ts'
import { createObjectCache } from './watch-cache.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

function until(check: () => void): Promise<void> {
  return vi.waitFor(check, { interval: 2, timeout: 15_000 })
}

async function start(options: {
  streams: 'served' | 'refused' | 'ignored'
  fault?: (request: SeenRequest, response: ServerResponse) => boolean
}) {
  const kube = createTinyKube(options.streams)
  kube.put('a')
  kube.put('b')
  const server = await startFaultServer(
    (request, response) => {
      if (!options.fault?.(request, response)) kube.handle(request, response)
    },
    undefined,
    { handlesStreamedLists: true },
  )
  const clock = createManualClock()
  const client = createKubeClient(server.config(), { cluster: 'test' })
  const cache = createObjectCache(client, CONFIG_MAP, { clock, random: () => 0.5 })
  cleanups.push(
    () => server.close(),
    () => client.close(),
    () => cache.stop(),
  )
  const states: string[] = []
  cache.onFreshness(({ state }) => states.push(state))
  const asked = () =>
    server.requests.map(({ query }) =>
      query.get('sendInitialEvents') ? 'stream' : query.get('watch') ? 'watch' : 'list',
    )
  const names = () =>
    cache
      .list()
      .map(({ metadata }) => metadata.name)
      .sort()
  return { kube, server, clock, cache, states, asked, names }
}

const isStream = ({ query }: SeenRequest) => query.get('sendInitialEvents') === 'true'

test('one request brings the list and then the changes', async () => {
  const { cache, kube, asked, names, server } = await start({ streams: 'served' })
  const batches: number[] = []
  cache.onChange((events) => batches.push(events.length))
  await cache.ready()
  expect(names()).toEqual(['a', 'b'])
  expect(batches).toEqual([2])
  kube.put('c')
  kube.remove('a')
  await until(() => expect(names()).toEqual(['b', 'c']))
  expect(asked()).toEqual(['stream'])
  expect(Object.fromEntries(server.requests[0]?.query ?? [])).toEqual({
    watch: 'true',
    sendInitialEvents: 'true',
    resourceVersionMatch: 'NotOlderThan',
    allowWatchBookmarks: 'true',
    timeoutSeconds: '300',
  })
})

test('a stream that ends by itself is resumed from the last revision, without a list', async () => {
  const { kube, asked, names, clock, server, states } = await start({ streams: 'served' })
  await until(() => expect(names()).toEqual(['a', 'b']))
  clock.advance(5000)
  kube.endWatches()
  kube.put('c')
  await until(() => expect(names()).toEqual(['a', 'b', 'c']))
  expect(asked()).toEqual(['stream', 'watch'])
  expect(server.requests[1]?.query.get('resourceVersion')).toBe('3')
  expect(states).toEqual(['live'])
})

test('the old content stands until the new list is whole, and then changes at once', async () => {
  let held: ServerResponse | undefined
  let isHeld = false
  const { cache, kube, clock, names, states } = await start({
    streams: 'served',
    fault(request, response) {
      if (!isHeld || !isStream(request)) return false
      held = response
      response.writeHead(200)
      const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', resourceVersion: '9' } }
      response.write(`${JSON.stringify({ type: 'ADDED', object })}\n`)
      return true
    },
  })
  await until(() => expect(names()).toEqual(['a', 'b']))
  isHeld = true
  kube.writeToWatches('garbage\n')
  await until(() => expect(clock.pending()).toEqual([187.5]))
  clock.advance(187.5)
  await until(() => expect(held).toBeDefined())
  await until(() => expect(clock.pending()).toContain(3000))
  clock.advance(2500)
  expect(names()).toEqual(['a', 'b'])
  expect(cache.freshness.state).toBe('stale')
  const { revision } = cache
  const metadata = { resourceVersion: '9', annotations: { 'k8s.io/initial-events-end': 'true' } }
  held?.write(`${JSON.stringify({ type: 'BOOKMARK', object: { kind: 'ConfigMap', metadata } })}\n`)
  await until(() => expect(names()).toEqual(['c']))
  expect(cache.revision).toBe(revision + 1)
  expect(states).toEqual(['live', 'stale', 'live'])
})

test('a server that refuses is asked for pages, and not for a stream again', async () => {
  const { kube, asked, names, clock } = await start({ streams: 'refused' })
  await until(() => expect(kube.watches).toBe(1))
  kube.writeToWatches('garbage\n')
  await until(() => expect(clock.pending()).toEqual([187.5]))
  kube.put('c')
  clock.advance(187.5)
  await until(() => expect(names()).toEqual(['a', 'b', 'c']))
  await until(() => expect(asked()).toEqual(['stream', 'list', 'watch', 'list', 'watch']))
})

test('a server that ignores the wish, too, after a pause', async () => {
  const { kube, asked, names, clock, cache, states } = await start({ streams: 'ignored' })
  await until(() => expect(clock.pending()).toContain(3000))
  await until(() => expect(kube.watches).toBe(1))
  expect(cache.freshness.state).toBe('loading')
  clock.advance(3000)
  await until(() => expect(asked()).toEqual(['stream', 'list', 'watch']))
  expect(names()).toEqual(['a', 'b'])
  expect(states).toEqual(['live'])
})

test('a busy server that ignores the wish is not listened to for ever', async () => {
  const { kube, asked, names, clock, server } = await start({ streams: 'ignored' })
  await until(() => expect(kube.watches).toBe(1))
  for (let second = 0; second < 60; second += 2) {
    // Each event reached the cache when the pause is counted anew.
    await until(() => expect(clock.pending()).toContain(3000))
    expect(asked()).toEqual(['stream'])
    clock.advance(2000)
    kube.put(`c${second}`)
  }
  await until(() => expect(asked()).toEqual(['stream', 'list', 'watch']))
  expect(names()).toHaveLength(32)
  expect(server.requests).toHaveLength(3)
})

test('a server that ends the stream before the list is whole, too', async () => {
  const { asked, names } = await start({
    streams: 'served',
    fault(request, response) {
      if (isStream(request)) response.writeHead(200).end()
      return isStream(request)
    },
  })
  await until(() => expect(asked()).toEqual(['stream', 'list', 'watch']))
  expect(names()).toEqual(['a', 'b'])
})

test('who may not watch may still list, now and then, and it never passes for live', async () => {
  let mayWatch = false
  const { cache, clock, kube, names, states } = await start({
    streams: 'served',
    fault(request, response) {
      const isRefused = request.query.get('watch') === 'true' && !mayWatch
      if (isRefused) sendStatus(response, 403, 'Forbidden')
      return isRefused
    },
  })
  await until(() => expect(cache.freshness.state).toBe('forbidden'))
  expect(names()).toEqual(['a', 'b'])
  for (const name of ['c', 'd']) {
    await until(() => expect(clock.pending()).toEqual([5000]))
    kube.put(name)
    clock.advance(5000)
    await until(() => expect(names()).toContain(name))
  }
  await until(() => expect(clock.pending()).toEqual([5000]))
  expect(states).toEqual(['live', 'forbidden'])
  mayWatch = true
  clock.advance(5000)
  await until(() => expect(states).toEqual(['live', 'forbidden', 'live']))
})

test('an error in the middle of the list starts over, and nothing half is shown', async () => {
  let isBroken = true
  const { cache, names, clock, asked } = await start({
    streams: 'served',
    fault(request, response) {
      if (!isStream(request) || !isBroken) return false
      const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', resourceVersion: '2' } }
      response.writeHead(200)
      response.write(`${JSON.stringify({ type: 'ADDED', object })}\n`)
      setImmediate(() => response.destroy())
      return true
    },
  })
  await until(() => expect(clock.pending()).toEqual([187.5]))
  expect(cache.freshness).toMatchObject({ state: 'loading', message: expect.stringContaining('closed') })
  expect(names()).toEqual([])
  isBroken = false
  clock.advance(187.5)
  await until(() => expect(names()).toEqual(['a', 'b']))
  expect(asked()).toEqual(['stream', 'stream'])
})
