import { afterEach, describe, expect, test, vi } from 'vitest'
import { CONFIG_MAP } from '#lib/kinds/core.ts'
import type { ConfigMap } from '#lib/kinds/core.ts'
import { createKubeClient } from './http-kube-client.ts'
import type { KubeClient } from './kube-client.ts'
import { ConflictError, InvalidError } from './kube-error.ts'
import { loadKubeconfig } from './load-config.ts'
import type { CacheEvent } from './object-cache.ts'
import { failure } from './testing/failure.ts'
import { createFastClock } from './testing/fast-clock.ts'
import { createObjectCache } from './watch-cache.ts'

/** A real API server and its administrator; other objects on it don't matter. */
const KUBECONFIG = process.env['KUBE_TEST_KUBECONFIG'] ?? ''
const RUN = `kube-${Date.now().toString(36)}`
const IN_DEFAULT = { namespace: 'default' }

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

function until(check: () => void): Promise<void> {
  return vi.waitFor(check, { interval: 20, timeout: 25_000 })
}

function connect(): KubeClient {
  const client = createKubeClient(loadKubeconfig(KUBECONFIG), {
    cluster: 'real',
    // A probe each second.
    clock: createFastClock(5),
  })
  cleanups.push(() => client.close())
  return client
}

function configMap(name: string, data: Record<string, string> = {}): ConfigMap {
  const metadata = { name: `${RUN}-${name}`, namespace: 'default', labels: { run: RUN } }
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata, data }
}

async function removeAll(client: KubeClient): Promise<void> {
  const { items } = await client.listAll(CONFIG_MAP, { ...IN_DEFAULT, labelSelector: `run=${RUN}` })
  for (const { metadata } of items) await client.delete(CONFIG_MAP, metadata.name, IN_DEFAULT)
}

function versionsOf(objects: Iterable<ConfigMap>): Map<string, string | undefined> {
  return new Map([...objects].map(({ metadata }) => [metadata.name, metadata.resourceVersion]))
}

describe('a real API server', () => {
  test('streams the list, then its changes, in one request; the cache and its events come to tell the same', async () => {
    const client = connect()
    cleanups.push(() => removeAll(client))
    for (const name of ['a', 'b', 'c']) await client.create(CONFIG_MAP, configMap(name), IN_DEFAULT)
    const asked: string[] = []
    const watched: KubeClient = {
      ...client,
      watch(resource, options) {
        asked.push(options.sendInitialEvents ? 'stream' : 'watch')
        return client.watch(resource, options)
      },
      listAll(resource, options) {
        asked.push('list')
        return client.listAll(resource, options)
      },
    }
    const cache = createObjectCache(watched, CONFIG_MAP, { ...IN_DEFAULT, labelSelector: `run=${RUN}` })
    cleanups.push(() => cache.stop())
    const events: CacheEvent<ConfigMap>[] = []
    cache.onChange((batch) => events.push(...batch))
    await cache.ready()
    expect(cache.list()).toHaveLength(3)
    expect(cache.list()[0]?.metadata).not.toHaveProperty('managedFields')
    const { knownAt } = cache.freshness

    for (let round = 0; round < 30; round += 1) {
      const { metadata, data } = configMap(`o${(round * 7) % 13}`, { round: String(round) })
      const body = { metadata, data }
      if (round % 3 === 2) await client.delete(CONFIG_MAP, metadata.name, IN_DEFAULT).catch(() => {})
      else
        await client.patch(
          CONFIG_MAP,
          metadata.name,
          { type: 'apply', body, fieldManager: 'test' },
          IN_DEFAULT,
        )
    }
    const { items } = await client.listAll(CONFIG_MAP, {
      ...IN_DEFAULT,
      labelSelector: `run=${RUN}`,
      limit: 4,
    })
    await until(() => expect(versionsOf(cache.list())).toEqual(versionsOf(items)))
    const replayed = new Map<string, ConfigMap>()
    for (const { type, object, previous } of events) {
      expect(previous).toEqual(replayed.get(object.metadata.name))
      if (type === 'deleted') replayed.delete(object.metadata.name)
      else replayed.set(object.metadata.name, object)
    }
    expect(versionsOf(replayed.values())).toEqual(versionsOf(items))
    expect(asked).toEqual(['stream'])
    await until(() => expect(cache.freshness.knownAt).toBeGreaterThan(knownAt ?? Infinity))
    expect(cache.freshness.state).toBe('live')
  }, 120_000)

  test('answers probes on a connection of their own', async () => {
    const client = connect()
    const probes: boolean[] = []
    cleanups.push(client.prober.onProbe(({ isAlive }) => probes.push(isAlive)))
    await until(() => expect(probes).toContain(true))
  })

  test('says what is wrong, with the paths of fields', async () => {
    const client = connect()
    cleanups.push(() => removeAll(client))
    const invalid = configMap('Not_A_Name')
    const error = await failure(client.create(CONFIG_MAP, invalid, IN_DEFAULT))
    expect(error).toBeInstanceOf(InvalidError)
    expect(error.causes[0]).toMatchObject({ field: 'metadata.name', reason: 'FieldValueInvalid' })

    const first = await client.create(CONFIG_MAP, configMap('x', { a: '1' }), IN_DEFAULT)
    const again = client.create(CONFIG_MAP, configMap('x'), IN_DEFAULT)
    expect(await failure(again)).toMatchObject({ name: 'AlreadyExistsError', code: 409 })
    await client.replace(CONFIG_MAP, { ...first, data: { a: '2' } }, IN_DEFAULT)
    const late = client.replace(CONFIG_MAP, { ...first, data: { a: '3' } }, IN_DEFAULT)
    expect(await failure(late)).toMatchObject({ name: 'ConflictError', reason: 'Conflict' })

    const body = { metadata: { name: first.metadata.name }, data: { a: '4' } }
    const apply = { type: 'apply', body, fieldManager: 'somebody-else' } as const
    const conflict = await failure(client.patch(CONFIG_MAP, first.metadata.name, apply, IN_DEFAULT))
    expect(conflict).toBeInstanceOf(ConflictError)
    expect(conflict.causes).toMatchObject([{ field: '.data.a', reason: 'FieldManagerConflict' }])
    expect(await failure(client.get(CONFIG_MAP, `${RUN}-none`, IN_DEFAULT))).toMatchObject({ code: 404 })
  })

  test('knows no more of a revision that is too old', async () => {
    const client = connect()
    const watch = async () => {
      const options = { ...IN_DEFAULT, resourceVersion: '1', timeoutSeconds: 5 }
      for await (const batch of client.watch(CONFIG_MAP, options)) expect(batch).toEqual([])
    }
    expect(await failure(watch())).toMatchObject({ name: 'ExpiredError', code: 410 })
  })
})
