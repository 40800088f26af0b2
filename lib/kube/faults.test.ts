import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { CONFIG_MAP } from '#lib/kinds/core.ts'
import type { ConfigMap } from '#lib/kinds/core.ts'
import { SYSTEM_CLOCK } from './clock.ts'
import type { Clock } from './clock.ts'
import { createKubeClient } from './http-kube-client.ts'
import type { ObjectCache } from './object-cache.ts'
import { startFaultServer } from './testing/fault-server.ts'
import type { SeenRequest } from './testing/fault-server.ts'
import { createManualClock } from './testing/manual-clock.ts'
import type { ManualClock } from './testing/manual-clock.ts'
import { createTinyKube } from './testing/tiny-kube.ts'
import type { TinyKube } from './testing/tiny-kube.ts'
import { createObjectCache } from './watch-cache.ts'

const MIB = 1024 * 1024
const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

function until(check: () => void): Promise<void> {
  return vi.waitFor(check, { interval: 2, timeout: 20_000 })
}

interface Cluster {
  kube: TinyKube
  cache: ObjectCache<ConfigMap>
  states: string[]
}

/**
 * Clusters behind one gateway, each with one object and a cache; all on a clock that stands still.
 * @param probeClock of the probes, when theirs is another one
 */
async function start(
  count: number,
  fault: (request: SeenRequest, response: ServerResponse, cluster: number) => boolean = () => false,
  probeClock?: Clock,
) {
  const kubes = Array.from({ length: count }, () => createTinyKube('served'))
  for (const kube of kubes) kube.put('a')
  const server = await startFaultServer(
    (request, response) => {
      const cluster = Number(/^\/kubernetes\/(\d+)\//.exec(request.path)?.[1])
      if (fault(request, response, cluster)) return
      if (request.path.endsWith('/configmaps')) kubes[cluster]?.handle(request, response)
      else response.end('ok')
    },
    undefined,
    { handlesProbes: true, handlesStreamedLists: true },
  )
  cleanups.push(() => server.close())
  const clock = createManualClock()
  const clusters = kubes.map((kube, index): Cluster => {
    const client = createKubeClient(server.config(), {
      cluster: `cluster-${index}`,
      server: `${server.url}/kubernetes/${index}`,
      clock: probeClock ?? clock,
      random: () => 0.5,
    })
    const cache = createObjectCache(client, CONFIG_MAP, { clock, random: () => 0.5 })
    const states: string[] = []
    cache.onFreshness(({ state }) => state === states.at(-1) || states.push(state))
    cleanups.push(
      () => client.close(),
      () => cache.stop(),
    )
    return { kube, cache, states }
  })
  const lists = () => server.requests.filter(({ path }) => path.endsWith('/configmaps'))
  return { server, clock, clusters, lists }
}

function names(cache: ObjectCache<ConfigMap>): string[] {
  return cache
    .list()
    .map(({ metadata }) => metadata.name)
    .sort()
}

async function letPass(clock: ManualClock, delay: number): Promise<void> {
  await until(() => expect(clock.pending()).toContain(delay))
  clock.advance(delay)
}

/** Waits until the only cache waits to try again, and lets that time pass. */
async function sitOut(clock: ManualClock): Promise<void> {
  await until(() => {
    expect(clock.pending()).not.toEqual([])
    // While it asks, the end of the watch is pending, five minutes away.
    expect(Math.max(...clock.pending())).toBeLessThan(100_000)
  })
  clock.advance(Math.min(...clock.pending()))
}

test('one of twenty clusters swallowed by the network is stale within 15 s, the others live as before', async () => {
  let isSwallowed = false
  const { clock, clusters } = await start(20, (_, __, cluster) => isSwallowed && cluster === 7)
  const [seventh] = clusters.splice(7, 1)
  if (seventh === undefined) throw new Error('no cluster')
  await until(() => {
    for (const { states, kube } of [seventh, ...clusters])
      expect([states, kube.watches]).toEqual([['live'], 1])
  })
  isSwallowed = true
  const swallowedAt = clock.elapsed()
  const othersAreKnownAt = (at: number) =>
    until(() => {
      for (const { cache } of clusters) expect(cache.freshness).toMatchObject({ state: 'live', knownAt: at })
    })
  clock.advance(4500)
  const answeredAt = clock.now()
  await othersAreKnownAt(answeredAt)
  await letPass(clock, 4000)
  await until(() => expect(clock.pending().filter((delay) => delay === 4000)).toHaveLength(1))
  for (const { kube } of clusters) kube.put('b')
  clock.advance(4000)
  await until(() => expect(seventh.cache.freshness.state).toBe('stale'))
  expect(clock.elapsed() - swallowedAt).toBeLessThanOrEqual(15_000)
  expect(names(seventh.cache)).toEqual(['a'])
  await until(() => {
    for (const { cache } of clusters) expect(names(cache)).toEqual(['a', 'b'])
  })
  for (const { states } of clusters) expect(states).toEqual(['live'])
})

test('an event of 50 MB is not taken in, and only its own cache is read anew', async () => {
  let written = 0
  const { clusters, clock, lists } = await start(2)
  const [first, second] = clusters
  if (first === undefined || second === undefined) throw new Error('no cluster')
  await until(() => expect([first.kube.watches, second.kube.watches]).toEqual([1, 1]))
  const [watch] = first.kube.responses()
  if (watch === undefined) throw new Error('no watch')
  const piece = Buffer.alloc(MIB, 'x')
  const closed = new Promise((resolve) => watch.once('close', resolve))
  const pour = async () => {
    while (written < 50 && !watch.destroyed) {
      written += 1
      if (!watch.write(piece)) await Promise.race([closed, once(watch, 'drain')])
    }
  }
  await pour()
  await until(() => expect(first.cache.freshness.state).toBe('stale'))
  expect(first.cache.freshness.message).toBe('the watch of configmaps sent an event that is too large')
  expect(written).toBeGreaterThanOrEqual(32)
  expect(written).toBeLessThan(45)
  expect(names(first.cache)).toEqual(['a'])
  first.kube.put('b')
  await letPass(clock, 187.5)
  await until(() => expect(names(first.cache)).toEqual(['a', 'b']))
  expect(first.states).toEqual(['live', 'stale', 'live'])
  expect(second.states).toEqual(['live'])
  expect(lists()).toHaveLength(3)
})

describe('a storm of 429', () => {
  test.each([
    ['that says nothing', undefined, 12],
    ['that asks to come back at once', '0', 24],
    ['that asks for 20 seconds', '20', 4],
  ])('%s makes no tight loop, and heals', async (_, after, most) => {
    let isStorm = true
    const storm = (request: SeenRequest, response: ServerResponse) => {
      if (!isStorm || !request.path.endsWith('/configmaps')) return false
      response.writeHead(429, after === undefined ? {} : { 'retry-after': after }).end()
      return true
    }
    const { clusters, clock, lists } = await start(1, storm, SYSTEM_CLOCK)
    const [one] = clusters
    if (one === undefined) throw new Error('no cluster')
    while (clock.elapsed() < 60_000) await sitOut(clock)
    expect(lists().length).toBeGreaterThan(2)
    expect(lists().length).toBeLessThanOrEqual(most)
    expect(one.cache.freshness).toMatchObject({ state: 'loading', message: 'the API server answered 429' })
    await until(() => expect(Math.max(...clock.pending())).toBeLessThan(100_000))
    isStorm = false
    await sitOut(clock)
    await until(() => expect(one.cache.freshness.state).toBe('live'))
  })
})

describe('a clock that is set', () => {
  test.each([
    ['hours ahead', 5 * 3_600_000],
    ['hours back', -5 * 3_600_000],
  ])('%s neither stalls nor storms', async (_, jump) => {
    const { clusters, clock, lists } = await start(1)
    const [one] = clusters
    if (one === undefined) throw new Error('no cluster')
    await until(() => expect(one.kube.watches).toBe(1))
    const pending = clock.pending()
    clock.jump(jump)
    expect(clock.pending()).toEqual(pending)
    expect(lists()).toHaveLength(1)
    one.kube.put('b')
    await until(() => expect(names(one.cache)).toEqual(['a', 'b']))
    expect(one.cache.freshness).toEqual({ state: 'live', knownAt: clock.now(), message: null })
    one.kube.writeToWatches('garbage\n')
    await until(() => expect(clock.pending()).toContain(187.5))
    clock.jump(-2 * jump)
    await letPass(clock, 187.5)
    await until(() => expect(one.states).toEqual(['live', 'stale', 'live']))
    expect(one.cache.freshness.knownAt).toBe(Math.round(clock.now()))
    expect(lists()).toHaveLength(2)
  })
})

describe('a server restored from a backup', () => {
  async function restored(change: (kube: TinyKube) => void) {
    let current: TinyKube | undefined
    const backedUp = (request: SeenRequest, response: ServerResponse) => {
      if (!request.path.endsWith('/configmaps')) return false
      current?.handle(request, response)
      return current !== undefined
    }
    const { clusters, clock } = await start(1, backedUp, SYSTEM_CLOCK)
    const [one] = clusters
    if (one === undefined) throw new Error('no cluster')
    for (const name of ['b', 'c']) one.kube.put(name, { from: 'before' })
    await until(() => expect(names(one.cache)).toEqual(['a', 'b', 'c']))
    clock.advance(2000)
    const backup = createTinyKube('served')
    backup.put('a')
    change(backup)
    current = backup
    return { ...one, backup, clock, old: one.kube }
  }

  test('with older data is believed once it stays so for 30 s', async () => {
    const { old, cache, clock, states } = await restored(() => {})
    old.endWatches()
    await until(() => expect(cache.freshness.state).toBe('stale'))
    expect(names(cache)).toEqual(['a', 'b', 'c'])
    const staleAt = clock.elapsed()
    while (clock.elapsed() < staleAt + 29_000) {
      expect(names(cache)).toEqual(['a', 'b', 'c'])
      await sitOut(clock)
    }
    await until(() => expect(names(cache)).toEqual(['a']))
    await until(() => expect(cache.freshness.state).toBe('live'))
    expect(states).toEqual(['live', 'stale', 'live'])
  })

  test('whose versions say something else now is shown as it is', async () => {
    const { old, cache, clock } = await restored((kube) => {
      kube.put('b', { from: 'after' })
      kube.put('c', { from: 'after' })
    })
    old.writeToWatches('garbage\n')
    await letPass(clock, 187.5)
    await until(() => expect(cache.get('c', 'default')).toMatchObject({ data: { from: 'after' } }))
    expect(cache.get('b', 'default')).toMatchObject({ data: { from: 'after' } })
  })

  test('is noticed under a watch that stays open', async () => {
    const { old, cache } = await restored(() => {})
    const metadata = { name: 'b', namespace: 'default', uid: 'u', resourceVersion: '2' }
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { from: 'backup' } }
    old.writeToWatches(`${JSON.stringify({ type: 'MODIFIED', object })}\n`)
    await until(() => expect(cache.freshness).toMatchObject({ state: 'stale' }))
    expect(cache.freshness.message).toContain('older data than before')
    expect(cache.get('b', 'default')).toMatchObject({ data: { from: 'before' } })
  })
})
