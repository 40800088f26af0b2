import type { ServerResponse } from 'node:http'
import { afterEach, expect, test, vi } from 'vitest'
import { createClusterRegistry } from './cluster-registry.ts'
import type { ClusterRegistry } from './cluster-registry.ts'
import { createKubeClient } from './http-kube-client.ts'
import { watchReachability } from './reachability.ts'
import { sendJson, sendStatus, startFaultServer } from './testing/fault-server.ts'
import type { FaultServer } from './testing/fault-server.ts'
import { createManualClock } from './testing/manual-clock.ts'
import type { ManualClock } from './testing/manual-clock.ts'

const COUNT = 200
const DEAD = 'c17'

interface Fleet {
  server: FaultServer
  clock: ManualClock
  registry: ClusterRegistry
  /** How the clusters' own servers answer; absent: well. `hole` takes requests and says nothing. */
  ways: Map<string, 'hole' | 'refuses' | 'unauthorized' | 'broken'>
  started: number
}

const cleanups: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

/** A platform of so many clusters behind one gateway. */
async function startFleet(count: number, ways: Fleet['ways']): Promise<Fleet> {
  const names = ['global', ...Array.from({ length: count - 1 }, (_, index) => `c${index}`)]
  const server = await startFaultServer((request, response) => {
    if (request.query.get('watch') === 'true') return response.writeHead(200).flushHeaders()
    const [, cluster = 'global', path = request.path] =
      /^\/kubernetes\/([^/]+)(\/.*)$/.exec(request.path) ?? []
    const way = ways.get(cluster)
    if (way === 'hole') return
    if (way === 'refuses') return void response.destroy()
    if (way === 'unauthorized') return sendStatus(response, 401, 'Unauthorized')
    if (way === 'broken') return sendStatus(response, 503, 'ServiceUnavailable')
    answer(path, names, response)
  })
  const clock = createManualClock()
  const registry = createClusterRegistry(server.config(), { clock, random: () => 0.5 })
  cleanups.push(
    () => server.close(),
    () => registry.stop(),
  )
  await registry.ready()
  return { server, clock, registry, ways, started: clock.now() }
}

function answer(path: string, names: readonly string[], response: ServerResponse): void {
  if (path === '/version') return sendJson(response, 200, { gitVersion: 'v1.31.2' })
  if (path !== '/apis/platform.tkestack.io/v1/clusters') return sendStatus(response, 404, 'NotFound')
  const items = names.map((name) => ({ metadata: { name, resourceVersion: '1' } }))
  sendJson(response, 200, { metadata: { resourceVersion: '10' }, items })
}

function states(registry: ClusterRegistry): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { metadata } of registry.clusters()) {
    const state = registry.way(metadata.name)?.reachability.state ?? 'missing'
    counts[state] = (counts[state] ?? 0) + 1
  }
  return counts
}

function until(check: () => void): Promise<void> {
  return vi.waitFor(check, { interval: 5, timeout: 10_000 })
}

test('one black hole among 200 clusters: the others are known while it is still waited for', async () => {
  const { clock, registry, started } = await startFleet(COUNT, new Map([[DEAD, 'hole']]))
  // No hand of the clock has moved: nobody waits for the silent one.
  await until(() => expect(states(registry)).toEqual({ reachable: COUNT - 1, unknown: 1 }))
  expect(clock.now()).toBe(started)
  expect(registry.freshness.state).toBe('live')
  const answer = await registry.client('c18')?.getPath('/version')
  expect(answer).toEqual({ gitVersion: 'v1.31.2' })

  clock.advance(5000)
  await until(() => expect(states(registry)).toEqual({ reachable: COUNT - 1, unreachable: 1 }))
  expect(registry.way(DEAD)?.reachability).toEqual({
    state: 'unreachable',
    since: started + 5000,
    answeredAt: null,
    message: 'no answer within 5 s',
    version: null,
  })
  expect(registry.way('c18')?.reachability).toEqual({
    state: 'reachable',
    since: started,
    answeredAt: started,
    message: null,
    version: 'v1.31.2',
  })
})

