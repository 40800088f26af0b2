import { afterEach, describe, expect, test } from 'vitest'
import { testConfig, testInfo, testPlugin } from '#lib/domain/test-world.ts'
import type { InstallRequest } from '#lib/contract/requests.ts'
import type { ModuleInfo } from '#lib/kinds/module-info.ts'
import { changeInstallation } from './change-installation.ts'
import type { ChangeInput } from './change-installation.ts'
import { installPlugin } from './install-plugin.ts'
import { livePlatform, onlyInfo } from './testing/live-platform.ts'
import type { LivePlatform } from './testing/live-platform.ts'
import { staticPlatform, testCluster } from './testing/static-platform.ts'
import { uninstallPlugin } from './uninstall-plugin.ts'

const GPU = { config: { custom: { mps_enable: false, pgpu_enable: false } } }
const MODE_NEEDED = [
  {
    path: 'custom.mode',
    'x-descriptors': [
      'urn:alm:descriptor:com.tectonic.ui:select:shared',
      'urn:alm:descriptor:com.tectonic.ui:validation:required',
    ],
  },
]
const ZONE_NEEDED = [
  { path: 'zone', 'x-descriptors': ['urn:alm:descriptor:com.tectonic.ui:validation:required'] },
]
const BLOCKING = [{ apiVersion: 'example.io/v1', kind: 'Database' }]

let open: LivePlatform | undefined

async function scene(moduleInfos: ModuleInfo[] = []): Promise<LivePlatform> {
  const platform = staticPlatform({
    clusters: [testCluster('global', { 'is-global': 'true' }), testCluster('business')],
    modulePlugins: [testPlugin('gpu'), testPlugin('db'), testPlugin('app')],
    moduleConfigs: [
      testConfig('gpu', 'v1.0.0', GPU),
      testConfig('gpu', 'v1.1.0', GPU),
      testConfig('gpu', 'v2.0.0', GPU),
      testConfig('gpu', 'v2.2.0', { ...GPU, deployDescriptors: [...MODE_NEEDED, ...ZONE_NEEDED] }),
      testConfig('gpu', 'v2.1.0', { ...GPU, deployDescriptors: MODE_NEEDED }),
      testConfig('db', 'v1.0.0', { resourcesBlockRemove: BLOCKING, deleteRiskDescriptionEn: 'Data is lost' }),
      testConfig('app', 'v1.0.0', { dependencies: [{ moduleName: 'gpu', versionsMatch: ['1.x'] }] }),
    ],
    moduleInfos,
  })
  open = await livePlatform(platform)
  return open
}

afterEach(async () => {
  await open?.close()
  open = undefined
})

const REQUEST: InstallRequest = { cluster: 'business', plugin: 'gpu', version: 'v1.0.0' }
const gpuInfo = (): ModuleInfo =>
  testInfo(
    'business',
    'gpu',
    'v1.0.0',
    {},
    { config: { custom: { mps_enable: true, pgpu_enable: false }, kept: null } },
  )

describe('installing', () => {
  test('creates the object with who, what and why, nulls included', async () => {
    const live = await scene()
    const config = { custom: { mps_enable: true, pgpu_enable: false }, extra: null }
    const result = await installPlugin(live.ctx, { ...REQUEST, config, reason: 'needed' })
    const stored = onlyInfo(live, 'gpu', 'business')
    expect(stored.spec).toEqual({ version: 'v1.0.0', config })
    expect(stored.metadata.annotations).toEqual({
      'marketplace.console/operation-id': 'operation-1',
      'marketplace.console/actor': 'writer',
      'marketplace.console/reason': 'needed',
    })
    expect(result).toMatchObject({
      changed: true,
      dryRun: false,
      object: { metadata: { name: stored.metadata.name } },
    })
  })
  test('twice at once creates one', async () => {
    const live = await scene()
    const results = await Promise.allSettled([1, 2, 3].map(() => installPlugin(live.ctx, REQUEST)))
    expect(results.filter(({ status }) => status === 'fulfilled').length).toBe(1)
    expect(live.infos.size).toBe(1)
    const refused = results.find((result) => result.status === 'rejected')
    expect(refused?.reason).toMatchObject({ code: 'conflict', reasons: [{ code: 'already-installed' }] })
  })
  test.each([
    [{ ...REQUEST, cluster: 'moon' }, 'invalid', ['cluster']],
    [{ ...REQUEST, plugin: 'none' }, 'invalid', ['plugin']],
    [{ ...REQUEST, version: 'v9' }, 'invalid', ['version']],
    [{ ...REQUEST, config: { custom: { mps_enable: 'yes' } } }, 'invalid', ['config.custom.mps_enable']],
    [
      { ...REQUEST, labels: { 'cpaas.io/module-type': 'x', team: 'a b' } },
      'invalid',
      ['labels.cpaas.io/module-type', 'labels.team'],
    ],
    [{ ...REQUEST, plugin: 'app' }, 'refused', []],
  ])('%j is %s', async (request, code, paths) => {
    const live = await scene()
    const error = await installPlugin(live.ctx, request).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code })
    expect((error as { errors: { path: string }[] }).errors.map(({ path }) => path)).toEqual(paths)
    expect(live.writes).toEqual([])
  })
  test('dry creates nothing', async () => {
    const live = await scene()
    expect(await installPlugin(live.ctx, { ...REQUEST, dryRun: true })).toMatchObject({ dryRun: true })
    expect([live.writes, live.infos.size]).toEqual([['POST dry'], 0])
  })
})

