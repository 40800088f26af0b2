import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { KubeClient } from '#lib/kube/kube-client.ts'
import { ForbiddenError, UnavailableError } from '#lib/kube/kube-error.ts'
import { LEASE } from '#lib/kinds/lease.ts'
import { MODULE_CONFIG } from '#lib/kinds/module-config.ts'
import { LABEL } from '#lib/kinds/labels.ts'
import { MODULE_INFO } from '#lib/kinds/module-info.ts'
import { MODULE_PLUGIN } from '#lib/kinds/module-plugin.ts'
import { specHash } from '#lib/domain/spec-hash.ts'
import { startControllers } from '#platform/controllers/start-controllers.ts'
import { leaseTiming } from '#platform/controllers/leadership/lease-election.ts'
import { runControllers } from '#platform/controllers/run-controllers.ts'
import type { Controllers, ControllersOptions } from '#platform/controllers/start-controllers.ts'
import { eventually, pluginSpec, TestPlatform } from './test-platform.ts'

let platform: TestPlatform
beforeAll(async () => {
  platform = await TestPlatform.start()
})
afterAll(() => platform.stop())

const WRITES = ['create', 'replace', 'patch', 'delete'] as const

interface Fuse {
  /** Writes that are let through before everything stops; `reply` lets one more happen and loses its answer. */
  writes: number
  readonly losesReply: boolean
  spent: number
}

/** A client whose process "dies" after so many writes: later calls never get anywhere. */
function fused(client: KubeClient, fuse: Fuse): KubeClient {
  return new Proxy(client, {
    get(target, key, receiver) {
      const value: unknown = Reflect.get(target, key, receiver)
      if (typeof value !== 'function') return value
      return async (...args: unknown[]) => {
        const isWrite = WRITES.some((name) => name === key)
        const call = (): unknown => Reflect.apply(value, target, args)
        if (fuse.spent > fuse.writes) throw dead()
        // Who leads is renewed all the time, and no step of anything.
        if (!isWrite || args[0] === LEASE) return call()
        fuse.spent += 1
        if (fuse.spent <= fuse.writes) return call()
        if (fuse.losesReply) await call()
        throw dead()
      }
    },
  })
}

function dead(): UnavailableError {
  return new UnavailableError('the process is gone', { code: 503, reason: 'Test' })
}

/** Runs controllers that die after some writes, then fresh ones. Returns how many writes the first ones made. */
async function interrupt(
  writes: number,
  losesReply: boolean,
  until: () => Promise<unknown>,
  options: Partial<ControllersOptions> = {},
): Promise<number> {
  const fuse: Fuse = { writes, losesReply, spent: 0 }
  const first = startControllers({
    ...options,
    registry: platform.registry,
    firstRetryMs: 10,
    wrapClient: (client) => fused(client, fuse),
  })
  const died = async (): Promise<void> => {
    while (fuse.spent <= writes) await new Promise((resolve) => setTimeout(resolve, 5))
  }
  await first.ready()
  await Promise.race([died(), until()])
  await first.stop()
  await platform.run(options)
  try {
    await until()
  } finally {
    await platform.controllers?.stop()
  }
  return Math.min(fuse.spent, writes + 1)
}

