import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { KubeConfig } from './kube-config.ts'
import { createClusterRegistry } from './cluster-registry.ts'
import type { ClusterRegistry, ClusterSettings } from './cluster-registry.ts'
import { until } from './testing/cache-world.ts'
import { sendJson, sendStatus, startFaultServer } from './testing/fault-server.ts'
import type { FaultServer } from './testing/fault-server.ts'
import { TEST_CERTIFICATES } from './testing/test-certificates.ts'
import { createManualClock } from './testing/manual-clock.ts'
import type { ManualClock } from './testing/manual-clock.ts'

/** What the API server behind the registry has; tests change it while it runs. */
interface Contents {
  /** Null: no such API. */
  clusters: string[] | null
  nodes: Record<string, string>[] | 'forbidden'
  isDown: boolean
  watches: Set<ServerResponse>
}

interface World {
  contents: Contents
  server: FaultServer
  clock: ManualClock
  registry: ClusterRegistry
}

const DISCOVERY = '/apis/platform.tkestack.io/v1'
const cleanups: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

async function start(initial: Partial<Contents>, base = '', settings: ClusterSettings = {}): Promise<World> {
  const contents: Contents = { clusters: null, nodes: [], isDown: false, watches: new Set(), ...initial }
  const server = await startFaultServer((request, response) => {
    if (contents.isDown) sendStatus(response, 503, 'ServiceUnavailable')
    else if (request.query.get('watch') === 'true') {
      response.writeHead(200).flushHeaders()
      contents.watches.add(response)
    } else answer(request.path.slice(base.length), contents, response)
  })
  const clock = createManualClock()
  const config = server.config(undefined, { server: server.url + base })
  const registry = createClusterRegistry(config, { clock, random: () => 0.5, ...settings })
  cleanups.push(
    () => server.close(),
    () => registry.stop(),
  )
  return { contents, server, clock, registry }
}

function answer(path: string, { clusters, nodes }: Contents, response: ServerResponse): void {
  const list = (items: object[]) => sendJson(response, 200, { metadata: { resourceVersion: '10' }, items })
  if (path === '/version') sendJson(response, 200, { gitVersion: 'v1.35.2' })
  else if (path === DISCOVERY && clusters) sendJson(response, 200, { kind: 'APIResourceList' })
  else if (path === `${DISCOVERY}/clusters` && clusters)
    list(clusters.map((name) => ({ metadata: { name, resourceVersion: '1' } })))
  else if (path === '/api/v1/nodes' && nodes !== 'forbidden')
    list(
      nodes.map((labels, index) => ({ metadata: { name: `node-${index}`, labels, resourceVersion: '1' } })),
    )
  else if (path === '/api/v1/nodes') sendStatus(response, 403, 'Forbidden')
  else sendStatus(response, 404, 'NotFound')
}

function names(registry: ClusterRegistry): string[] {
  return registry
    .clusters()
    .map(({ metadata }) => metadata.name)
    .sort()
}

