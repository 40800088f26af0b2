import { afterEach, expect, test } from 'vitest'
import { testConfig, testInfo, testPlugin } from '#lib/domain/test-world.ts'
import type { JsonObject } from '#lib/kinds/object.ts'
import { changeInstallation } from './change-installation.ts'
import { installPlugin } from './install-plugin.ts'
import { livePlatform, onlyInfo } from './testing/live-platform.ts'
import type { LivePlatform } from './testing/live-platform.ts'
import { staticPlatform, testCluster } from './testing/static-platform.ts'

const choose = (store: string | null): JsonObject => ({ crossClusterDependency: { store } })
const LABEL = 'store.plugins.cpaas.io/cluster'
const PLACE = { cluster: 'edge', plugin: 'sender' }

let open: LivePlatform | undefined
afterEach(async () => {
  await open?.close()
  open = undefined
})

/** `store` runs on business; `sender` is on edge if a choice is given. */
async function scene(chosen?: string | null): Promise<LivePlatform> {
  const sender = testInfo('edge', 'sender', 'v1.0.0', {}, { config: choose(chosen ?? null) })
  if (typeof chosen === 'string') sender.metadata.labels = { ...sender.metadata.labels, [LABEL]: chosen }
  open = await livePlatform(
    staticPlatform({
      clusters: ['global', 'business', 'edge'].map((name) => testCluster(name)),
      modulePlugins: [testPlugin('sender'), testPlugin('store')],
      moduleConfigs: ['v1.0.0', 'v1.1.0'].map((version) =>
        testConfig('sender', version, { config: choose(null), crossClusterDependencies: ['store'] }),
      ),
      moduleInfos: [
        testInfo('business', 'store', 'v1.0.0'),
        testInfo('global', 'store', 'v1.0.0'),
        ...(chosen === undefined ? [] : [sender]),
      ],
    }),
  )
  return open
}

const labelOf = (live: LivePlatform) => onlyInfo(live, 'sender', 'edge').metadata.labels?.[LABEL]

test('installing writes the choice as a label, too', async () => {
  const live = await scene()
  await installPlugin(live.ctx, { ...PLACE, version: 'v1.0.0', config: choose('business') })
  expect(labelOf(live)).toBe('business')
})

test.each([
  ['edge', 'plugin-not-on-cluster'],
  ['moon', 'cluster-unknown'],
])('%s can’t be chosen: %s, at the field', async (cluster, code) => {
  const errors = [{ path: 'config.crossClusterDependency.store', code, reason: { code } }]
  const live = await scene()
  const install = installPlugin(live.ctx, { ...PLACE, version: 'v1.0.0', config: choose(cluster) })
  await expect(install).rejects.toMatchObject({ code: 'invalid', errors })
  const there = await scene('business')
  const change = changeInstallation(there.ctx, { ...PLACE, resourceVersion: '7', config: choose(cluster) })
  await expect(change).rejects.toMatchObject({ code: 'invalid', errors })
  expect([live.writes, there.writes]).toEqual([[], []])
})

test('another choice changes the label, none takes it away, an upgrade keeps it', async () => {
  const change = async (live: LivePlatform, more: { config?: JsonObject; version?: string }) =>
    changeInstallation(live.ctx, { ...PLACE, resourceVersion: '7', ...more })
  const other = await scene('business')
  await change(other, { config: choose('global') })
  expect(labelOf(other)).toBe('global')
  await other.close()
  const none = await scene('business')
  await change(none, { config: choose(null) })
  expect(labelOf(none)).toBeUndefined()
  await none.close()
  const upgraded = await scene('business')
  await change(upgraded, { version: 'v1.1.0' })
  expect(labelOf(upgraded)).toBe('business')
})

test('a choice that no longer holds hinders no other change', async () => {
  const live = await scene('moon')
  const config = { ...choose('moon'), other: true }
  await changeInstallation(live.ctx, { ...PLACE, resourceVersion: '7', config })
  expect(onlyInfo(live, 'sender', 'edge').spec.config).toEqual(config)
})
