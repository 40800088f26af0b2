import { describe, expect, test } from 'vitest'
import { isWatch, letPass, names, startCache, until } from './testing/cache-world.ts'
import { sendStatus } from './testing/fault-server.ts'
import { createTinyKube } from './testing/tiny-kube.ts'

describe('410', () => {
  test('as a status of the watch reads everything again at once, deletions included', async () => {
    let expire = false
    const { cache, kube, clock, events, states, asked } = await startCache({
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
    const { cache, kube, clock, states, asked } = await startCache({ prepare: (kube) => kube.put('a') })
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
    const { cache, server } = await startCache({
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
    const { cache, clock, server } = await startCache({
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
    const { cache, kube, clock, states, server, events } = await startCache({
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
    const { cache, clock } = await startCache({
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
    const { clock } = await startCache({
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
    const { cache, kube, clock, states, asked } = await startCache({ prepare: (kube) => kube.put('a') })
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
    const { cache, clock, server } = await startCache({
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

  test('a server that ends each watch after one event is opened again with pauses, and is no stale one', async () => {
    let version = 10
    const { cache, clock, states, server } = await startCache({
      fault: (request, response) => {
        if (!isWatch(request)) return false
        version += 1
        const metadata = { name: 'a', namespace: 'default', resourceVersion: String(version) }
        response.end(`${JSON.stringify({ type: 'MODIFIED', object: { metadata } })}\n`)
        return true
      },
    })
    // 1000 ms × (0.25 + 0.75 × 0.5)
    for (let pause = 0; pause < 3; pause += 1) await letPass(clock, 625)
    await until(() => expect(clock.pending()).toContain(625))
    expect(server.requests.filter(isWatch)).toHaveLength(5)
    expect(cache.get('a', 'default')?.metadata.resourceVersion).toBe('15')
    expect(states).toEqual(['live'])
  })

  test('a watch that outlives its announced end is given up', async () => {
    const { cache, clock, kube, asked } = await startCache()
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
    const { cache, clock } = await startCache({
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
