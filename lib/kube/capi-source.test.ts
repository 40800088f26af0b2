import { afterEach, expect, test, vi } from 'vitest'
import { createClusterRegistry } from './cluster-registry.ts'
import type { ClusterRegistry, ClusterSettings } from './cluster-registry.ts'
import { until } from './testing/cache-world.ts'
import { sendJson, sendStatus, startFaultServer } from './testing/fault-server.ts'
import type { FaultServer } from './testing/fault-server.ts'
import { createManualClock } from './testing/manual-clock.ts'
import type { ManualClock } from './testing/manual-clock.ts'
import { createSmallApi } from './testing/small-api.ts'
import type { SmallApi } from './testing/small-api.ts'

const SECRET = 'do-not-tell-0123456789'
const GROUP = '/apis/cluster.x-k8s.io'
const SECRETS = '/api/v1/secrets'
const LABEL = 'cluster.x-k8s.io/cluster-name'

interface World {
  api: SmallApi
  clock: ManualClock
  management: FaultServer
  /** The API server of every workload cluster. */
  workload: FaultServer
  registry: ClusterRegistry
}

const cleanups: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

function serveVersions(api: SmallApi, ...versions: string[]): void {
  const versionsOf = versions.map((version) => ({ groupVersion: `cluster.x-k8s.io/${version}`, version }))
  api.answer(GROUP, { kind: 'APIGroup', versions: versionsOf, preferredVersion: versionsOf[0] })
  for (const version of versions)
    api.answer(`${GROUP}/${version}`, { kind: 'APIResourceList', resources: [{ name: 'clusters' }] })
}

function cluster(
  namespace: string,
  name: string,
  labels: Record<string, string> = {},
  phase = 'Provisioned',
) {
  return { metadata: { namespace, name, labels, uid: 'capi-uid' }, status: { phase } }
}

function kubeconfigOf(server: string, user: object = { token: SECRET }): string {
  return JSON.stringify({
    clusters: [{ name: 'c', cluster: { server } }],
    users: [{ name: 'u', user }],
    contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
    'current-context': 'x',
  })
}

function secret(namespace: string, clusterName: string, text: string, isLabelled = true) {
  const labels: Record<string, string> = isLabelled ? { [LABEL]: clusterName } : {}
  return {
    metadata: { namespace, name: `${clusterName}-kubeconfig`, labels },
    data: { value: Buffer.from(text).toString('base64') },
  }
}

async function start(
  prepare: (api: SmallApi, workload: FaultServer) => void,
  settings: ClusterSettings = {},
): Promise<World> {
  const api = createSmallApi()
  const workload = await startFaultServer((request, response) => {
    if (request.path === '/version') return sendJson(response, 200, { gitVersion: 'v1.34.1' })
    if (request.path !== '/api/v1/nodes') return sendStatus(response, 404, 'NotFound')
    if (request.query.get('watch') === 'true') return response.writeHead(200).flushHeaders()
    const labels = { 'kubernetes.io/os': 'linux', 'kubernetes.io/arch': 'arm64' }
    return sendJson(response, 200, {
      metadata: { resourceVersion: '1' },
      items: [{ metadata: { name: 'n', labels } }],
    })
  })
  const management = await startFaultServer((request, response) => api.handle(request, response))
  api.answer('/version', { gitVersion: 'v1.35.2' })
  api.serve('/api/v1/nodes')
  api.serve(SECRETS)
  prepare(api, workload)
  const clock = createManualClock()
  const registry = createClusterRegistry(management.config(), { clock, random: () => 0.5, ...settings })
  cleanups.push(
    () => workload.close(),
    () => management.close(),
    () => registry.stop(),
  )
  return { api, clock, management, workload, registry }
}

function afterTime(clock: ManualClock, ms: number, check: () => void): Promise<void> {
  return vi.waitFor(
    () => {
      clock.advance(ms)
      check()
    },
    { interval: 10, timeout: 5000 },
  )
}

