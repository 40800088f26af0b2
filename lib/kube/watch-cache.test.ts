import type { ServerResponse } from 'node:http'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { CONFIG_MAP } from '#lib/kinds/core.ts'
import type { ConfigMap } from '#lib/kinds/core.ts'
import { createKubeClient } from './http-kube-client.ts'
import type { CacheEvent, ObjectCache } from './object-cache.ts'
import { sendStatus, startFaultServer } from './testing/fault-server.ts'
import type { FaultServer, SeenRequest } from './testing/fault-server.ts'
import { createManualClock } from './testing/manual-clock.ts'
import type { ManualClock } from './testing/manual-clock.ts'
import { createTinyKube } from './testing/tiny-kube.ts'
import type { TinyKube } from './testing/tiny-kube.ts'
import { createObjectCache } from './watch-cache.ts'

interface World {
  kube: TinyKube
  server: FaultServer
  clock: ManualClock
  cache: ObjectCache<ConfigMap>
  events: CacheEvent<ConfigMap>[][]
  states: string[]
  /** `list` and `watch` from which version, in order. */
  asked: () => string[]
}

type Fault = (request: SeenRequest, response: ServerResponse) => boolean

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

/** A cache on a tiny API server. `fault` may answer in its place; `random` is 0.5, so that delays are known. */
async function start(options: { fault?: Fault; prepare?: (kube: TinyKube) => void } = {}): Promise<World> {
  const kube = createTinyKube()
  options.prepare?.(kube)
  const server = await startFaultServer((request, response) => {
    if (!options.fault?.(request, response)) kube.handle(request, response)
  })
  const clock = createManualClock()
  const client = createKubeClient(server.config(), {
    cluster: 'test',
    timeoutMs: 2000,
    maxEventBytes: 100_000,
  })
  const cache = createObjectCache(client, CONFIG_MAP, { clock, random: () => 0.5 })
  const events: CacheEvent<ConfigMap>[][] = []
  const states: string[] = []
  cache.onChange((batch) => events.push([...batch]))
  cache.onFreshness(({ state }) => states.push(state))
  cleanups.push(
    () => server.close(),
    () => client.close(),
    () => cache.stop(),
  )
  const asked = () =>
    server.requests.map(({ query }) =>
      query.get('watch') ? `watch ${query.get('resourceVersion')}` : query.get('continue') ? 'page' : 'list',
    )
  return { kube, server, clock, cache, events, states, asked }
}

function until(check: () => void): Promise<void> {
  return vi.waitFor(check, { interval: 2, timeout: 15_000 })
}

/** Waits until the reflector waits for `delay` milliseconds, and lets them pass; `first` happens before they do. */
async function letPass(clock: ManualClock, delay: number, first?: () => void): Promise<void> {
  await until(() => expect(clock.pending()).toContain(delay))
  first?.()
  clock.advance(delay)
}

function names(cache: ObjectCache<ConfigMap>): string[] {
  return cache
    .list()
    .map(({ metadata }) => metadata.name)
    .sort()
}

const isWatch = ({ query }: SeenRequest) => query.get('watch') === 'true'