describe.each([
  ['before a write', false],
  ['after a write whose answer is lost', true],
])('controllers that die %s', (_, losesReply) => {
  const key = losesReply ? 'r' : 'w'

  test('lose and double no installation', async () => {
    await platform.run()
    await platform.publish(`kill-${key}`, ['v1.0.0'])
    await platform.controllers?.stop()
    let writes = 0
    for (let reached = Infinity; writes < reached; writes += 1) {
      const config = { run: writes }
      await platform.request(
        'business',
        `kill-${key}`,
        { version: 'v1.0.0', config },
        { name: `kill-${key}-${writes}` },
      )
      const made = await interrupt(writes, losesReply, () => platform.running('business', `kill-${key}`))
      if (made <= writes) reached = writes
      const infos = await platform.infos('business', `kill-${key}`)
      expect(infos.map(({ spec }) => spec.config)).toEqual([config])
      expect((await platform.history('business', `kill-${key}`)).slice(0, 2)).toMatchObject(
        [writes + 1, writes]
          .filter((revision) => revision > 0)
          .map((revision) => ({ revision, spec: { config: { run: revision - 1 } } })),
      )
      await platform.run()
      await platform.global.delete(MODULE_INFO, infos[0]?.metadata.name ?? '')
      await platform.gone('business', `kill-${key}`)
      await platform.controllers?.stop()
    }
    // Create the final object, remove the request, three releases' worth of writes and statuses at the least.
    expect(writes).toBeGreaterThan(3)
  })

  test('keep each accepted spec once when they are at a change, and trim what is too much', async () => {
    const plugin = `edit-${key}`
    await platform.run()
    await platform.publish(plugin, ['v1.0.0'])
    await platform.request('edge', plugin, { version: 'v1.0.0', config: { run: -1 } })
    await platform.running('edge', plugin)
    let writes = 0
    for (let reached = Infinity; writes < reached; writes += 1) {
      await platform.controllers?.stop()
      const config = { run: writes, kept: null }
      await platform.change('edge', plugin, { config })
      const carriedOut = async (): Promise<void> => {
        const info = await platform.running('edge', plugin)
        await eventually(async () => {
          const release = await platform.release('edge', plugin)
          expect(release?.status?.observedGeneration).toBe(release?.metadata.generation)
          const [last] = await platform.history('edge', plugin)
          expect(last?.spec).toEqual(info.spec)
          expect((await platform.infos('edge', plugin))[0]?.status?.specHash).toBe(specHash(info.spec))
        })
      }
      const made = await interrupt(writes, losesReply, carriedOut, { historyLimit: 2 })
      if (made <= writes) reached = writes
      const history = await platform.history('edge', plugin)
      expect(history.map(({ revision }) => revision)).toEqual([writes + 2, writes + 1])
      expect(history[0]?.spec).toEqual({ version: 'v1.0.0', config })
    }
    // The revision, the trimming, the release and two statuses.
    expect(writes).toBeGreaterThan(2)
    await platform.controllers?.stop()
  })

  test('publish each version once, and completely', async () => {
    const plugin = `publish-${key}`
    let writes = 0
    for (let reached = Infinity; writes < reached; writes += 1) {
      const version = `v1.${writes}.0`
      const spec = pluginSpec(plugin, version)
      const metadata = { name: plugin, labels: { [LABEL.moduleName]: plugin, [LABEL.moduleType]: 'plugin' } }
      if (writes === 0)
        await platform.global.create(MODULE_PLUGIN, {
          apiVersion: 'cluster.alauda.io/v1alpha1',
          kind: MODULE_PLUGIN.kind,
          metadata,
          spec,
        })
      else
        await platform.global.patch(MODULE_PLUGIN, plugin, {
          type: 'json',
          operations: [{ op: 'replace', path: '/spec', value: spec }],
        })
      const published = async (): Promise<void> =>
        eventually(async () => {
          const config = await platform.global.get(MODULE_CONFIG, `${plugin}-${version}`)
          expect(config.status?.readyForDeploy).toBe(true)
          expect(config.metadata.finalizers).toEqual(['moduleconfig'])
          const { status } = await platform.global.get(MODULE_PLUGIN, plugin)
          expect(status).toMatchObject({ latestVersion: version, specHash: specHash(spec) })
          expect(status?.moduleConfigs?.every(({ readyForDeploy }) => readyForDeploy)).toBe(true)
          expect(status?.moduleConfigs).toHaveLength(writes + 1)
        })
      const made = await interrupt(writes, losesReply, published)
      if (made <= writes) reached = writes
    }
    // The version, its status, and the plugin's.
    expect(writes).toBeGreaterThan(1)
  })

  test('remove what was to be removed, whole', async () => {
    const plugin = `gone-${key}`
    await platform.run()
    await platform.publish(plugin, ['v1.0.0'])
    await platform.controllers?.stop()
    let writes = 0
    for (let reached = Infinity; writes < reached; writes += 1) {
      await platform.run()
      await platform.request('edge', plugin, { version: 'v1.0.0' })
      const { metadata } = await platform.running('edge', plugin)
      await platform.controllers?.stop()
      await platform.global.delete(MODULE_INFO, metadata.name)
      const made = await interrupt(writes, losesReply, () => platform.gone('edge', plugin))
      if (made <= writes) reached = writes
      expect(await platform.release('edge', plugin)).toBeUndefined()
    }
    expect(writes).toBeGreaterThan(1)
  })
})

test('of two replicas, the one that stands by completes what the other began, wherever that died', async () => {
  const timing = leaseTiming(1)
  await platform.run()
  await platform.publish('relay', ['v1.0.0'])
  await platform.controllers?.stop()
  const installed: unknown[] = []
  for (const writes of [0, 1, 2, 4]) {
    const fuse: Fuse = { writes: Infinity, losesReply: writes % 2 === 1, spent: 0 }
    const replica = (identity: string, more: Partial<ControllersOptions> = {}): Controllers =>
      runControllers({ registry: platform.registry, firstRetryMs: 10, identity, timing, ...more })
    const first = replica('first', { wrapClient: (client) => fused(client, fuse) })
    await first.ready()
    const second = replica('second')
    await second.ready()
    fuse.spent = 0
    fuse.writes = writes
    const config = { run: writes }
    await platform.request('edge', 'relay', { version: 'v1.0.0', config }, { name: `relay-${writes}` })
    await platform.running('edge', 'relay')
    const infos = await platform.infos('edge', 'relay')
    expect(infos.map(({ spec }) => spec.config)).toEqual([config])
    expect(fuse.spent).toBeGreaterThan(writes)
    installed.unshift(config)
    expect((await platform.history('edge', 'relay')).map(({ spec }) => spec.config)).toEqual(installed)
    await first.stop()
    await platform.global.delete(MODULE_INFO, infos[0]?.metadata.name ?? '')
    await platform.gone('edge', 'relay')
    await second.stop()
  }
})