test.each([[['v1beta1']], [['v1beta2', 'v1beta1']], [['v1beta1', 'v1beta2']]])(
  'clusters of Cluster API served as %s, beside the management cluster',
  async (versions) => {
    const spoken = versions.includes('v1beta2') ? 'v1beta2' : 'v1beta1'
    const { registry, workload, management } = await start((api, { url }) => {
      serveVersions(api, ...versions)
      api.serve(`${GROUP}/${spoken}/clusters`, [cluster('fleet', 'edge', { zone: 'a', 'is-global': 'true' })])
      api.put(SECRETS, secret('fleet', 'edge', kubeconfigOf(url)))
    })
    await registry.ready()
    expect(registry.kind).toBe('cluster-api')
    expect(registry.isKindConfigured).toBe(false)
    await until(() => expect(registry.way('edge')?.reachability.state).toBe('reachable'))
    expect(registry.cluster('edge')).toEqual({
      apiVersion: 'platform.tkestack.io/v1',
      kind: 'Cluster',
      metadata: {
        name: 'edge',
        labels: { zone: 'a', 'cpaas.io/os-linux': '', 'cpaas.io/arch-arm64': 'true' },
      },
      spec: { displayName: 'edge' },
      status: { phase: 'Running', version: 'v1.34.1' },
    })
    expect(registry.way('edge')).toMatchObject({ origin: 'fleet/edge', address: workload.url, problem: null })
    expect(registry.cluster('global')?.metadata.labels).toEqual({ 'is-global': 'true' })
    expect(registry.client('global')?.server).toBe(management.url)
    await registry.client('edge')?.getPath('/version')
    expect(workload.requests.at(-1)?.headers.authorization).toBe(`Bearer ${SECRET}`)
  },
)

test('nothing that comes from a cluster carries a uid that something could be owned by', async () => {
  const { registry } = await start((api, { url }) => {
    serveVersions(api, 'v1beta1')
    api.serve(`${GROUP}/v1beta1/clusters`, [cluster('fleet', 'edge')])
    api.put(SECRETS, secret('fleet', 'edge', kubeconfigOf(url)))
  })
  await registry.ready()
  expect(registry.clusters().map(({ metadata }) => metadata.uid)).toEqual([undefined, undefined])
})

test('one name in two namespaces is one flagged cluster, and with a prefix two', async () => {
  const prepare = (api: SmallApi, { url }: FaultServer) => {
    serveVersions(api, 'v1beta1')
    api.serve(`${GROUP}/v1beta1/clusters`, [
      cluster('north', 'edge'),
      cluster('south', 'edge'),
      cluster('north', 'plant'),
      cluster('north', 'global'),
    ])
    for (const [namespace, name] of [
      ['north', 'edge'],
      ['south', 'edge'],
      ['north', 'plant'],
      ['north', 'global'],
    ] as const)
      api.put(SECRETS, secret(namespace, name, kubeconfigOf(url)))
  }
  const plain = await start(prepare)
  await plain.registry.ready()
  const names = (registry: ClusterRegistry) =>
    registry
      .clusters()
      .map(({ metadata }) => metadata.name)
      .sort()
  expect(names(plain.registry)).toEqual(['edge', 'global', 'north-global', 'plant'])
  expect(plain.registry.way('edge')).toMatchObject({
    address: null,
    problem: { code: 'name-ambiguous', message: 'north/edge, south/edge' },
  })
  expect(plain.registry.client('edge')).toBeUndefined()
  expect(plain.registry.way('north-global')).toMatchObject({ address: null, problem: { code: 'name-taken' } })
  expect(plain.registry.client('global')).toBe(plain.registry.globalClient)
  expect(plain.registry.client('plant')).toBeDefined()

  const prefixed = await start(prepare, { naming: 'namespace-name' })
  await prefixed.registry.ready()
  expect(names(prefixed.registry)).toEqual([
    'global',
    'north-edge',
    'north-global',
    'north-plant',
    'south-edge',
  ])
  for (const name of names(prefixed.registry)) expect(prefixed.registry.way(name)?.problem).toBeNull()
})

test('a cluster waits for its Secret, follows its rotation, and keeps its client while nothing changes', async () => {
  const { api, registry, workload } = await start((api) => {
    serveVersions(api, 'v1beta1')
    api.serve(`${GROUP}/v1beta1/clusters`, [cluster('fleet', 'edge', {}, 'Provisioning')])
  })
  await registry.ready()
  expect(registry.cluster('edge')?.status?.phase).toBe('Initializing')
  expect(registry.way('edge')).toMatchObject({ address: null, problem: { code: 'kubeconfig-missing' } })

  api.put(SECRETS, secret('fleet', 'edge', kubeconfigOf(workload.url)))
  await until(() => expect(registry.client('edge')).toBeDefined())
  const first = registry.client('edge')
  const { revision } = registry
  api.put(`${GROUP}/v1beta1/clusters`, cluster('fleet', 'edge', { zone: 'b' }))
  await until(() => expect(registry.cluster('edge')?.metadata.labels?.['zone']).toBe('b'))
  expect(registry.revision).toBeGreaterThan(revision)
  expect(registry.client('edge')).toBe(first)

  api.put(SECRETS, secret('fleet', 'edge', kubeconfigOf(workload.url, { token: 'rotated-9876543210' })))
  await until(() => expect(registry.client('edge')).not.toBe(first))
  await registry.client('edge')?.getPath('/version')
  expect(workload.requests.at(-1)?.headers.authorization).toBe('Bearer rotated-9876543210')
  await expect(first?.getPath('/version')).rejects.toMatchObject({ reason: 'ClientClosed' })

  api.remove(SECRETS, 'edge-kubeconfig', 'fleet')
  await until(() => expect(registry.client('edge')).toBeUndefined())
})