describe('a healthy server', () => {
  test('is read in pages, then watched from there, with bookmarks and an end', async () => {
    const { cache, server, asked, kube, events } = await start({
      prepare: (kube) => {
        for (let index = 0; index < 501; index += 1) kube.put(`c${index}`)
      },
    })
    await cache.ready()
    expect(cache.list()).toHaveLength(501)
    expect(cache.freshness).toMatchObject({ state: 'live', message: null, knownAt: 1_700_000_000_000 })
    await until(() => expect(kube.watches).toBe(1))
    expect(asked()).toEqual(['list', 'page', 'watch 502'])
    expect(Object.fromEntries(server.requests[2]?.query ?? [])).toEqual({
      watch: 'true',
      allowWatchBookmarks: 'true',
      resourceVersion: '502',
      timeoutSeconds: '300',
    })
    expect(events).toHaveLength(1)
    expect(cache.revision).toBe(1)
    expect(cache.get('c7', 'default')?.metadata).not.toHaveProperty('managedFields')
  })

  test('tells what happens, each batch once', async () => {
    const { cache, kube, events } = await start({ prepare: (kube) => kube.put('a') })
    await until(() => expect(kube.watches).toBe(1))
    kube.put('a', { x: '1' })
    kube.put('b')
    kube.remove('a')
    await until(() => expect(names(cache)).toEqual(['b']))
    expect(events.flat().map(({ type, object }) => `${type} ${object.metadata.name}`)).toEqual([
      'added a',
      'modified a',
      'added b',
      'deleted a',
    ])
    expect(cache.revision).toBe(events.length)
  })

  test('a watch that ends is resumed where it was, without a list and without turning stale', async () => {
    const { cache, kube, clock, states, asked } = await start({ prepare: (kube) => kube.put('a') })
    await until(() => expect(kube.watches).toBe(1))
    kube.put('b')
    await until(() => expect(names(cache)).toEqual(['a', 'b']))
    clock.advance(2000)
    kube.endWatches()
    kube.put('c')
    await until(() => expect(names(cache)).toEqual(['a', 'b', 'c']))
    expect(asked()).toEqual(['list', 'watch 2', 'watch 3'])
    expect(states).toEqual(['live'])
  })

  test('a bookmark moves the place to resume from', async () => {
    const { kube, clock, asked, cache } = await start({ prepare: (kube) => kube.put('a') })
    await until(() => expect(kube.watches).toBe(1))
    clock.advance(60_000)
    kube.bookmark()
    await until(() => expect(cache.freshness.knownAt).toBe(clock.now()))
    kube.endWatches()
    await until(() => expect(asked()).toEqual(['list', 'watch 2', 'watch 3']))
    expect(cache.revision).toBe(1)
  })

  test('a gateway that cuts a quiet stream is no reason to turn stale', async () => {
    const { kube, clock, server, states, asked, cache } = await start()
    await until(() => expect(kube.watches).toBe(1))
    clock.advance(60_000)
    server.cut()
    kube.put('a')
    await until(() => expect(names(cache)).toEqual(['a']))
    expect(asked()).toEqual(['list', 'watch 1', 'watch 1'])
    expect(states).toEqual(['live'])
  })

  test('ten silent minutes are no reason for anything', async () => {
    const { kube, clock, states, server } = await start()
    await until(() => expect(kube.watches).toBe(1))
    clock.advance(300_000)
    kube.endWatches()
    await until(() => expect(kube.watches).toBe(1))
    clock.advance(300_000)
    expect(states).toEqual(['live'])
    expect(server.requests).toHaveLength(3)
  })
})

describe('410', () => {
  test('as a status of the watch reads everything again at once, deletions included', async () => {
    let expire = false
    const { cache, kube, clock, events, states, asked } = await start({
      prepare: (kube) => kube.put('a'),
      fault: (request, response) => {
        if (!isWatch(request) || !expire) return false
        expire = false
        sendStatus(response, 410, 'Expired')
        return true
      },
    })
    await until(() => expect(kube.watches).toBe(1))
    expire = true
    clock.advance(5000)
    kube.endWatches()
    kube.remove('a')
    kube.put('b')
    await until(() => expect(names(cache)).toEqual(['b']))
    expect(events[1]?.map(({ type, object }) => `${type} ${object.metadata.name}`)).toEqual([
      'added b',
      'deleted a',
    ])
    await until(() => expect(asked()).toEqual(['list', 'watch 2', 'watch 2', 'list', 'watch 4']))
    expect(states).toEqual(['live'])
  })

  test('inside a stream does the same', async () => {
    const { cache, kube, clock, states, asked } = await start({ prepare: (kube) => kube.put('a') })
    await until(() => expect(kube.watches).toBe(1))
    clock.advance(5000)
    kube.endWatches()
    kube.remove('a')
    kube.compact()
    kube.put('b')
    await until(() => expect(names(cache)).toEqual(['b']))
    await until(() => expect(asked()).toEqual(['list', 'watch 2', 'watch 2', 'list', 'watch 5']))
    expect(states).toEqual(['live'])
  })

  test('in the middle of the pages starts over without pages', async () => {
    let isFirst = true
    const { cache, server } = await start({
      prepare: (kube) => {
        for (let index = 0; index < 600; index += 1) kube.put(`c${index}`)
      },
      fault: (request, response) => {
        if (request.query.get('continue') === null || !isFirst) return false
        isFirst = false
        sendStatus(response, 410, 'Expired')
        return true
      },
    })
    await cache.ready()
    expect(cache.list()).toHaveLength(600)
    expect(server.requests.slice(0, 3).map(({ query }) => query.get('limit'))).toEqual(['500', '500', null])
  })

  test('again and again backs off', async () => {
    const { cache, clock, server } = await start({
      fault: (request, response) => {
        if (isWatch(request)) sendStatus(response, 410, 'Expired')
        return isWatch(request)
      },
    })
    await until(() => expect(cache.freshness).toMatchObject({ state: 'stale', message: 'it is Expired' }))
    expect(server.requests).toHaveLength(4)
    expect(clock.pending()).toEqual([187.5])
  })
})