describe('changing', () => {
  const change = (live: LivePlatform, input: Partial<ChangeInput>) =>
    changeInstallation(live.ctx, { cluster: 'business', plugin: 'gpu', resourceVersion: '7', ...input })
  test('a version leaves the configuration as it is, a configuration the version', async () => {
    const live = await scene([gpuInfo()])
    await change(live, { version: 'v1.1.0' })
    expect(onlyInfo(live, 'gpu', 'business').spec).toEqual({ ...gpuInfo().spec, version: 'v1.1.0' })
    const other = await scene([gpuInfo()])
    const config = { custom: { mps_enable: false, pgpu_enable: false }, kept: null }
    await change(other, { config })
    expect(onlyInfo(other, 'gpu', 'business').spec).toEqual({ version: 'v1.0.0', config })
  })
  test('a version and its configuration are one write', async () => {
    const live = await scene([gpuInfo()])
    const config = { custom: { mps_enable: true, pgpu_enable: true, mode: 'shared' }, kept: null }
    await change(live, { version: 'v2.1.0', config })
    expect(onlyInfo(live, 'gpu', 'business').spec).toEqual({ version: 'v2.1.0', config })
    expect(live.writes).toEqual(['PUT'])
  })
  test.each([
    [{ custom: { mps_enable: true } }, 'required'],
    [{ custom: { mps_enable: true, mode: 'other' } }, 'enum'],
    [undefined, 'required'],
  ])('the new version’s form checks %j', async (config, code) => {
    const live = await scene([gpuInfo()])
    await expect(
      change(live, { version: 'v2.1.0', ...(config !== undefined && { config }) }),
    ).rejects.toMatchObject({ code: 'invalid', errors: [{ path: 'config.custom.mode', code }] })
    expect(live.writes).toEqual([])
  })
  test('with the version alone, what was missing before may go on missing', async () => {
    const info = { ...gpuInfo(), spec: { ...gpuInfo().spec, version: 'v2.1.0' } }
    const missing = { ...info, status: { phase: 'Running', version: 'v2.1.0' } }
    const live = await scene([missing])
    await expect(change(live, { version: 'v2.2.0' })).rejects.toMatchObject({
      errors: [{ path: 'config.zone', code: 'required' }],
    })
    const config = { ...info.spec.config, zone: 'a' }
    await expect(change(live, { version: 'v2.2.0', config })).rejects.toMatchObject({
      errors: [{ path: 'config.custom.mode', code: 'required' }],
    })
    const other = await scene([{ ...missing, spec: { version: 'v2.1.0', config } }])
    await change(other, { version: 'v2.2.0' })
    expect(onlyInfo(other, 'gpu', 'business').spec).toEqual({ version: 'v2.2.0', config })
  })
  test('back to what runs needs no answers', async () => {
    const failed = { ...gpuInfo(), spec: { ...gpuInfo().spec, version: 'v2.1.0' } }
    const running = { ...failed, status: { ...failed.status, version: 'v2.0.0', phase: 'Failed' } }
    const live = await scene([running])
    await change(live, { version: 'v2.0.0' })
    expect(onlyInfo(live, 'gpu', 'business').spec.version).toBe('v2.0.0')
  })
  test('against a stale resourceVersion is a conflict', async () => {
    const live = await scene([gpuInfo()])
    await expect(change(live, { version: 'v1.1.0', resourceVersion: '6' })).rejects.toMatchObject({
      code: 'conflict',
    })
    expect(live.writes).toEqual([])
  })
  test('nothing writes nothing', async () => {
    const live = await scene([gpuInfo()])
    expect(await change(live, { version: 'v1.0.0', config: gpuInfo().spec.config })).toMatchObject({
      changed: false,
    })
    expect(live.writes).toEqual([])
    await expect(change(live, {})).rejects.toMatchObject({ code: 'invalid' })
  })
  test('what isn’t there is not found; what may not be is refused', async () => {
    const live = await scene([gpuInfo()])
    await expect(change(live, { plugin: 'db', version: 'v1.0.0' })).rejects.toMatchObject({
      code: 'not-found',
    })
    await expect(change(live, { version: 'v9' })).rejects.toMatchObject({ code: 'invalid' })
    await expect(change(live, { config: { custom: { mps_enable: 1 } } })).rejects.toMatchObject({
      code: 'invalid',
      errors: [{ path: 'config.custom.mps_enable', code: 'type' }],
    })
  })
  test('a version that others can’t live with needs a word', async () => {
    const live = await scene([gpuInfo(), testInfo('business', 'app', 'v1.0.0')])
    await expect(change(live, { version: 'v2.0.0' })).rejects.toMatchObject({
      code: 'refused',
      reasons: [{ code: 'needed-by' }],
    })
    await change(live, { version: 'v2.0.0', ignoreDependents: true })
    expect(onlyInfo(live, 'gpu', 'business').spec.version).toBe('v2.0.0')
  })
})

