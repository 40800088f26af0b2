import { beforeEach, describe, expect, test } from 'vitest'
import { testConfig, testInfo, testPlugin } from '#lib/domain/test-world.ts'
import type { ClusterWay } from '#lib/kube/cluster-registry.ts'
import { getAbout } from './get-about.ts'
import { getCluster } from './get-cluster.ts'
import { getPlugin } from './get-plugin.ts'
import { listClusters } from './list-clusters.ts'
import { listPlugins } from './list-plugins.ts'
import { readerContext, staticPlatform, testCluster } from './testing/static-platform.ts'

const SINCE = Date.parse('2026-11-27T10:00:00.000Z')
const ANSWERED = SINCE - 11_000

function way(name: string, more: Partial<ClusterWay> = {}): ClusterWay {
  return {
    origin: '',
    address: `https://platform.example/kubernetes/${name}`,
    problem: null,
    reachability: { state: 'reachable', since: SINCE, answeredAt: SINCE, message: null, version: 'v1.34.1' },
    ...more,
  }
}

const SILENT = way('edge', {
  reachability: {
    state: 'unreachable',
    since: SINCE,
    answeredAt: ANSWERED,
    message: "https://platform.example/kubernetes/edge can't be reached: no route to host\u0007",
    version: 'v1.33.0',
  },
})
const LOST = way('lost', {
  address: null,
  origin: 'north/lost, south/lost',
  problem: { code: 'name-ambiguous', message: 'north/lost, south/lost' },
})

const { platform, ways, nodes, clusters } = staticPlatform({
  clusters: ['global', 'business', 'edge', 'lost'].map((name) => testCluster(name)),
  modulePlugins: [testPlugin('gpu'), testPlugin('web-cli')],
  moduleConfigs: [
    testConfig('gpu', 'v1.0.0'),
    testConfig('web-cli', 'v1.0.0', {
      affinity: { clusterAffinity: { matchLabels: { 'cpaas.io/arch-amd64': 'true' } } },
    }),
  ],
  moduleInfos: ['business', 'edge', 'lost'].map((cluster) => testInfo(cluster, 'gpu', 'v1.0.0')),
})
const context = readerContext(platform)

beforeEach(() => {
  ways.clear()
  nodes.clear()
  for (const name of ['global', 'business']) ways.set(name, way(name))
  ways.set('edge', SILENT).set('lost', LOST)
})

