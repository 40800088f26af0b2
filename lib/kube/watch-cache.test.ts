import { describe, expect, test, vi } from 'vitest'
import { letPass, names, startCache, until } from './testing/cache-world.ts'
import { sendStatus } from './testing/fault-server.ts'

describe('a healthy server', () => {
  test('is read in pages, then watched from there, with bookmarks and an end', async () => {
    const { cache, server, asked, kube, events } = await startCache({
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
    const { cache, kube, events } = await startCache({ prepare: (kube) => kube.put('a') })
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
    const { cache, kube, clock, states, asked } = await startCache({ prepare: (kube) => kube.put('a') })
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
    const { kube, clock, asked, cache } = await startCache({ prepare: (kube) => kube.put('a') })
    await until(() => expect(kube.watches).toBe(1))
    clock.advance(60_000)
    kube.bookmark()
    await until(() => expect(cache.freshness.knownAt).toBe(clock.now()))
    kube.endWatches()
    await until(() => expect(asked()).toEqual(['list', 'watch 2', 'watch 3']))
    expect(cache.revision).toBe(1)
  })

  test('a gateway that cuts a quiet stream is no reason to turn stale', async () => {
    const { kube, clock, server, states, asked, cache } = await startCache()
    await until(() => expect(kube.watches).toBe(1))
    clock.advance(60_000)
    server.cut()
    kube.put('a')
    await until(() => expect(names(cache)).toEqual(['a']))
    expect(asked()).toEqual(['list', 'watch 1', 'watch 1'])
    expect(states).toEqual(['live'])
  })

  test('ten silent minutes are no reason for anything', async () => {
    const { kube, clock, states, server } = await startCache()
    await until(() => expect(kube.watches).toBe(1))
    clock.advance(300_000)
    kube.endWatches()
    await until(() => expect(kube.watches).toBe(1))
    clock.advance(300_000)
    expect(states).toEqual(['live'])
    expect(server.requests).toHaveLength(3)
  })
})

describe('a kind that', () => {
  test('is not there is looked for until it is', async () => {
    let isThere = false
    const { cache, clock, kube, states } = await startCache({
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
    const { cache, clock, kube, states } = await startCache({
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
    const { cache, kube, events, clock } = await startCache()
    await until(() => expect(kube.watches).toBe(1))
    cache.stop()
    await until(() => expect(kube.watches).toBe(0))
    kube.put('a')
    clock.advance(1_000_000)
    expect(clock.pending()).toEqual([])
    expect(events).toEqual([])
  })

  test('ends a wait for ready', async () => {
    const { cache } = await startCache({ fault: () => true })
    const waiting = cache.ready()
    cache.stop()
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' })
  })
})

test('a listener that throws holds up nobody', async () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => {})
  const { cache, kube, events } = await startCache()
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