describe('uninstalling', () => {
  const here = { cluster: 'business', plugin: 'gpu' }
  test('removes exactly what was checked, after a dry run, with a last word on the object', async () => {
    const live = await scene([gpuInfo()])
    expect(await uninstallPlugin(live.ctx, { ...here, resourceVersion: '7' })).toEqual({
      ...here,
      operationId: 'operation-1',
    })
    expect(live.writes).toEqual(['PUT', 'DELETE dry', 'DELETE'])
    expect(live.infos.size).toBe(0)
  })
  test('takes along what else asks for the same there', async () => {
    const second = { ...gpuInfo(), metadata: { ...gpuInfo().metadata, name: 'second' } }
    const live = await scene([gpuInfo(), second])
    await uninstallPlugin(live.ctx, here)
    expect(live.infos.size).toBe(0)
  })
  test('is refused while others need it, unless told to go on', async () => {
    const live = await scene([gpuInfo(), testInfo('business', 'app', 'v1.0.0')])
    await expect(uninstallPlugin(live.ctx, here)).rejects.toMatchObject({
      code: 'refused',
      reasons: [{ code: 'needed-by' }],
    })
    expect(live.infos.size).toBe(2)
    await uninstallPlugin(live.ctx, { ...here, ignoreDependents: true })
    expect(live.infos.size).toBe(1)
  })
  test('is blocked by resources on the target cluster, or by not seeing them', async () => {
    const live = await scene([testInfo('business', 'db', 'v1.0.0')])
    const db = { cluster: 'business', plugin: 'db' }
    live.answers.set('/apis/example.io/v1', {
      kind: 'APIResourceList',
      resources: [
        { name: 'databases/status', kind: 'Database', namespaced: true },
        { name: 'databases', kind: 'Database', namespaced: true },
      ],
    })
    live.answers.set('/apis/example.io/v1/databases', {
      kind: 'DatabaseList',
      metadata: {},
      items: [{ metadata: { name: 'orders', namespace: 'shop' } }],
    })
    expect(await uninstallPlugin(live.ctx, { ...db, dryRun: true })).toEqual({
      blockedBy: [
        {
          code: 'resource-blocks-remove',
          params: { cluster: 'business', kind: 'Database', namespace: 'shop', name: 'orders' },
        },
      ],
      neededBy: [],
      risk: { en: 'Data is lost' },
      resourceVersion: '7',
    })
    await expect(uninstallPlugin(live.ctx, db)).rejects.toMatchObject({ code: 'refused' })
    const reachesGlobal = (name: string) => (name === 'global' ? live.ctx.caller.client(name) : undefined)
    const ctx = { ...live.ctx, caller: { name: 'x', client: reachesGlobal } }
    await expect(uninstallPlugin(ctx, db)).rejects.toMatchObject({
      reasons: [{ code: 'cluster-unreachable' }],
    })
    live.answers.clear()
    await uninstallPlugin(live.ctx, db)
    expect(live.infos.size).toBe(0)
  })
  test('of what isn’t there is not found', async () => {
    const live = await scene([])
    await expect(uninstallPlugin(live.ctx, here)).rejects.toMatchObject({ code: 'not-found' })
  })
})