describe('a platform', () => {
  test('has the clusters of its API, each reached through the gateway', async () => {
    const { registry, server } = await start({ clusters: ['global', 'business'] })
    await registry.ready()
    expect(registry.kind).toBe('platform')
    expect(names(registry)).toEqual(['business', 'global'])
    expect(registry.freshness.state).toBe('live')
    expect(registry.client('global')).toBe(registry.globalClient)
    const business = registry.client('business')
    expect(business).toMatchObject({
      cluster: 'business',
      server: `${server.url}/kubernetes/business`,
    })
    expect(registry.client('business')).toBe(business)
    await expect(business?.getPath('/version')).rejects.toMatchObject({ code: 404 })
    expect(server.requests.at(-1)?.path).toBe('/kubernetes/business/version')
  })

  test('is found behind its own gateway path too', async () => {
    const { registry, server } = await start({ clusters: ['global', 'business'] }, '/kubernetes/global')
    await registry.ready()
    expect(registry.globalClient.server).toBe(`${server.url}/kubernetes/global`)
    expect(registry.client('business')?.server).toBe(`${server.url}/kubernetes/business`)
  })

  test('gives no client for what does not exist or has no name for a path', async () => {
    const evil = ['../../api', 'a/b', 'UPPER', '..']
    const { registry } = await start({ clusters: ['global', ...evil] })
    await registry.ready()
    expect(registry.clusters()).toHaveLength(5)
    for (const name of [...evil, 'none', '']) expect(registry.client(name)).toBeUndefined()
  })

  test('says why what it shows is not reached', async () => {
    const long = 'a'.repeat(64)
    const { registry, server } = await start({ clusters: ['global', 'business', '../../api', long] })
    await registry.ready()
    expect(registry.way('business')).toMatchObject({
      address: `${server.url}/kubernetes/business`,
      problem: null,
    })
    for (const name of ['../../api', long])
      expect(registry.way(name)).toMatchObject({ address: null, problem: { code: 'name-unfit' } })
    expect(registry.way('none')).toBeUndefined()
  })

  test('is reached through the gateway that was said, with its own CA and the same identity', async () => {
    const certificates = TEST_CERTIFICATES
    const gateway = await startFaultServer((_, response) => sendJson(response, 200, {}), certificates)
    const directory = await mkdtemp(join(tmpdir(), 'gateway-'))
    const gatewayCaFile = join(directory, 'ca.pem')
    await writeFile(gatewayCaFile, certificates.ca)
    cleanups.push(
      () => gateway.close(),
      () => rm(directory, { recursive: true }),
    )
    const platform = { clusters: ['global', 'business'] }
    const { registry } = await start(platform, '', { gateway: `${gateway.url}/`, gatewayCaFile })
    await registry.ready()
    await registry.client('business')?.getPath('/version')
    expect(gateway.requests.at(-1)).toMatchObject({
      path: '/kubernetes/business/version',
      headers: { authorization: 'Bearer test-token-0123456789' },
    })
    expect(registry.gateway).toMatchObject({ address: gateway.url, isConfigured: true })
    expect(registry.client('global')).toBe(registry.globalClient)

    const untrusted = await start(platform, '', { gateway: gateway.url })
    await untrusted.registry.ready()
    await expect(untrusted.registry.client('business')?.getPath('/version')).rejects.toMatchObject({
      reason: 'CertificateError',
    })
  })

  test('in a pod that was not told the gateway, shows the others and does not guess', async () => {
    const config = new KubeConfig()
    const { server, clock } = await start({ clusters: ['global', 'business'] })
    config.loadFromOptions({
      clusters: [{ name: 'inCluster', server: server.url, skipTLSVerify: false }],
      users: [{ name: 'inClusterUser' }],
      contexts: [{ name: 'inClusterContext', cluster: 'inCluster', user: 'inClusterUser' }],
      currentContext: 'inClusterContext',
    })
    const registry = createClusterRegistry(config, { clock, random: () => 0.5 })
    cleanups.push(() => registry.stop())
    await registry.ready()
    expect(registry.way('business')).toMatchObject({ address: null, problem: { code: 'gateway-unknown' } })
    expect(registry.way('global')).toMatchObject({ address: server.url, problem: null })
    const told = createClusterRegistry(config, { clock, gateway: 'https://platform.example' })
    cleanups.push(() => told.stop())
    await told.ready()
    expect(told.way('business')?.address).toBe('https://platform.example/kubernetes/business')
  })

  test('is none while its definition holds no cluster: plain Kubernetes may have it for the plugins’ sake', async () => {
    const { registry, contents, clock } = await start({ clusters: [] })
    await registry.ready()
    expect(registry.kind).toBe('plain')
    expect(names(registry)).toEqual(['global'])
    contents.clusters = ['global', 'business']
    await until(() => expect(clock.pending()).toContain(2000))
    clock.advance(2000)
    await until(() => expect(names(registry)).toEqual(['business', 'global']))
  })

  test('whose definition goes away keeps nobody for gone', async () => {
    const { registry, contents, clock } = await start({ clusters: ['global', 'business'] })
    await registry.ready()
    contents.clusters = null
    await until(() => expect(contents.watches.size).toBe(1))
    for (const watch of contents.watches) watch.destroy()
    await until(() => {
      clock.advance(1000)
      expect(registry.freshness.state).toBe('absent')
    })
    expect(registry.kind).toBe('platform')
  })

  test('whose last cluster goes is plain Kubernetes, until there is one again', async () => {
    const { registry, contents, clock } = await start({ clusters: ['global'] })
    await registry.ready()
    expect(registry.kind).toBe('platform')
    await until(() => expect(contents.watches.size).toBe(1))
    contents.clusters = []
    const event = { type: 'DELETED', object: { metadata: { name: 'global', resourceVersion: '11' } } }
    for (const watch of contents.watches) watch.write(`${JSON.stringify(event)}\n`)
    await until(() => expect(registry.kind).toBe('plain'))
    expect(names(registry)).toEqual(['global'])
    contents.clusters = ['global', 'business']
    await until(() => {
      clock.advance(1000)
      expect(names(registry)).toEqual(['business', 'global'])
    })
    expect(registry.kind).toBe('platform')
  })

  test('tells when a cluster comes or goes, and closes the client of one that went', async () => {
    const { registry, contents } = await start({ clusters: ['global', 'business'] })
    await registry.ready()
    const client = registry.client('business')
    const revision = registry.revision
    const changes = vi.fn<() => void>()
    registry.onChange(changes)
    await until(() => expect(contents.watches.size).toBe(1))
    const event = { type: 'DELETED', object: { metadata: { name: 'business', resourceVersion: '11' } } }
    for (const watch of contents.watches) watch.write(`${JSON.stringify(event)}\n`)
    await until(() => expect(names(registry)).toEqual(['global']))
    expect(changes).toHaveBeenCalledOnce()
    expect(registry.revision).toBeGreaterThan(revision)
    expect(registry.client('business')).toBeUndefined()
    await expect(client?.getPath('/version')).rejects.toMatchObject({ reason: 'ClientClosed' })
  })
})