describe('an error', () => {
  test('shows as stale with its message, backs off more and more, and heals', async () => {
    let isDown = false
    const { cache, kube, clock, states, server, events } = await start({
      prepare: (kube) => kube.put('a'),
      fault: (_, response) => {
        if (isDown) sendStatus(response, 500, 'InternalError')
        return isDown
      },
    })
    await until(() => expect(kube.watches).toBe(1))
    clock.advance(5000)
    isDown = true
    kube.endWatches()
    await until(() => expect(clock.pending()).toContain(187.5))
    // Nothing was learnt after this, however long it lasts.
    const { knownAt } = cache.freshness
    for (const delay of [187.5, 375, 750, 1500, 3000, 6000, 12_000, 22_500]) await letPass(clock, delay)
    expect(cache.freshness).toEqual({ state: 'stale', knownAt, message: 'it is InternalError' })
    expect(names(cache)).toEqual(['a'])
    await letPass(clock, 22_500, () => {
      isDown = false
      kube.remove('a')
    })
    await until(() => expect(names(cache)).toEqual([]))
    expect(events.at(-1)).toMatchObject([{ type: 'deleted' }])
    expect(states).toEqual(['live', 'stale', 'live'])
    expect(server.requests.at(-2)?.query.get('watch')).toBeNull()
  })

  test('before anything was read leaves it loading, with the reason', async () => {
    let isDown = true
    const { cache, clock } = await start({
      fault: (_, response) => {
        if (isDown) sendStatus(response, 500, 'InternalError')
        return isDown
      },
    })
    await until(() => expect(cache.freshness.message).toBe('it is InternalError'))
    expect(cache.freshness.state).toBe('loading')
    const giveUp = new AbortController()
    const waiting = cache.ready(giveUp.signal)
    giveUp.abort()
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' })
    await letPass(clock, 187.5, () => (isDown = false))
    await cache.ready()
    expect(cache.freshness.state).toBe('live')
  })

  test('that says when to come back is taken at its word', async () => {
    const { clock } = await start({
      fault: (_, response) => {
        response.writeHead(429, { 'retry-after': '20' })
        response.end()
        return true
      },
    })
    await until(() => expect(clock.pending()).toEqual([20_000]))
  })

  test.each([
    ['garbled', "that can't be read", 'not json\n'],
    ['cut', "that can't be read", '{"type":"ADDED","object":{"metadata":\n'],
    ['of an unknown type', "that can't be read", '{"type":"SURPRISE","object":{"metadata":{"name":"x"}}}\n'],
    ['without a name', "that can't be read", '{"type":"ADDED","object":{"metadata":{}}}\n'],
    ['no event', "that can't be read", '[]\n'],
    [
      'of another kind',
      'about another kind',
      '{"type":"ADDED","object":{"apiVersion":"v1","kind":"Secret","metadata":{"name":"x"}}}\n',
    ],
    [
      'of another version',
      'about another kind',
      '{"type":"ADDED","object":{"apiVersion":"v2","kind":"ConfigMap","metadata":{"name":"x"}}}\n',
    ],
    ['without an object', 'about another kind', '{"type":"ADDED"}\n'],
    ['huge', 'that is too large', 'x'.repeat(200_000)],
  ])('an event that is %s reads everything again', async (_, what, bytes) => {
    const { cache, kube, clock, states, asked } = await start({ prepare: (kube) => kube.put('a') })
    await until(() => expect(kube.watches).toBe(1))
    const good = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'b', resourceVersion: '3' } }
    kube.writeToWatches(`${JSON.stringify({ type: 'ADDED', object: good })}\n${bytes}`)
    await until(() => expect(cache.freshness.state).toBe('stale'))
    expect(cache.freshness.message).toBe(`the watch of configmaps sent an event ${what}`)
    expect(names(cache)).toEqual(['a', 'b'])
    await until(() => expect(clock.pending()).toEqual([187.5]))
    kube.put('c')
    clock.advance(187.5)
    await until(() => expect(names(cache)).toEqual(['a', 'c']))
    await until(() => expect(asked()).toEqual(['list', 'watch 2', 'list', 'watch 3']))
    expect(states).toEqual(['live', 'stale', 'live'])
  })

  test('a server that ends each watch at once is not asked without end', async () => {
    const { cache, clock, server } = await start({
      fault: (request, response) => {
        if (isWatch(request)) response.end()
        return isWatch(request)
      },
    })
    await until(() => expect(cache.freshness.state).toBe('stale'))
    expect(server.requests).toHaveLength(3)
    await letPass(clock, 187.5)
    await letPass(clock, 375)
    expect(cache.freshness.message).toContain('ends watches at once')
  })

  test('a watch that outlives its announced end is given up', async () => {
    const { cache, clock, kube, asked } = await start()
    await until(() => expect(kube.watches).toBe(1))
    clock.advance(330_000)
    await until(() => expect(cache.freshness.message).toContain('went silent'))
    await letPass(clock, 187.5)
    await until(() => expect(asked()).toEqual(['list', 'watch 1', 'list', 'watch 1']))
  })
})