describe('a cluster that does not answer', () => {
  test('is unknown among the others, with the reason and the time, whatever it last said of itself', async () => {
    const { items } = await listClusters(context)
    const told = Object.fromEntries(items.map(({ name, ...rest }) => [name, rest]))
    expect(told['business']).toMatchObject({
      phase: 'Running',
      reasons: [],
      hasNoWay: false,
      reachability: {
        state: 'reachable',
        since: '2026-11-27T10:00:00.000Z',
        answeredAt: null,
        message: null,
      },
    })
    expect(told['edge']).toMatchObject({
      reasons: [{ code: 'cluster-unreachable', params: { cluster: 'edge', message: 'no route to host' } }],
      hasNoWay: false,
      reachability: {
        state: 'unreachable',
        since: '2026-11-27T10:00:00.000Z',
        answeredAt: '2026-11-27T09:59:49.000Z',
      },
    })
    expect(told['lost']).toMatchObject({
      reasons: [{ code: 'cluster-name-ambiguous', params: { message: 'north/lost, south/lost' } }],
      hasNoWay: true,
      reachability: { state: 'unknown', since: null },
    })
  })

  test('says of each installation on it that its state is as last reported, and of nothing else', async () => {
    const marks = async (cluster: string) =>
      Object.fromEntries(
        (await listPlugins(context, { cluster })).items.map(({ name, onCluster }) => [
          name,
          onCluster?.silent,
        ]),
      )
    const since = '2026-11-27T10:00:00.000Z'
    expect(await marks('edge')).toEqual({ gpu: { since }, 'web-cli': undefined })
    expect(await marks('lost')).toEqual({ gpu: { since: null }, 'web-cli': undefined })
    expect(await marks('business')).toEqual({ gpu: undefined, 'web-cli': undefined })
    const plugin = await getPlugin(context, { plugin: 'gpu' })
    expect(plugin.clusters.filter(({ silent }) => silent).map(({ cluster }) => cluster)).toEqual([
      'edge',
      'lost',
    ])
    expect(plugin.installations.find(({ cluster }) => cluster === 'edge')?.silent).toEqual({ since })
    const cluster = await getCluster(context, { cluster: 'edge' })
    expect(cluster.features.find(({ plugin }) => plugin === 'gpu')?.silent).toEqual({ since })
  })

  test('is not said to be unfit while nobody knows its labels', async () => {
    const fit = async () => {
      const { items } = await listPlugins(context, { cluster: 'edge', q: 'web-cli' })
      return items.map(({ onCluster }) => [onCluster?.reasons[0]?.code, onCluster?.silent !== undefined])
    }
    expect(await fit()).toEqual([['cluster-label-missing', false]])
    nodes.set('edge', { state: 'loading', knownAt: null, message: 'no route to host' })
    expect(await fit()).toEqual([['cluster-unreachable', true]])
    nodes.set('edge', { state: 'stale', knownAt: 1, message: 'no route to host' })
    expect(await fit()).toEqual([['cluster-label-missing', false]])
  })

  test('is a source that is out of date, and only where it matters', async () => {
    expect(platform.freshness().filter(({ cluster }) => cluster !== 'global')).toEqual([
      {
        cluster: 'edge',
        kind: 'API server',
        state: 'stale',
        knownAt: '2026-11-27T09:59:49.000Z',
        message: SILENT.reachability.message,
      },
    ])
    const shown = async (cluster: string) =>
      (await getCluster(context, { cluster })).freshness
        .filter((source) => source.cluster !== 'global')
        .map(({ cluster: name, state }) => [name, state])
    expect(await shown('edge')).toEqual([['edge', 'stale']])
    expect(await shown('business')).toEqual([['business', 'live']])
  })

  test('comes back without a trace', async () => {
    ways.set('edge', way('edge'))
    expect(platform.freshness().every(({ cluster }) => cluster === 'global')).toBe(true)
    const { items } = await listPlugins(context, { cluster: 'edge' })
    expect(items.every(({ onCluster }) => onCluster?.silent === undefined)).toBe(true)
  })
})

describe('what the console tells about itself', () => {
  test('where it is connected to, as whom, and how each cluster is reached; those in trouble first', async () => {
    const about = await getAbout(context)
    expect(about.connection).toEqual({
      cluster: 'test',
      context: 'admin@test',
      server: 'https://127.0.0.1',
      user: 'reader',
      version: 'v1.34.1',
    })
    expect(about.clusterSource).toEqual({
      kind: 'platform',
      isConfigured: false,
      gateway: { address: 'https://127.0.0.1', isConfigured: false },
      kubeconfigs: [],
      hasNamespacePrefix: false,
    })
    expect(about.clusters.map(({ name }) => name)).toEqual(['edge', 'lost', 'global', 'business'])
    expect(about.clusters[0]).toMatchObject({
      address: 'https://platform.example/kubernetes/edge',
      version: 'v1.33.0',
      reachability: { message: 'no route to host' },
    })
    expect(about.clusters[1]).toMatchObject({ address: null, problem: { code: 'cluster-name-ambiguous' } })
    expect(about.sources.map(({ cluster, kind }) => `${cluster} ${kind}`)).toContain('business API server')
    expect(about.crds).toHaveLength(5)
    expect(about.controllers).toBeNull()
  })

  test('is the same as long as nothing changes, so that browsers need not read it again', async () => {
    const first = JSON.stringify(await getAbout(context))
    ways.set(
      'business',
      way('business', { reachability: { ...way('x').reachability, answeredAt: SINCE + 60_000 } }),
    )
    expect(JSON.stringify(await getAbout(context))).toBe(first)
  })

  test('before anything was read, too', async () => {
    clusters.freshness = { state: 'loading', knownAt: null, message: 'connection refused' }
    const about = await getAbout(context)
    expect(about.sources[0]).toMatchObject({
      kind: 'Cluster',
      state: 'loading',
      message: 'connection refused',
    })
    clusters.freshness = { state: 'live', knownAt: 0, message: null }
  })
})