test('a Secret without the label, and Secrets that may not be listed, are read by name', async () => {
  const { api, clock, registry, workload } = await start((api, { url }) => {
    serveVersions(api, 'v1beta1')
    api.serve(`${GROUP}/v1beta1/clusters`, [cluster('fleet', 'edge')])
    api.put(SECRETS, secret('fleet', 'edge', kubeconfigOf(url), false))
    api.forbid(SECRETS)
  })
  await registry.ready()
  const first = registry.client('edge')
  expect(first?.server).toBe(workload.url)
  api.put(
    SECRETS,
    secret('fleet', 'edge', kubeconfigOf(workload.url, { token: 'rotated-9876543210' }), false),
  )
  await afterTime(clock, 16_000, () => expect(registry.client('edge')).not.toBe(first))
  api.forbid('/api/v1/namespaces/fleet/secrets/edge-kubeconfig')
  await afterTime(clock, 16_000, () =>
    expect(registry.way('edge')).toMatchObject({ address: null, problem: { code: 'kubeconfig-forbidden' } }),
  )
})

test('hostile and broken Secrets are told in one line, and none of their content gets out', async () => {
  const logged = vi.spyOn(console, 'error')
  const { registry } = await start((api) => {
    serveVersions(api, 'v1beta1')
    const texts: Record<string, string> = {
      runs: kubeconfigOf('https://x.example', { token: SECRET, exec: { command: SECRET } }),
      reads: kubeconfigOf('https://x.example', { 'token-file': `/etc/${SECRET}` }),
      garbled: `token: "${SECRET}\n\t[`,
      empty: '',
    }
    api.serve(
      `${GROUP}/v1beta1/clusters`,
      Object.keys(texts).map((name) => cluster('fleet', name)),
    )
    for (const [name, text] of Object.entries(texts)) api.put(SECRETS, secret('fleet', name, text))
  })
  await registry.ready()
  for (const name of ['runs', 'garbled']) expect(registry.areLabelsKnown(name)).toBe(false)
  for (const name of ['global', 'nowhere']) expect(registry.areLabelsKnown(name)).toBe(true)
  const told = Object.fromEntries(
    registry.clusters().map(({ metadata: { name } }) => {
      const problem = registry.way(name)?.problem
      return [name, problem ? `${problem.code}: ${problem.message}` : null]
    }),
  )
  expect(told).toEqual({
    global: null,
    runs: 'kubeconfig-refused: exec',
    reads: 'kubeconfig-refused: token-file',
    garbled: expect.stringMatching(/^kubeconfig-broken: not valid YAML \(\w+\)$/),
    empty: 'kubeconfig-missing: ',
  })
  const everything = JSON.stringify([registry.clusters(), registry.freshness, told, logged.mock.calls])
  expect(everything).not.toContain(SECRET)
  for (const name of ['runs', 'reads', 'garbled', 'empty']) expect(registry.client(name)).toBeUndefined()
  logged.mockRestore()
})

test('Cluster API is noticed when it appears, and its next version when the old one goes', async () => {
  const { api, clock, registry, workload } = await start(() => undefined)
  await registry.ready()
  expect(registry.kind).toBe('plain')
  api.serve(`${GROUP}/v1beta1/clusters`, [cluster('fleet', 'edge')])
  api.put(SECRETS, secret('fleet', 'edge', kubeconfigOf(workload.url)))
  serveVersions(api, 'v1beta1')
  await afterTime(clock, 4000, () => expect(registry.client('edge')).toBeDefined())
  expect(registry.kind).toBe('cluster-api')

  api.serve(`${GROUP}/v1beta2/clusters`, [cluster('fleet', 'edge'), cluster('fleet', 'plant')])
  serveVersions(api, 'v1beta2')
  api.answer(`${GROUP}/v1beta1`, undefined)
  api.withdraw(`${GROUP}/v1beta1/clusters`)
  await afterTime(clock, 4000, () => expect(registry.cluster('plant')).toBeDefined())
})

test('a source that was asked for and is not there says so, and comes alive', async () => {
  const { api, clock, registry } = await start(() => undefined, { source: 'cluster-api' })
  await registry.ready()
  expect(registry).toMatchObject({
    kind: 'cluster-api',
    isKindConfigured: true,
    freshness: { state: 'absent', message: 'Cluster API is not served' },
  })
  expect(registry.clusters().map(({ metadata }) => metadata.name)).toEqual(['global'])
  api.serve(`${GROUP}/v1beta1/clusters`, [cluster('fleet', 'edge')])
  serveVersions(api, 'v1beta1')
  await afterTime(clock, 6000, () => expect(registry.cluster('edge')).toBeDefined())
})