describe('plain Kubernetes', () => {
  test('is one cluster, labelled by its nodes', async () => {
    const linux = { 'kubernetes.io/os': 'linux' }
    const { registry, contents } = await start({ nodes: [{ ...linux, 'kubernetes.io/arch': 'amd64' }] })
    await registry.ready()
    expect(registry.kind).toBe('plain')
    await until(() => expect(registry.cluster('global')?.status?.version).toBe('v1.35.2'))
    expect(registry.clusters()).toEqual([
      {
        apiVersion: 'platform.tkestack.io/v1',
        kind: 'Cluster',
        metadata: {
          name: 'global',
          labels: { 'is-global': 'true', 'cpaas.io/os-linux': '', 'cpaas.io/arch-amd64': 'true' },
        },
        spec: { displayName: 'global' },
        status: { phase: 'Running', version: 'v1.35.2' },
      },
    ])
    expect(registry.client('global')).toBe(registry.globalClient)
    expect(registry.client('other')).toBeUndefined()

    await until(() => expect(contents.watches.size).toBe(1))
    const labels = { 'kubernetes.io/arch': 'arm64', 'kubernetes.io/os': 'plan9' }
    const event = { type: 'ADDED', object: { metadata: { name: 'new', labels, resourceVersion: '11' } } }
    for (const watch of contents.watches) watch.write(`${JSON.stringify(event)}\n`)
    await until(() =>
      expect(registry.cluster('global')?.metadata.labels).toEqual({
        'is-global': 'true',
        'cpaas.io/os-linux': '',
        'cpaas.io/arch-amd64': 'true',
        'cpaas.io/arch-arm64': 'true',
      }),
    )
  })

  test('stays usable where nodes may not be read', async () => {
    const { registry } = await start({ nodes: 'forbidden' })
    await registry.ready()
    expect(registry.cluster('global')?.metadata.labels).toEqual({ 'is-global': 'true' })
    expect(registry.freshness).toMatchObject({ state: 'live', message: 'it is Forbidden' })
  })

  test('becomes a platform when its API appears', async () => {
    const { registry, contents, clock } = await start({})
    await registry.ready()
    const states: string[] = []
    registry.onFreshness(({ state }) => states.push(state))
    contents.clusters = ['global', 'business']
    await until(() => expect(clock.pending()).toContain(15_000))
    clock.advance(15_000)
    await until(() => expect(names(registry)).toEqual(['business', 'global']))
    expect(registry.kind).toBe('platform')
    expect(states).toEqual(['loading', 'live'])
  })
})

describe('a source that was asked for', () => {
  test('is not looked for', async () => {
    const { registry, server } = await start({ clusters: ['global', 'business'] }, '', { source: 'plain' })
    await registry.ready()
    expect(registry).toMatchObject({ kind: 'plain', isKindConfigured: true })
    expect(names(registry)).toEqual(['global'])
    expect(server.requests.some(({ path }) => path.includes('tkestack'))).toBe(false)
  })
})

describe('an API server that does not answer', () => {
  test('is asked again until it does, and says why in the meantime', async () => {
    const { registry, contents, clock } = await start({ isDown: true, clusters: ['global'] })
    await until(() => expect(registry.freshness.message).toBe('it is ServiceUnavailable'))
    expect(registry).toMatchObject({ kind: null, freshness: { state: 'loading', knownAt: null } })
    expect(registry.clusters()).toEqual([])
    expect(registry.client('global')).toBe(registry.globalClient)
    contents.isDown = false
    await until(() => expect(clock.pending()).toEqual([1000]))
    clock.advance(1000)
    await registry.ready()
    expect(names(registry)).toEqual(['global'])
  })

  test('can be given up', async () => {
    const { registry, clock } = await start({ isDown: true })
    const waiting = registry.ready()
    await registry.stop()
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' })
    await until(() => expect(clock.pending()).toEqual([]))
  })
})