test('a cluster that falls silent gets one second chance, is left alone ever longer, and comes back', async () => {
  let isDown = false
  const asked: number[] = []
  const server = await startFaultServer((_, response) => {
    asked.push(clock.now())
    if (isDown) response.destroy()
    else sendJson(response, 200, { gitVersion: 'v1.31.2' })
  })
  const clock = createManualClock(0)
  const reachability = watchReachability({ clock, random: () => 0.5 })
  cleanups.push(
    () => server.close(),
    async () => reachability.stop(),
  )
  const changes: string[] = []
  reachability.onChange((name) => changes.push(`${name} ${reachability.get(name).state}`))
  const open = () => createKubeClient(server.config(), { cluster: 'c1' })
  reachability.follow(new Map([['c1', { route: server, open }]]))
  const next = async (delayMs: number) => {
    await until(() => expect(clock.pending()).toEqual([delayMs]))
    clock.advance(delayMs)
  }

  await next(10_000)
  await next(10_000)
  await until(() => expect(clock.pending()).toEqual([10_000]))
  isDown = true
  clock.advance(10_000)
  await until(() => expect(clock.pending()).toEqual([1000]))
  expect(reachability.get('c1').state).toBe('reachable')
  clock.advance(1000)
  for (const delayMs of [10_000, 20_000, 40_000, 60_000, 60_000]) await next(delayMs)
  expect(reachability.get('c1')).toEqual({
    state: 'unreachable',
    since: 31_000,
    answeredAt: 20_000,
    message: `${server.url} can't be reached: connection closed by the other side`,
    version: 'v1.31.2',
  })
  await until(() => expect(clock.pending()).toEqual([60_000]))
  isDown = false
  await next(60_000)
  await until(() => expect(reachability.get('c1')).toMatchObject({ state: 'reachable', since: 281_000 }))
  expect(changes).toEqual(['c1 reachable', 'c1 unreachable', 'c1 reachable'])
  // A connection that is closed at once is tried twice by the pool itself.
  expect([...new Set(asked)]).toEqual(
    [0, 10, 20, 30, 31, 41, 61, 101, 161, 221, 281].map((seconds) => seconds * 1000),
  )
  await next(10_000)

  // Another way to it: what was known of the old one counts no more.
  reachability.follow(new Map([['c1', { route: {}, open }]]))
  expect(reachability.get('c1').state).toBe('unknown')
  reachability.follow(new Map())
  await until(() => expect(clock.pending()).toEqual([]))
})

test('what is no answer of an API server counts as none, with its reason', async () => {
  const { registry } = await startFleet(
    3,
    new Map([
      ['c0', 'unauthorized'],
      ['c1', 'broken'],
    ]),
  )
  await until(() => expect(states(registry)).toEqual({ reachable: 1, unreachable: 2 }))
  expect(registry.way('c0')?.reachability.message).toBe('it is Unauthorized')
  expect(registry.way('c1')?.reachability.message).toBe('it is ServiceUnavailable')
})

test('many silent clusters hold few connections, and end with the registry', async () => {
  const names = Array.from({ length: 40 }, (_, index) => `c${index}`)
  const { clock, registry, server } = await startFleet(41, new Map(names.map((name) => [name, 'hole'])))
  await until(() => expect(registry.way('global')?.reachability.state).toBe('reachable'))
  const asked = () => server.requests.filter(({ path }) => path.startsWith('/kubernetes/')).length
  await until(() => expect(asked()).toBe(32))
  clock.advance(5000)
  await until(() => expect(asked()).toBe(40))
  clock.advance(5000)
  await until(() => expect(states(registry)).toEqual({ reachable: 1, unreachable: 40 }))
  await registry.stop()
  await until(() => expect(clock.pending()).toEqual([]))
})
