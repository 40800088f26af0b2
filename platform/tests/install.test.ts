import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CLUSTER } from '#lib/kinds/cluster.ts'
import { MODULE_CONFIG } from '#lib/kinds/module-config.ts'
import { MODULE_INFO } from '#lib/kinds/module-info.ts'
import { MODULE_PLUGIN } from '#lib/kinds/module-plugin.ts'
import { eventually, conditionOf, pluginSpec, TestPlatform } from './test-platform.ts'

let platform: TestPlatform
beforeAll(async () => {
  platform = await TestPlatform.start()
  await platform.run()
})
afterAll(() => platform.stop())

describe('publishing', () => {
  test('each version that a ModulePlugin describes gets a ModuleConfig of its own', async () => {
    await platform.publish('pub', ['v1.0.0', 'v1.1.0+Build'], {}, { 'cpaas.io/lifecycle-type': 'aligned' })
    const config = await platform.global.get(MODULE_CONFIG, 'pub-v1.1.0-build')
    expect(config.metadata.labels).toMatchObject({
      'cpaas.io/module-name': 'pub',
      'cpaas.io/module-type': 'plugin',
      'cpaas.io/module-version': 'v1.1.0-build',
      'cpaas.io/lifecycle-type': 'aligned',
    })
    expect(config.metadata.finalizers).toEqual(['moduleconfig'])
    expect(config.spec.version).toBe('v1.1.0+Build')
    expect((await platform.global.get(MODULE_CONFIG, 'pub-v1.0.0')).spec.version).toBe('v1.0.0')
    await eventually(async () => {
      const { status } = await platform.global.get(MODULE_PLUGIN, 'pub')
      expect(status).toMatchObject({ latestVersion: 'v1.1.0+Build', installed: [] })
      expect(status?.moduleConfigs?.map(({ version, readyForDeploy }) => [version, readyForDeploy])).toEqual([
        ['v1.1.0+Build', true],
        ['v1.0.0', true],
      ])
    })
  })

  test('a ModuleConfig that a package brings along is left as it is', async () => {
    const spec = pluginSpec('brought', 'v1.0.0', { config: { mine: true } })
    const metadata = { name: 'brought-v1.0.0', labels: { 'cpaas.io/module-name': 'brought' } }
    await platform.global.create(MODULE_CONFIG, {
      apiVersion: 'cluster.alauda.io/v1alpha1',
      kind: 'ModuleConfig',
      metadata,
      spec,
    })
    await platform.publish('brought', ['v1.0.0'], { config: { other: 1 } })
    expect((await platform.global.get(MODULE_CONFIG, 'brought-v1.0.0')).spec.config).toEqual({ mine: true })
  })

  test('a plugin without a version stays known and absent', async () => {
    const { version: _, appReleases: __, ...spec } = pluginSpec('known', '')
    const metadata = { name: 'known', labels: { 'cpaas.io/module-name': 'known' } }
    await platform.global.create(MODULE_PLUGIN, {
      apiVersion: 'cluster.alauda.io/v1alpha1',
      kind: 'ModulePlugin',
      metadata,
      spec,
    })
    await eventually(async () => {
      const { status } = await platform.global.get(MODULE_PLUGIN, 'known')
      expect(status?.conditions?.[0]).toMatchObject({
        type: 'Published',
        status: 'False',
        reason: 'NoVersion',
      })
    })
  })

  test('a version stays while it is installed, and goes for good afterwards', async () => {
    await platform.publish('held', ['v1.0.0'])
    await platform.request('global', 'held', { version: 'v1.0.0' })
    const info = await platform.running('global', 'held')
    await platform.global.delete(MODULE_CONFIG, 'held-v1.0.0')
    await platform.until('global', 'held', ({ status }) => expect(status?.phase).toBe('Running'))
    expect((await platform.global.get(MODULE_CONFIG, 'held-v1.0.0')).metadata.deletionTimestamp).toBeDefined()
    await platform.global.delete(MODULE_INFO, info.metadata.name)
    await platform.gone('global', 'held')
    await eventually(async () => {
      const { items } = await platform.global.listAll(MODULE_CONFIG, {
        labelSelector: 'cpaas.io/module-name=held',
      })
      expect(items).toEqual([])
      expect((await platform.global.get(MODULE_PLUGIN, 'held')).status?.moduleConfigs).toEqual([])
    })
  })
})

