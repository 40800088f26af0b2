import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { CONFIG_MAP } from '#lib/kinds/core.ts'
import type { ConfigMap } from '#lib/kinds/core.ts'
import { KubeConfig } from './kube-config.ts'
import { SYSTEM_CLOCK } from './clock.ts'
import type { Clock } from './clock.ts'
import { createKubeClient } from './http-kube-client.ts'
import type { ObjectCache } from './object-cache.ts'
import { createFastClock } from './testing/fast-clock.ts'
import { startFaultServer } from './testing/fault-server.ts'
import { createManualClock } from './testing/manual-clock.ts'
import { TEST_CERTIFICATES } from './testing/test-certificates.ts'
import { createTinyKube } from './testing/tiny-kube.ts'
import { createObjectCache } from './watch-cache.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

function until(check: () => void): Promise<void> {
  return vi.waitFor(check, { interval: 5, timeout: 30_000 })
}

interface Timing {
  clock: Clock
  /** Of the probes; the same one when left out. */
  probeClock?: Clock
  timeoutMs?: number
}

/** Caches that share one client. */
function cachesOf(config: KubeConfig, count: number, timing: Timing): ObjectCache<ConfigMap>[] {
  const { clock, probeClock = clock, timeoutMs = 2000 } = timing
  const options = { cluster: 'test', clock: probeClock, random: () => 0.5, timeoutMs }
  const client = createKubeClient(config, options)
  const caches = Array.from({ length: count }, () =>
    createObjectCache(client, CONFIG_MAP, { clock, random: () => 0.5 }),
  )
  cleanups.push(
    () => client.close(),
    () => caches.forEach((cache) => cache.stop()),
  )
  return caches
}

function names(cache: ObjectCache<ConfigMap> | undefined): string[] {
  return (cache?.list() ?? []).map(({ metadata }) => metadata.name).sort()
}

/** A tiny API server as a process of its own, and how clients reach it. */
async function startProcess(...args: string[]) {
  const script = fileURLToPath(new URL('./testing/kube-process.ts', import.meta.url))
  const child = spawn(process.execPath, [script, ...args], { stdio: ['pipe', 'pipe', 'inherit'] })
  const end = async () => {
    child.kill('SIGKILL')
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  }
  cleanups.push(end)
  const [url] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  const caData = Buffer.from(TEST_CERTIFICATES.ca).toString('base64')
  const config = new KubeConfig()
  config.loadFromClusterAndUser(
    { name: 'test', server: url, caData, skipTLSVerify: false },
    { name: 'tester' },
  )
  return { child, url, config, end }
}

describe('a server whose process', () => {
  test('is stopped is noticed, its content kept as stale, and healed when it goes on', async () => {
    const { child, config } = await startProcess()
    const caches = cachesOf(config, 3, { clock: createFastClock(8) })
    const states = () => caches.map(({ freshness }) => freshness.state)
    await until(() => expect(states()).toEqual(['live', 'live', 'live']))

    child.kill('SIGSTOP')
    await until(() => expect(states()).toEqual(['stale', 'stale', 'stale']))
    const { knownAt } = caches[0]?.freshness ?? {}
    expect(caches.map(names)).toEqual([['first'], ['first'], ['first']])
    expect(caches[0]?.freshness).toMatchObject({ state: 'stale', knownAt })

    child.stdin.write('second\n')
    child.kill('SIGCONT')
    await until(() => expect(caches.map(names)).toEqual(caches.map(() => ['first', 'second'])))
    await until(() => expect(states()).toEqual(['live', 'live', 'live']))
    expect(caches[0]?.freshness.knownAt).toBeGreaterThan(knownAt ?? Infinity)
  }, 120_000)

  test('is killed and started again, with twenty clients, heals in all of them', async () => {
    const first = await startProcess()
    const timing = { clock: createFastClock(8), probeClock: SYSTEM_CLOCK, timeoutMs: 15_000 }
    const caches = Array.from({ length: 20 }, () => cachesOf(first.config, 1, timing)).flat()
    const states = () => new Set(caches.map(({ freshness }) => freshness.state))
    await until(() => expect(states()).toEqual(new Set(['live'])))
    const deleted: string[] = []
    caches[7]?.onChange((events) => {
      for (const { type, object } of events) if (type === 'deleted') deleted.push(object.metadata.name)
    })
    first.child.stdin.write('second\n')
    await until(() => expect(caches.map(names)).toEqual(caches.map(() => ['first', 'second'])))

    await first.end()
    await until(() => expect(states()).toEqual(new Set(['stale'])))
    // Meanwhile `second` was deleted and others came.
    await startProcess(new URL(first.url).port, 'third', 'fourth')
    await until(() => expect(caches.map(names)).toEqual(caches.map(() => ['first', 'fourth', 'third'])))
    await until(() => expect(states()).toEqual(new Set(['live'])))
    expect(deleted).toEqual(['second'])
  }, 120_000)
})

