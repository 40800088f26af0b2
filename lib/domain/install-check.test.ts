import { describe, expect, test } from 'vitest'
import { buildWorld } from './build-world.ts'
import { installActionReasons, installReasons } from './install-check.ts'
import { TEST_CLUSTERS, testConfig, testInfo, testPlugin } from './test-world.ts'
import { uninstallReasons } from './uninstall-check.ts'
import { misfitsOf } from './version-fit.ts'
import { publishedVersion } from './world.ts'

const GLOBAL_ONLY = { affinity: { clusterAffinity: { matchLabels: { 'is-global': 'true' } } } }
const world = buildWorld({
  modulePlugins: [testPlugin('web-cli'), testPlugin('absent'), testPlugin('app')],
  moduleConfigs: [
    testConfig('web-cli', 'v4.0.4', GLOBAL_ONLY),
    testConfig('web-cli', 'v4.0.3', { ...GLOBAL_ONLY, dependencies: [{ moduleName: 'absent' }] }),
    testConfig('app', 'v1.0.0', {
      dependencies: [{ moduleName: 'base' }],
      targetClusterVersions: ['v4.0', '>=4.2.0'],
    }),
    testConfig('app', 'v0.9.0', {}, false),
    testConfig('base', 'v1.0.0', {
      deleteable: false,
      deleteBlockDescriptionEn: 'Part of the platform',
      deleteBlockDescription: '平台组件',
    }),
  ],
  moduleInfos: [
    testInfo('edge', 'base', 'v1.0.0'),
    testInfo('edge', 'app', 'v1.0.0'),
    testInfo('business', 'base', 'v1.0.0', { version: '', phase: 'Failed' }),
  ],
  clusters: TEST_CLUSTERS,
})

describe('installing', () => {
  const codes = (cluster: string, plugin: string, version: string): string[] =>
    installReasons(world, { cluster, plugin, version }).map(({ code }) => code)
  test.each([
    ['global', 'web-cli', 'v4.0.4', []],
    ['business', 'web-cli', 'v4.0.4', ['cluster-label-missing']],
    ['global', 'web-cli', 'v4.0.3', ['dependency-missing']],
    ['global', 'web-cli', '4.0.4', ['version-unknown']],
    ['moon', 'web-cli', 'v4.0.4', ['cluster-unknown']],
    ['global', 'nothing', 'v4.0.4', ['plugin-unknown']],
    ['global', 'absent', 'v1.0.0', ['no-version-published']],
    ['edge', 'app', 'v1.0.0', ['already-installed']],
    ['global', 'app', 'v0.9.0', ['version-not-ready']],
  ])('on %s %s %s: %j', (cluster, plugin, version, expected) => {
    expect(codes(cluster, plugin, version)).toEqual(expected)
  })
  test('is offered when any version can go, else says what is nearest', () => {
    const offered = (cluster: number, plugin: string): string[] => {
      const [facts, place] = [world.plugins.get(plugin), TEST_CLUSTERS[cluster]]
      return facts && place
        ? installActionReasons(world, facts, place).map(({ code }) => code)
        : ['no such test']
    }
    expect(offered(0, 'web-cli')).toEqual([])
    expect(offered(1, 'web-cli')).toEqual(['cluster-label-missing'])
    expect(offered(0, 'absent')).toEqual(['no-version-published'])
    expect(offered(2, 'app')).toEqual(['already-installed'])
  })
  test('looks at the platform’s version only where it is known', () => {
    const app = publishedVersion(world.plugins.get('app'), 'v1.0.0')
    const reasons = (platformVersion?: string): string[] =>
      app
        ? misfitsOf(world, 'app', app, { name: 'x', labels: {}, platformVersion }).map(({ code }) => code)
        : ['no']
    expect([undefined, 'v4.0.7', 'v4.2.1', 'v4.1.0'].map(reasons)).toEqual([
      [],
      [],
      [],
      ['platform-version-mismatch'],
    ])
  })
})

describe('uninstalling', () => {
  test('is told who needs it and what the plugin forbids', () => {
    expect(uninstallReasons(world, { cluster: 'edge', plugin: 'base' })).toEqual({
      blockedBy: [
        { code: 'not-deletable', params: { message: 'Part of the platform', messageZh: '平台组件' } },
      ],
      neededBy: [{ code: 'needed-by', params: { plugin: 'app', cluster: 'edge', ranges: '' } }],
    })
    expect(uninstallReasons(world, { cluster: 'edge', plugin: 'app' })).toEqual({
      blockedBy: [],
      neededBy: [],
    })
    expect(uninstallReasons(world, { cluster: 'global', plugin: 'app' }).blockedBy).toMatchObject([
      { code: 'not-installed' },
    ])
  })
  test('of what never got anywhere is always possible', () => {
    expect(uninstallReasons(world, { cluster: 'business', plugin: 'base' }).blockedBy).toEqual([])
  })
})