test('what is removed before the controller could take its request away stays removed', async () => {
  const first = startControllers({
    registry: platform.registry,
    firstRetryMs: 10,
    wrapClient: (client) =>
      Object.assign(Object.create(client), { delete: () => Promise.reject(dead()) }) as KubeClient,
  })
  await first.ready()
  await platform.publish('brief', ['v1.0.0'])
  await platform.request('global', 'brief', { version: 'v1.0.0' })
  await expect.poll(() => platform.infos('global', 'brief')).toHaveLength(2)
  await first.stop()
  const made = (await platform.infos('global', 'brief')).find(({ metadata }) =>
    /-[0-9a-f]{32}$/.test(metadata.name),
  )
  await platform.global.delete(MODULE_INFO, made?.metadata.name ?? '')
  await platform.run()
  await platform.gone('global', 'brief')
  await platform.controllers?.stop()
})

test('two controllers at once make one installation of each request', async () => {
  const second = startControllers({ registry: platform.registry, firstRetryMs: 10 })
  await platform.run()
  await second.ready()
  const plugins = Array.from({ length: 6 }, (_, index) => `pair-${index}`)
  for (const plugin of plugins) await platform.publish(plugin, ['v1.0.0'])
  await Promise.all(
    plugins.flatMap((plugin) =>
      [1, 2].map((number) =>
        platform.request('global', plugin, { version: 'v1.0.0' }, { name: `${plugin}-${number}` }),
      ),
    ),
  )
  for (const plugin of plugins) await platform.running('global', plugin)
  for (const plugin of plugins) {
    const [info] = await platform.infos('global', plugin)
    await platform.global.delete(MODULE_INFO, info?.metadata.name ?? '')
  }
  for (const plugin of plugins) await platform.gone('global', plugin)
  for (const plugin of plugins)
    expect((await platform.history('global', plugin)).map(({ revision }) => revision)).toEqual([1])
  await second.stop()
})

test('a fresh start over a settled platform writes nothing', async () => {
  await platform.publish('quiet', ['v1.0.0', 'v2.0.0'], { config: { a: null } })
  for (const cluster of ['global', 'business']) {
    await platform.request(cluster, 'quiet', { version: 'v1.0.0' })
    await platform.running(cluster, 'quiet')
  }
  await new Promise((resolve) => setTimeout(resolve, 150))
  await platform.controllers?.stop()
  const fuse: Fuse = { writes: Infinity, losesReply: false, spent: 0 }
  const again = startControllers({ registry: platform.registry, wrapClient: (client) => fused(client, fuse) })
  await again.ready()
  await new Promise((resolve) => setTimeout(resolve, 300))
  await again.stop()
  expect(fuse.spent).toBe(0)
})

test('what may not be read yet is waited for, and nothing is judged without it', async () => {
  await platform.controllers?.stop()
  let mayRead = false
  const client = new Proxy(platform.registry.globalClient, {
    get(target, key, receiver) {
      const value: unknown = Reflect.get(target, key, receiver)
      if (key !== 'listAll' && key !== 'watch') return value
      return (...args: Parameters<KubeClient['listAll'] & KubeClient['watch']>): unknown => {
        if (args[0].plural === MODULE_CONFIG.plural && !mayRead)
          throw new ForbiddenError('not yet', { code: 403, reason: 'Forbidden' })
        return target[key](...args)
      }
    },
  })
  const lines: string[] = []
  const fuse: Fuse = { writes: Infinity, losesReply: false, spent: 0 }
  const early = startControllers({
    registry: Object.create(platform.registry, {
      globalClient: { value: client },
    }) as typeof platform.registry,
    log: (line) => lines.push(line),
    wrapClient: (inner) => fused(inner, fuse),
  })
  await expect.poll(() => lines).toEqual(['waiting for moduleconfigs: not yet'])
  await new Promise((resolve) => setTimeout(resolve, 200))
  mayRead = true
  await early.ready()
  await early.stop()
  expect(fuse.spent).toBe(0)
})