/** A cache on a tiny API server, all on a clock that stands still; `isSilent` leaves probes unanswered. */
async function start() {
  const kube = createTinyKube()
  kube.put('a')
  const world = { isSilent: false }
  const server = await startFaultServer(
    (request, response) => {
      if (request.path.startsWith('/api/')) kube.handle(request, response)
      else if (!world.isSilent) response.end('ok')
    },
    undefined,
    { handlesProbes: true },
  )
  cleanups.push(() => server.close())
  const clock = createManualClock()
  const [cache] = cachesOf(server.config(), 1, { clock })
  if (cache === undefined) throw new Error('no cache')
  const states: string[] = []
  cache.onFreshness(({ state }) => states.push(state))
  await until(() => expect(kube.watches).toBe(1))
  await until(() => expect(cache.freshness.state).toBe('live'))
  const probes = () => server.requests.filter(({ path }) => !path.startsWith('/api/')).length
  const watches = () => server.requests.filter(({ query }) => query.get('watch')).length
  /** Lets `ms` pass with an answer to each probe that falls due. */
  async function pass(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 4500) {
      await until(() => expect(clock.pending()).toContain(4500))
      clock.advance(4500)
      const { knownAt } = cache?.freshness ?? {}
      if (!world.isSilent && knownAt !== clock.now())
        await until(() => expect(cache?.freshness.knownAt).toBe(clock.now()))
    }
  }
  return { kube, world, server, clock, cache, states, probes, watches, pass }
}

test('nothing is left running when a cache stops', async () => {
  const { cache, clock, pass, kube } = await start()
  await pass(4500)
  cache.stop()
  await until(() => expect(kube.watches).toBe(0))
  await until(() => expect(clock.pending()).toEqual([]))
})

describe('a quiet watch', () => {
  test('stays open while probes are answered, and what it shows is known to be true by them', async () => {
    const { cache, clock, pass, states, watches, probes } = await start()
    await pass(180_000)
    expect(cache.freshness).toEqual({ state: 'live', knownAt: clock.now(), message: null })
    expect(probes()).toBe(40)
    expect(watches()).toBe(1)
    expect(states).toEqual(['live'])
  })

  test('is given up when they are not, and read anew', async () => {
    const { cache, kube, clock, pass, states, world, watches } = await start()
    await pass(9000)
    const { knownAt } = cache.freshness
    world.isSilent = true
    clock.advance(4500)
    await until(() => expect(clock.pending()).toContain(4000))
    clock.advance(4000)
    await until(() => expect(clock.pending()).toContain(4000))
    kube.put('b')
    clock.advance(4000)
    await until(() =>
      expect(cache.freshness).toEqual({
        state: 'stale',
        knownAt: cache.freshness.knownAt,
        message: expect.stringContaining('does not answer'),
      }),
    )
    await until(() => expect(clock.pending()).toContain(187.5))
    clock.advance(187.5)
    await until(() => expect(names(cache)).toEqual(['a', 'b']))
    await until(() => expect(watches()).toBe(2))
    expect(states).toEqual(['live', 'stale', 'live'])
    expect(cache.freshness.knownAt).toBeGreaterThan(knownAt ?? Infinity)
  })

  test('whose own connection is dead behind a gateway is resumed once its bookmarks stay away', async () => {
    const { cache, kube, clock, states, watches, server } = await start()
    kube.bookmark()
    await until(() => expect(clock.pending()).toContain(100_000))
    kube.loseWatches()
    kube.put('b')
    clock.advance(100_000)
    await until(() => expect(names(cache)).toEqual(['a', 'b']))
    expect(watches()).toBe(2)
    expect(server.requests.findLast(({ query }) => query.get('watch'))?.query.get('resourceVersion')).toBe(
      '3',
    )
    expect(states).toEqual(['live'])
    // Where none come any more, none are expected.
    clock.advance(100_000)
    await until(() => expect(kube.watches).toBe(1))
    expect(watches()).toBe(2)
  })
})

test.runIf(existsSync('/proc/net/tcp'))('the kernel asks along the connection of a quiet watch', async () => {
  const { server } = await start()
  const port = Number(new URL(server.url).port).toString(16).toUpperCase().padStart(4, '0')
  // Columns: local, remote, state (01 established), queues, timer (02 keep-alive) and when it is due in 10 ms.
  await until(() => {
    const ours = readFileSync('/proc/net/tcp', 'utf8')
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter(([, , remote, state]) => remote === `0100007F:${port}` && state === '01')
    const due = ours.map(([, , , , , timer = '']) => timer.split(':'))
    expect(due.length).toBeGreaterThanOrEqual(2)
    for (const [kind, at = ''] of due) {
      expect(kind).toBe('02')
      expect(Number.parseInt(at, 16)).toBeLessThanOrEqual(400)
    }
  })
})