describe('a replica that lags', () => {
  test('never makes rows go back in time, unless it stays so: then history was rewound', async () => {
    const ahead = createTinyKube()
    for (const name of ['a', 'b', 'c']) ahead.put(name)
    const behind = createTinyKube()
    behind.put('a')
    let current = ahead
    const { cache, clock } = await start({
      fault: (request, response) => {
        current.handle(request, response)
        return true
      },
    })
    await until(() => expect(ahead.watches).toBe(1))
    current = behind
    ahead.writeToWatches('garbage\n')
    await letPass(clock, 187.5)
    await until(() => expect(cache.freshness.message).toContain('older data than before'))
    expect(names(cache)).toEqual(['a', 'b', 'c'])
    for (let waitedMs = 0; waitedMs < 30_000;) {
      await until(() => expect(clock.pending()).not.toEqual([]))
      expect(names(cache)).toEqual(['a', 'b', 'c'])
      const [delay = 0] = clock.pending()
      waitedMs += delay
      clock.advance(delay)
    }
    await until(() => expect(names(cache)).toEqual(['a']))
    expect(cache.freshness.state).toBe('live')
  })
})

describe('a kind that', () => {
  test('is not there is looked for until it is', async () => {
    let isThere = false
    const { cache, clock, kube, states } = await start({
      prepare: (kube) => kube.put('a'),
      fault: (_, response) => {
        if (!isThere) response.writeHead(404, { 'content-type': 'text/plain' }).end('404 page not found\n')
        return !isThere
      },
    })
    await cache.ready()
    expect(cache.freshness).toEqual({ state: 'absent', knownAt: null, message: '404 page not found' })
    await letPass(clock, 5000)
    await letPass(clock, 5000, () => (isThere = true))
    await until(() => expect(names(cache)).toEqual(['a']))
    expect(states).toEqual(['absent', 'live'])
    await until(() => expect(kube.watches).toBe(1))
    clock.advance(5000)
    isThere = false
    kube.endWatches()
    await until(() => expect(cache.freshness.state).toBe('absent'))
    expect(names(cache)).toEqual([])
  })

  test('is forbidden is asked for until it is not, and keeps what was known', async () => {
    let isAllowed = true
    const { cache, clock, kube, states } = await start({
      prepare: (kube) => kube.put('a'),
      fault: (_, response) => {
        if (!isAllowed) sendStatus(response, 403, 'Forbidden')
        return !isAllowed
      },
    })
    await until(() => expect(kube.watches).toBe(1))
    clock.advance(5000)
    isAllowed = false
    kube.endWatches()
    await until(() =>
      expect(cache.freshness).toMatchObject({ state: 'forbidden', message: 'it is Forbidden' }),
    )
    expect(names(cache)).toEqual(['a'])
    await letPass(clock, 5000, () => (isAllowed = true))
    await until(() => expect(cache.freshness.state).toBe('live'))
    expect(states).toEqual(['live', 'forbidden', 'live'])
  })
})

describe('stop', () => {
  test('ends the watch and tells nothing more', async () => {
    const { cache, kube, events, clock } = await start()
    await until(() => expect(kube.watches).toBe(1))
    cache.stop()
    await until(() => expect(kube.watches).toBe(0))
    kube.put('a')
    clock.advance(1_000_000)
    expect(clock.pending()).toEqual([])
    expect(events).toEqual([])
  })

  test('ends a wait for ready', async () => {
    const { cache } = await start({ fault: () => true })
    const waiting = cache.ready()
    cache.stop()
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' })
  })
})

test('a listener that throws holds up nobody', async () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => {})
  const { cache, kube, events } = await start()
  cache.onChange(() => {
    throw new Error('oops')
  })
  await until(() => expect(kube.watches).toBe(1))
  kube.put('a')
  kube.put('b')
  await until(() => expect(events.flat()).toHaveLength(2))
  expect(log).toHaveBeenCalled()
  log.mockRestore()
})
