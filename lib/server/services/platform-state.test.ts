import { expect, test } from 'vitest'
import { testConfig, testInfo, testPlugin } from '#lib/domain/test-world.ts'
import type { ModuleInfo } from '#lib/kinds/module-info.ts'
import { getPlugin } from './get-plugin.ts'
import { getCluster } from './get-cluster.ts'
import { listClusters } from './list-clusters.ts'
import { readerContext, staticPlatform, testCluster } from './testing/static-platform.ts'

const needy = testConfig('needy', 'v1.0.0', { dependencies: [{ moduleName: 'base' }] })

function scene() {
  return staticPlatform({
    clusters: [testCluster('edge'), testCluster('global', { 'is-global': 'true' })],
    modulePlugins: [testPlugin('base'), testPlugin('needy')],
    moduleConfigs: [testConfig('base', 'v1.0.0'), testConfig('base', 'v1.1.0'), needy],
    moduleInfos: [testInfo('edge', 'base', 'v1.0.0'), testInfo('global', 'base', 'v1.0.0')],
  })
}

test('the model is computed once per change, and only what changed is computed again', () => {
  const { platform, caches } = scene()
  const before = platform.snapshot()
  const edge = before.rowsOn('edge')
  const global = before.rowsOn('global')
  expect(platform.snapshot()).toBe(before)
  expect(edge.get('needy')?.actions.install.allowed).toBe(true)

  caches.moduleInfos.set([
    testInfo('edge', 'base', 'v1.0.0', { phase: 'Failed' }),
    caches.moduleInfos.list()[1] as ModuleInfo,
  ])
  const after = platform.snapshot()
  expect(after).not.toBe(before)
  expect(after.rowsOn('global').get('base')).toBe(global.get('base'))
  expect(after.rowsOn('global').get('needy')).toBe(global.get('needy'))
  expect(after.rowsOn('edge').get('base')?.status).toBe('Failed')
  // Its own objects are the same, but what it depends on is not.
  expect(after.rowsOn('edge').get('needy')?.actions.install).toMatchObject({
    allowed: false,
    reasons: [{ code: 'dependency-not-running' }],
  })
  expect(before.rowsOn('edge')).toBe(edge)
})

test('a heartbeat of a cluster computes no row again, a label does', () => {
  const { platform, clusters } = scene()
  const before = platform.snapshot().rowsOn('edge').get('base')
  const [edge, ...others] = clusters.list()
  if (edge === undefined) expect.fail('no cluster')
  const conditions = [{ type: 'HealthCheck', status: 'True', lastProbeTime: '2026-01-01T00:00:00Z' }]
  clusters.set([{ ...edge, status: { ...edge.status, conditions } }, ...others])
  expect(platform.snapshot().rowsOn('edge').get('base')).toBe(before)
  clusters.set([testCluster('edge', { new: 'label' }), ...others])
  expect(platform.snapshot().rowsOn('edge').get('base')).not.toBe(before)
})

test('rows not looked at for a while are right when they are', () => {
  const { platform, caches, clusters } = scene()
  platform.snapshot().rowsOn('edge')
  caches.moduleConfigs.set([testConfig('base', 'v1.0.0'), needy])
  platform.snapshot()
  clusters.set([testCluster('edge', { new: 'label' })])
  const model = platform.snapshot()
  expect(model.rowsOn('edge').get('base')?.upgrade).toBeNull()
  expect(model.rowsOn('global').size).toBe(0)
})

test('clusters come with their counts, the global one first', async () => {
  const { platform } = scene()
  const { items } = await listClusters(readerContext(platform))
  expect(items.map(({ name, isGlobal, plugins }) => [name, isGlobal, plugins])).toEqual([
    ['global', true, { installed: 1, upgradable: 1, failed: 0, busy: 0 }],
    ['edge', false, { installed: 1, upgradable: 1, failed: 0, busy: 0 }],
  ])
})

test('a cluster’s features are all plugins, each with what may be done', async () => {
  const { platform } = scene()
  const detail = await getCluster(readerContext(platform), { cluster: 'edge' })
  expect(detail.features.map(({ plugin, status, upgrade }) => [plugin, status, upgrade?.version])).toEqual([
    ['base', 'Running', 'v1.1.0'],
    ['needy', 'Ready', undefined],
  ])
})

test('a plugin’s detail tells where each version fits, who needs it, and of every ModuleInfo', async () => {
  const { platform, caches } = scene()
  const refused = testInfo('edge', 'base', 'v9.9.9', { version: '', phase: 'Failed' })
  const placeless: ModuleInfo = {
    ...refused,
    metadata: { name: 'lost', labels: { 'cpaas.io/module-name': 'base' } },
  }
  caches.moduleInfos.set([
    ...caches.moduleInfos.list(),
    { ...refused, metadata: { ...refused.metadata, name: 'second' } },
    placeless,
  ])
  const detail = await getPlugin(readerContext(platform), { plugin: 'base' })
  expect(detail.neededBy).toEqual(['needy'])
  expect(detail.versionDetails.map(({ version, installedOn }) => [version, installedOn])).toEqual([
    ['v1.1.0', []],
    ['v1.0.0', ['global', 'edge']],
  ])
  expect(detail.clusters.map(({ cluster, status }) => [cluster, status])).toEqual([
    ['global', 'Running'],
    ['edge', 'Running'],
  ])
  expect(detail.installations.map(({ name, cluster, status }) => [name, cluster, status])).toEqual([
    ['global-base-test', 'global', 'Running'],
    ['edge-base-test', 'edge', 'Running'],
    ['second', 'edge', 'Failed'],
    ['lost', '', 'Failed'],
  ])
  await expect(getPlugin(readerContext(platform), { plugin: 'constructor' })).rejects.toMatchObject({
    code: 'not-found',
  })
})

test('missing CRDs and what is not live are told', () => {
  const { platform, caches } = scene()
  expect([platform.isReady(), platform.missingCrds()]).toEqual([true, []])
  caches.artifacts.freshness = { state: 'absent', knownAt: null, message: 'no such kind' }
  expect(platform.missingCrds()).toEqual(['artifacts.app.alauda.io'])
  expect(platform.freshness().find(({ kind }) => kind === 'Artifact')).toEqual({
    cluster: 'global',
    kind: 'Artifact',
    state: 'absent',
    knownAt: null,
    message: 'no such kind',
  })
})
