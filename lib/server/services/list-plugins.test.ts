import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { PluginPage } from '#lib/contract/plugin.ts'
import type { PluginQuery } from '#lib/contract/requests.ts'
import { PLUGIN_SORTS } from '#lib/contract/requests.ts'
import { PLUGIN_STATUSES } from '#lib/domain/plugin-status.ts'
import { testConfig, testInfo, testPlugin } from '#lib/domain/test-world.ts'
import type { ModuleConfig } from '#lib/kinds/module-config.ts'
import { listPlugins } from './list-plugins.ts'
import { readerContext, staticPlatform, testCluster } from './testing/static-platform.ts'

const GLOBAL_ONLY = { affinity: { clusterAffinity: { matchLabels: { 'is-global': 'true' } } } }
const named = (plugin: string, displayName: string) => {
  const object = testPlugin(plugin, { description: { en: `About ${plugin}`, zh: '说明' } })
  return {
    ...object,
    metadata: { ...object.metadata, annotations: { 'cpaas.io/display-name': displayName } },
  }
}
const broken = {
  ...testConfig('broken', 'v1.0.0'),
  spec: { name: 'broken', version: 'v1.0.0', affinity: 'everywhere', logo: null },
} as unknown as ModuleConfig

const { platform } = staticPlatform({
  clusters: [testCluster('global', { 'is-global': 'true' }), testCluster('business')],
  modulePlugins: [
    named('web-cli', '{"en":"Web Terminal","zh":"网页终端"}'),
    testPlugin('gpu', {}, { 'cpaas.io/lifecycle-type': 'aligned' }),
    testPlugin('absent', {}, { 'cpaas.io/lifecycle-type': 'core' }),
    named('hostile', '{"en":"<script>alert(1)</script>'),
    testPlugin('broken'),
  ],
  moduleConfigs: [
    testConfig('web-cli', 'v4.0.3', GLOBAL_ONLY),
    testConfig('web-cli', 'v4.0.4', GLOBAL_ONLY),
    testConfig('gpu', 'v1.0.0'),
    testConfig('gpu', 'v1.1.0'),
    testConfig('hostile', 'v1.0.0', {}, false),
    broken,
  ],
  moduleInfos: [
    testInfo('global', 'web-cli', 'v4.0.3'),
    testInfo('business', 'gpu', 'v1.0.0', { phase: 'Failed' }),
    testInfo('business', 'orphan', 'v1.0.0'),
  ],
})
const list = (query: PluginQuery = {}): Promise<PluginPage> => listPlugins(readerContext(platform), query)
const names = ({ items }: PluginPage): string[] => items.map(({ name }) => name)

describe('the list of plugins', () => {
  test('has a row for whatever is known, each with its state on the cluster', async () => {
    const page = await list({ cluster: 'business' })
    expect(page.items.map(({ name, onCluster }) => [name, onCluster?.status])).toEqual([
      ['hostile', 'Preparing'],
      ['absent', 'Absent'],
      ['broken', 'Incompatible'],
      ['gpu', 'Failed'],
      ['orphan', 'Running'],
      ['web-cli', 'Incompatible'],
    ])
    expect(page).toMatchObject({ total: 6, totalUnfiltered: 6, page: 1, cluster: 'business' })
  })
  test('counts over all clusters when none is asked for', async () => {
    const gpu = (await list()).items.find(({ name }) => name === 'gpu')
    expect(gpu).toMatchObject({ onCluster: null, statusCounts: { Failed: 1, Ready: 1 }, upgradableCount: 1 })
  })
  test('shows broken objects as rows that say what is wrong', async () => {
    const { items } = await list({ cluster: 'global' })
    const problems = (name: string) =>
      items.find((item) => item.name === name)?.problems.map(({ code }) => code)
    expect(problems('broken')).toEqual(['malformed-object'])
    expect(problems('orphan')).toEqual(['plugin-unknown'])
    expect(problems('gpu')).toEqual([])
    expect(items.find(({ name }) => name === 'hostile')?.displayName).toEqual({
      en: '{"en":"<script>alert(1)</script>',
    })
  })
  test('searches names and texts of both languages, every word', async () => {
    expect(names(await list({ q: 'terminal WEB' }))).toEqual(['web-cli'])
    expect(names(await list({ q: '终端' }))).toEqual(['web-cli'])
    expect(names(await list({ q: 'about' }))).toEqual(['hostile', 'web-cli'])
    expect(names(await list({ q: 'nothing like it' }))).toEqual([])
  })
  test('filters by status, life cycle and upgrade, and counts what each filter would leave', async () => {
    const page = await list({ cluster: 'business', status: ['Failed', 'Absent'] })
    expect(names(page)).toEqual(['absent', 'gpu'])
    expect(page.facets).toEqual({
      status: { Preparing: 1, Absent: 1, Failed: 1, Running: 1, Incompatible: 2 },
      lifecycle: { core: 1, aligned: 1 },
      upgradable: 1,
    })
    expect(names(await list({ cluster: 'global', status: ['Upgradable'] }))).toEqual(['web-cli'])
    expect(names(await list({ lifecycle: ['aligned', 'core'] }))).toEqual(['absent', 'gpu'])
    expect(names(await list({ status: ['Incompatible'] }))).toEqual(['broken', 'web-cli'])
  })
  test('sorts both ways, by what the column shows', async () => {
    expect(names(await list({ sort: '-name' }))[0]).toBe('web-cli')
    expect(names(await list({ cluster: 'business', sort: 'status' }))[0]).toBe('gpu')
    expect(names(await list({ sort: '-version' }))[0]).toBe('web-cli')
    expect(names(await list({ sort: 'lifecycle' }))[0]).toBe('absent')
  })
  test('refuses a cluster that isn’t there, and to answer before anything is known', async () => {
    await expect(list({ cluster: 'moon' })).rejects.toMatchObject({
      code: 'not-found',
      reasons: [{ code: 'cluster-unknown', params: { cluster: 'moon' } }],
    })
    const early = staticPlatform({})
    early.caches.moduleInfos.freshness = { state: 'loading', knownAt: null, message: null }
    await expect(listPlugins(readerContext(early.platform), {})).rejects.toMatchObject({
      code: 'unavailable',
    })
  })
  test('pages cut the same rows into pieces, whatever the query', async () => {
    const query = fc.record(
      {
        cluster: fc.constantFrom('global', 'business'),
        status: fc.subarray([...PLUGIN_STATUSES, 'Upgradable'] as const),
        sort: fc.constantFrom(...PLUGIN_SORTS),
        q: fc.constantFrom('', 'o', 'web'),
      },
      { requiredKeys: [] },
    )
    await fc.assert(
      fc.asyncProperty(query, fc.integer({ min: 1, max: 4 }), async (asked, pageSize) => {
        const whole = await list({ ...asked, pageSize: 200 })
        const pages: string[] = []
        for (let page = 1; page <= Math.ceil(whole.total / pageSize); page += 1)
          pages.push(...names(await list({ ...asked, page, pageSize })))
        expect(pages).toEqual(names(whole))
        const behind = await list({ ...asked, page: 1000, pageSize })
        expect(behind.page).toBe(Math.max(1, Math.ceil(whole.total / pageSize)))
      }),
    )
  })
})
