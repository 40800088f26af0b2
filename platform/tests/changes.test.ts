import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CLUSTER } from '#lib/kinds/cluster.ts'
import { CONFIG_MAP } from '#lib/kinds/core.ts'
import { MODULE_INFO } from '#lib/kinds/module-info.ts'
import type { ModuleInfo } from '#lib/kinds/module-info.ts'
import { deriveStatus } from '#lib/domain/derive-status.ts'
import { eventually, conditionOf, TestPlatform } from './test-platform.ts'

let platform: TestPlatform
beforeAll(async () => {
  platform = await TestPlatform.start()
  await platform.run()
})
afterAll(() => platform.stop())

const consoleStatus = (moduleInfo: ModuleInfo): string => deriveStatus({ moduleInfo, versions: [] }).status

describe('upgrading', () => {
  test('versions are offered newest first, the installed one among them, with their risks', async () => {
    await platform.publish('up', ['v1.0.0', 'v1.2.0', 'v1.10.0-rc.1', 'v1.10.0', 'v2.0.0'], {
      supportedUpgradeVersions: '<1.5.0',
      upgradeRiskLevel: 'middle',
      upgradeRiskDescription: '注意',
      upgradeRiskDescriptionEn: 'Beware',
      upgradeBefore: [{ moduleName: 'none' }],
    })
    await platform.request('global', 'up', { version: 'v1.2.0' })
    const info = await platform.running('global', 'up')
    expect(info.status?.availableVersions?.map(({ version }) => version)).toEqual([
      'v2.0.0',
      'v1.10.0',
      'v1.10.0-rc.1',
      'v1.2.0',
    ])
    expect(info.status?.availableVersions?.[0]).toEqual({
      version: 'v2.0.0',
      riskLevel: 'middle',
      description: '注意',
      descriptionEn: 'Beware',
      upgradeBefore: [{ moduleName: 'none' }],
    })
  })

  test('a new version is offered as soon as it is published, and taken', async () => {
    await platform.publish('up', ['v3.0.0'], { supportedUpgradeVersions: '>=1.0.0' })
    await platform.until('global', 'up', ({ status }) =>
      expect(status?.availableVersions?.[0]?.version).toBe('v3.0.0'),
    )
    await platform.change('global', 'up', { version: 'v3.0.0' })
    const info = await platform.running('global', 'up', 'v3.0.0')
    expect(info.status?.availableVersions?.map(({ version }) => version)).toEqual(['v3.0.0'])
    expect(info.status?.appReleases?.[0]?.chartVersions?.[0]?.version).toBe('v3.0.0')
    expect((await platform.release('global', 'up'))?.spec?.source?.charts?.[0]?.targetRevision).toBe('v3.0.0')
    expect(info.status).not.toHaveProperty('transitVersion')
  })

  test('a refused upgrade says why; what runs goes on, and going back heals', async () => {
    await platform.publish('stuck', ['v1.0.0', 'v2.0.0', 'v9.0.0'], { supportedUpgradeVersions: '>=1.5.0' })
    await platform.request('global', 'stuck', { version: 'v1.0.0' })
    const before = await platform.running('global', 'stuck')
    expect(before.status?.availableVersions?.map(({ version }) => version)).toEqual(['v1.0.0'])
    for (const [version, reason, text] of [
      ['v9.0.0', 'UpgradePath', '>=1.5.0'],
      ['v0.5.0', 'VersionUnknown', 'v0.5.0'],
    ] as const) {
      await platform.change('global', 'stuck', { version })
      const info = await platform.until('global', 'stuck', (info) =>
        expect(conditionOf(info, 'UpgradeBlocked')).toMatchObject({ status: 'True', reason }),
      )
      expect(info.status).toMatchObject({ phase: 'Failed', version: 'v1.0.0' })
      expect(info.status?.blockReasons?.[0]).toContain(text)
      expect(consoleStatus(info)).toBe('Failed')
      expect((await platform.release('global', 'stuck'))?.spec?.source?.charts?.[0]?.targetRevision).toBe(
        'v1.0.0',
      )
    }
    await platform.change('global', 'stuck', { version: 'v1.0.0' })
    const after = await platform.running('global', 'stuck', 'v1.0.0')
    expect(conditionOf(after, 'UpgradeBlocked')).toBeUndefined()
    expect(after.status).not.toHaveProperty('blockReasons')
  })

  test('no way back to an older version, nor alone for a core plugin', async () => {
    await platform.publish('down', ['v1.0.0', 'v2.0.0'])
    await platform.request('edge', 'down', { version: 'v2.0.0' })
    await platform.running('edge', 'down')
    await platform.change('edge', 'down', { version: 'v1.0.0' })
    await platform.until('edge', 'down', (info) =>
      expect(conditionOf(info, 'UpgradeBlocked')?.reason).toBe('Downgrade'),
    )

    await platform.publish('heart', ['v1.0.0', 'v2.0.0'], {}, { 'cpaas.io/lifecycle-type': 'core' })
    await platform.request('edge', 'heart', { version: 'v1.0.0' })
    const heart = await platform.running('edge', 'heart')
    expect(heart.metadata.labels).toMatchObject({ 'cpaas.io/lifecycle-type': 'core' })
    expect(heart.status?.availableVersions?.map(({ version }) => version)).toEqual(['v2.0.0', 'v1.0.0'])
    await platform.change('edge', 'heart', { version: 'v2.0.0' })
    await platform.until('edge', 'heart', (info) =>
      expect(conditionOf(info, 'UpgradeBlocked')?.reason).toBe('UpgradeCore'),
    )
  })

  test('what must be upgraded first, and what the new version needs', async () => {
    await platform.publish('before', ['v1.0.0', 'v2.0.0'])
    await platform.publish('after', ['v1.0.0'])
    await platform.publish('after', ['v2.0.0'], { upgradeBefore: [{ moduleName: 'before' }] })
    await platform.publish('after', ['v3.0.0'], { dependencies: [{ moduleName: 'nothing-like-it' }] })
    await platform.request('business', 'before', { version: 'v1.0.0' })
    await platform.request('business', 'after', { version: 'v1.0.0' })
    await platform.running('business', 'before')
    await platform.running('business', 'after')
    await platform.change('business', 'after', { version: 'v3.0.0' })
    await platform.until('business', 'after', (info) =>
      expect(conditionOf(info, 'UpgradeBlocked')?.reason).toBe('DependencyMissing'),
    )
    await platform.change('business', 'after', { version: 'v2.0.0' })
    await platform.until('business', 'after', (info) =>
      expect(conditionOf(info, 'UpgradeBlocked')?.reason).toBe('UpgradeFirst'),
    )
    await platform.change('business', 'before', { version: 'v2.0.0' })
    await platform.running('business', 'after', 'v2.0.0')
  })

  test('an upgrade that takes too long says so, and still ends well', async () => {
    await platform.publish('long', ['v1.0.0', 'v2.0.0'], { transitTimeout: 1 })
    await platform.request('global', 'long', { version: 'v1.0.0' })
    await platform.running('global', 'long')
    await platform.instruct({ long: 'hang' })
    await platform.change('global', 'long', { version: 'v2.0.0' })
    const under = await platform.until('global', 'long', ({ status }) =>
      expect(status).toMatchObject({
        phase: 'Upgrading',
        version: 'v1.0.0',
        transitVersion: 'v2.0.0',
        transitTimeout: 1,
      }),
    )
    expect(consoleStatus(under)).toBe('Upgrading')
    await platform.until('global', 'long', (info) =>
      expect(conditionOf(info, 'UpgradeStalled')).toMatchObject({ status: 'True', reason: 'TransitTimeout' }),
    )
    await platform.instruct({ long: null })
    const done = await platform.running('global', 'long', 'v2.0.0')
    expect(conditionOf(done, 'UpgradeStalled')).toBeUndefined()
  })
})