describe('installing', () => {
  test('a request is given its final name, delivered and Running', async () => {
    await platform.publish('web-cli', ['v4.0.4'], {
      affinity: { clusterAffinity: { matchLabels: { 'is-global': 'true' } } },
    })
    const annotations = {
      'marketplace.console/reason': 'because',
      'kubectl.kubernetes.io/last-applied-configuration': '{}',
    }
    await platform.request(
      'global',
      'web-cli',
      { version: 'v4.0.4', config: {} },
      { name: 'global-temporary-name', annotations },
    )
    const info = await platform.running('global', 'web-cli')
    expect(info.metadata.name).toMatch(/^global-[0-9a-f]{32}$/)
    expect(info.metadata.finalizers).toEqual(['moduleinfo'])
    expect(info.metadata.ownerReferences ?? []).toEqual([])
    expect(info.metadata.annotations).toMatchObject({
      'marketplace.console/reason': 'because',
      'cpaas.io/display-name': 'web-cli',
    })
    expect(info.metadata.annotations).not.toHaveProperty(['kubectl.kubernetes.io/last-applied-configuration'])
    expect(info.status?.appReleases).toEqual([
      expect.objectContaining({
        name: 'web-cli',
        namespace: 'cpaas-system',
        ready: true,
        synced: true,
        failed: false,
      }),
    ])
    expect(info.status?.availableVersions?.[0]).toMatchObject({
      version: 'v4.0.4',
      riskLevel: '',
      description: '',
    })
    expect(conditionOf(info, 'Delivered')).toMatchObject({ status: 'True', reason: 'Synced' })
    await eventually(async () => {
      const { status } = await platform.global.get(MODULE_PLUGIN, 'web-cli')
      expect(status?.installed).toEqual([
        { cluster: 'global', name: info.metadata.name, phase: 'Running', version: 'v4.0.4' },
      ])
    })
  })

  test('an installation goes to its cluster and is owned by it', async () => {
    await platform.publish('spread', ['v1.0.0'], {
      valuesTemplates: { 'ait/chart-spread': 'cluster: << .ClusterName >>\nisGlobal: << .IsGlobal >>' },
    })
    await platform.request('business', 'spread', { version: 'v1.0.0' })
    await platform.request('edge', 'spread', { version: 'v1.0.0' })
    const [business] = await Promise.all([
      platform.running('business', 'spread'),
      platform.running('edge', 'spread'),
    ])
    const cluster = await platform.global.get(CLUSTER, 'business')
    expect(business.metadata.ownerReferences).toEqual([
      { apiVersion: 'platform.tkestack.io/v1', kind: 'Cluster', name: 'business', uid: cluster.metadata.uid },
    ])
    expect(await platform.release('global', 'spread')).toBeUndefined()
    const release = await platform.release('edge', 'spread')
    expect(release?.spec).toEqual({
      destination: { cluster: 'edge', namespace: 'cpaas-system' },
      source: { charts: [{ name: 'ait/chart-spread', releaseName: 'spread', targetRevision: 'v1.0.0' }] },
      values: { 'ait/chart-spread': { cluster: 'edge', isGlobal: false } },
    })
  })

  test('releases whose condition does not hold are left out; raw values win', async () => {
    const chart = (name: string): { name: string; releaseName: string; version: string } => ({
      name: `ait/${name}`,
      releaseName: name,
      version: 'v1.0.0',
    })
    await platform.publish('two', ['v1.0.0'], {
      appReleases: [
        { name: 'two-a', namespace: 'two-ns', chartVersions: [chart('two-a')] },
        { name: 'two-b', installCondition: '<< .MiConfig.b >>', chartVersions: [chart('two-b')] },
      ],
      config: { b: false, level: 1 },
      valuesTemplates: { 'ait/two-a': 'level: << .MiConfig.level >>\nkept: true', 'ait/two-b': 'x: 1' },
    })
    await platform.request('global', 'two', {
      version: 'v1.0.0',
      valuesOverride: { 'ait/two-a': { level: 9 } },
    })
    await platform.running('global', 'two')
    expect((await platform.release('global', 'two-a'))?.spec).toMatchObject({
      destination: { namespace: 'two-ns' },
      values: { 'ait/two-a': { level: 9, kept: true } },
    })
    expect(await platform.release('global', 'two-b')).toBeUndefined()

    await platform.change('global', 'two', { config: { b: true, level: 2 } })
    const info = await platform.until('global', 'two', ({ status }) => {
      expect(status?.appReleases).toHaveLength(2)
      expect(status?.phase).toBe('Running')
    })
    await platform.change('global', 'two', { config: { b: false, level: 2 } })
    await eventually(async () => expect(await platform.release('global', 'two-b')).toBeUndefined())
    expect(info.status?.appReleases?.map(({ name }) => name)).toEqual(['two-a', 'two-b'])
  })

  test('labels that were edited away come back; the place stays what it was', async () => {
    await platform.publish('stay', ['v1.0.0'])
    await platform.publish('elsewhere', ['v1.0.0'])
    await platform.request('global', 'stay', { version: 'v1.0.0' })
    const info = await platform.running('global', 'stay')
    await platform.global.patch(MODULE_INFO, info.metadata.name, {
      type: 'merge',
      body: { metadata: { labels: { 'cpaas.io/module-name': 'elsewhere', 'cpaas.io/module-type': null } } },
    })
    const back = await platform.running('global', 'stay')
    expect(back.metadata.labels?.['cpaas.io/module-type']).toBe('plugin')
    expect(back.metadata.uid).toBe(info.metadata.uid)
    expect(await platform.infos('global', 'elsewhere')).toEqual([])
  })
})