describe('changing the configuration', () => {
  test('it is carried out whole, explicit nulls included', async () => {
    await platform.publish('conf', ['v1.0.0'], {
      config: { a: 1, b: { c: 2 } },
      valuesTemplates: { 'ait/chart-conf': 'config: << toJson .MiConfig >>' },
    })
    await platform.request('business', 'conf', { version: 'v1.0.0' })
    await platform.running('business', 'conf')
    const values = async (): Promise<unknown> =>
      (await platform.release('business', 'conf'))?.spec?.values?.['ait/chart-conf']
    expect(await values()).toEqual({ config: { a: 1, b: { c: 2 } } })
    await platform.instruct({ conf: 'hang' }, 'business')
    await platform.change('business', 'conf', { config: { a: null, d: { e: null } } })
    const under = await platform.until('business', 'conf', ({ status }) =>
      expect(status?.phase).toBe('Updating'),
    )
    expect(consoleStatus(under)).toBe('Updating')
    await platform.instruct({ conf: null }, 'business')
    const info = await platform.running('business', 'conf')
    expect(info.spec.config).toEqual({ a: null, d: { e: null } })
    expect(await values()).toEqual({ config: { a: null, d: { e: null } } })
    expect(consoleStatus(info)).toBe('Running')
  })
})

describe('removing', () => {
  test('waits while a resource forbids it, and goes on once that is gone', async () => {
    await platform.publish('kept', ['v1.0.0'], {
      deleteBlockDescriptionEn: 'Remove the data first',
      resourcesBlockRemove: [
        { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'cpaas-system', name: 'kept-data' },
        { apiVersion: 'nowhere.io/v1', kind: 'Nothing' },
      ],
    })
    const client = platform.client('edge')
    const data = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'kept-data', namespace: 'cpaas-system' },
    }
    await client.create(CONFIG_MAP, data, { namespace: 'cpaas-system' })
    await platform.request('edge', 'kept', { version: 'v1.0.0' })
    const { metadata } = await platform.running('edge', 'kept')
    await platform.global.delete(MODULE_INFO, metadata.name)
    const held = await platform.until('edge', 'kept', ({ status }) =>
      expect(status?.removeIsPrevented).toBe(true),
    )
    expect(held.status?.phase).toBe('Deleting')
    expect(conditionOf(held, 'RemovePrevented')).toMatchObject({
      status: 'True',
      reason: 'ResourcesExist',
      message: 'Remove the data first (still there: ConfigMap kept-data in namespace cpaas-system)',
    })
    expect(deriveStatus({ moduleInfo: held, versions: [] })).toMatchObject({
      status: 'Uninstalling',
      reasons: [{ code: 'remove-prevented', params: { message: expect.stringContaining('kept-data') } }],
    })
    expect((await platform.release('edge', 'kept'))?.metadata.deletionTimestamp).toBeUndefined()
    await client.delete(CONFIG_MAP, 'kept-data', { namespace: 'cpaas-system' })
    await platform.gone('edge', 'kept')
    expect(await platform.release('edge', 'kept')).toBeUndefined()
  })

  test('the releases go first, in visible stages, then the object', async () => {
    await platform.publish('leaving', ['v1.0.0'])
    await platform.request('global', 'leaving', { version: 'v1.0.0' })
    const { metadata } = await platform.running('global', 'leaving')
    await platform.instruct({ leaving: 'hang-removal' })
    await platform.global.delete(MODULE_INFO, metadata.name)
    await eventually(async () =>
      expect((await platform.release('global', 'leaving'))?.metadata.deletionTimestamp).toBeDefined(),
    )
    const [info] = await platform.infos('global', 'leaving')
    expect(info?.status).toMatchObject({ phase: 'Deleting', removeIsPrevented: false })
    await platform.instruct({ leaving: null })
    await platform.gone('global', 'leaving')
    expect(await platform.release('global', 'leaving')).toBeUndefined()
  })

  test('asked for again while it goes, it comes after it', async () => {
    await platform.publish('return', ['v1.0.0'])
    await platform.request('global', 'return', { version: 'v1.0.0' })
    const { metadata } = await platform.running('global', 'return')
    await platform.instruct({ return: 'hang-removal' })
    await platform.global.delete(MODULE_INFO, metadata.name)
    await platform.request(
      'global',
      'return',
      { version: 'v1.0.0', config: { second: true } },
      { name: 'return-again' },
    )
    await eventually(async () => {
      const again = await platform.global.get(MODULE_INFO, 'return-again')
      expect(again.status?.phase).toBe('Pending')
      expect(conditionOf(again, 'Accepted')?.message).toContain('being removed')
    })
    await platform.instruct({ return: null })
    const info = await platform.running('global', 'return')
    expect(info.metadata.uid).not.toBe(metadata.uid)
    expect(info.spec.config).toEqual({ second: true })
  })

  test('the label that it put on its cluster goes with it', async () => {
    await platform.publish('marks', ['v1.0.0'], { labelCluster: 'marked-by=marks' })
    await platform.request('edge', 'marks', { version: 'v1.0.0' })
    const labels = async (): Promise<Record<string, string> | undefined> =>
      (await platform.global.get(CLUSTER, 'edge')).metadata.labels
    await eventually(async () => expect(await labels()).toMatchObject({ 'marked-by': 'marks' }))
    const [info] = await platform.infos('edge', 'marks')
    await platform.global.delete(MODULE_INFO, info?.metadata.name ?? '')
    await platform.gone('edge', 'marks')
    expect(await labels()).not.toHaveProperty(['marked-by'])
  })

  test('what the cluster is by itself is not a plugin’s to take', async () => {
    await platform.publish('grabs', ['v1.0.0'], { labelCluster: 'cpaas.io/arch-arm64' })
    await platform.request('edge', 'grabs', { version: 'v1.0.0' })
    const { metadata } = await platform.running('edge', 'grabs')
    await platform.global.delete(MODULE_INFO, metadata.name)
    await platform.gone('edge', 'grabs')
    const { labels } = (await platform.global.get(CLUSTER, 'edge')).metadata
    expect(labels).toMatchObject({ 'cpaas.io/arch-arm64': 'true' })
  })
})
