import { describe, expect, test } from 'vitest'
import type { AvailableVersion, ModuleInfo, ModuleInfoStatus } from '#lib/kinds/module-info.ts'
import type { PluginSpec } from '#lib/kinds/plugin-spec.ts'
import { buildWorld } from './build-world.ts'
import {
  breaksDependents,
  configChangeReasons,
  updateActionReasons,
  upgradeActionReasons,
  versionChangeReasons,
} from './change-check.ts'
import { TEST_CLUSTERS, testConfig, testInfo, testPlugin } from './test-world.ts'
import { bestUpgrade, upgradesOf } from './upgrade.ts'
import { installationOf } from './world.ts'
import type { World } from './world.ts'

const HERE = { cluster: 'business', plugin: 'a' }

interface Scene {
  specs?: Record<string, Partial<PluginSpec>>
  status?: Partial<ModuleInfoStatus>
  wanted?: string
  core?: boolean
  others?: ModuleInfo[]
  unready?: string[]
}

function worldOf({
  specs = {},
  status = {},
  wanted = 'v1.0.0',
  core = false,
  others = [],
  unready = [],
}: Scene): World {
  const versions = ['v0.9.0', 'v1.0.0', 'v1.1.0', 'v2.0.0']
  return buildWorld({
    modulePlugins: [testPlugin('a', {}, core ? { 'cpaas.io/lifecycle-type': 'core' } : {})],
    moduleConfigs: [
      ...versions.map((version) => testConfig('a', version, specs[version], !unready.includes(version))),
      testConfig('b', 'v1.0.0'),
      testConfig('b', 'v2.0.0'),
      testConfig('needy', 'v1.0.0', { dependencies: [{ moduleName: 'a', versionsMatch: ['1.x'] }] }),
    ],
    moduleInfos: [testInfo('business', 'a', wanted, { version: 'v1.0.0', ...status }), ...others],
    clusters: TEST_CLUSTERS,
  })
}

function upgrades(scene: Scene): Record<string, string[]> {
  const world = worldOf(scene)
  const installation = installationOf(world, 'a', 'business')
  const options = installation === undefined ? [] : upgradesOf(world, installation)
  return Object.fromEntries(
    options.map(({ version, blockedBy }) => [version, blockedBy.map(({ code }) => code)]),
  )
}

const told = (version: string, more: Partial<AvailableVersion> = {}): AvailableVersion => ({
  version,
  riskLevel: 'low',
  description: '',
  ...more,
})

describe('computed upgrades', () => {
  test('are the greater versions, newest first', () => {
    expect(Object.entries(upgrades({}))).toEqual([
      ['v2.0.0', []],
      ['v1.1.0', []],
    ])
    expect(upgrades({ status: { version: '' } })).toEqual({})
    expect(upgrades({ status: { version: 'v2.0.0' }, wanted: 'v2.0.0' })).toEqual({})
  })
  test('say what stands in their way', () => {
    const blocked = (spec: Partial<PluginSpec>, scene: Scene = {}): string[] | undefined =>
      upgrades({ ...scene, specs: { 'v2.0.0': spec } })['v2.0.0']
    expect(blocked({ supportedUpgradeVersions: '>=1.1.0' })).toEqual(['upgrade-path'])
    expect(blocked({ supportedUpgradeVersions: '>=1.0.0 <2.0.0' })).toEqual([])
    expect(blocked({ supportedUpgradeVersions: ' ' })).toEqual([])
    expect(blocked({ supportedUpgradeVersions: 'soon' })).toEqual(['range-invalid'])
    expect(blocked({ affinity: { clusterAffinity: { matchLabels: { 'is-global': 'true' } } } })).toEqual([
      'cluster-label-missing',
    ])
    expect(blocked({ dependencies: [{ moduleName: 'b' }] })).toEqual(['dependency-missing'])
    const first = { upgradeBefore: [{ moduleName: 'b' }] }
    expect(blocked(first)).toEqual([])
    expect(blocked(first, { others: [testInfo('business', 'b', 'v1.0.0')] })).toEqual(['upgrade-first'])
    expect(blocked(first, { others: [testInfo('business', 'b', 'v2.0.0')] })).toEqual([])
    expect(blocked(first, { others: [testInfo('edge', 'b', 'v1.0.0')] })).toEqual([])
    expect(blocked({}, { unready: ['v2.0.0'] })).toEqual(['version-not-ready'])
    expect(blocked({}, { core: true })).toEqual(['upgrade-core'])
    expect(blocked({}, { status: { blockReasons: ['frozen'] } })).toEqual(['upgrade-blocked'])
    expect(blocked({}, { wanted: 'v1.1.0' })).toEqual(['transition-running'])
    expect(blocked({}, { wanted: 'v1.1.0', status: { phase: 'Failed' } })).toEqual([])
  })
  test('the best is the newest that may be taken', () => {
    const world = worldOf({ specs: { 'v2.0.0': { supportedUpgradeVersions: '>=1.1.0' } } })
    const installation = installationOf(world, 'a', 'business')
    expect(installation && bestUpgrade(upgradesOf(world, installation))?.version).toBe('v1.1.0')
  })
})

describe('upgrades that the platform lists', () => {
  test('are the answer: greater ones only, unchecked against paths', () => {
    const specs = { 'v2.0.0': { supportedUpgradeVersions: '>=1.1.0' } }
    expect(upgrades({ specs, status: { availableVersions: [told('v2.0.0'), told('v1.0.0')] } })).toEqual({
      'v2.0.0': [],
    })
    expect(upgrades({ status: { availableVersions: [told('v1.0.0')] } })).toEqual({})
    expect(upgrades({ status: { availableVersions: [told('v3.0.0')] } })).toEqual({
      'v3.0.0': ['version-unknown'],
    })
  })
  test('carry their own dependencies and risk, in both languages', () => {
    const entry = told('v2.0.0', {
      riskLevel: 'high',
      description: '小心',
      descriptionEn: 'care',
      dependencies: [{ moduleName: 'b' }],
    })
    const world = worldOf({
      status: { availableVersions: [entry] },
      specs: { 'v2.0.0': { dependencies: [] } },
    })
    const installation = installationOf(world, 'a', 'business')
    expect(installation && upgradesOf(world, installation)).toMatchObject([
      {
        riskLevel: 'high',
        riskText: { en: 'care', zh: '小心' },
        blockedBy: [{ code: 'dependency-missing' }],
      },
    ])
  })
})

describe('changing an installation', () => {
  const change = (version: string, scene: Scene = {}): string[] =>
    versionChangeReasons(worldOf(scene), { ...HERE, version }).map(({ code }) => code)
  test('checks every name', () => {
    const world = worldOf({})
    const codes = (place: typeof HERE): string[] =>
      versionChangeReasons(world, { ...place, version: 'v2.0.0' }).map(({ code }) => code)
    expect(codes({ cluster: 'moon', plugin: 'a' })).toEqual(['cluster-unknown'])
    expect(codes({ cluster: 'business', plugin: 'zzz' })).toEqual(['plugin-unknown'])
    expect(codes({ cluster: 'edge', plugin: 'a' })).toEqual(['not-installed'])
    expect(change('v7.0.0')).toEqual(['version-unknown'])
  })
  test('goes up, never down, and back to what still runs', () => {
    expect(change('v2.0.0')).toEqual([])
    expect(change('v1.0.0')).toEqual([])
    expect(change('v0.9.0')).toEqual(['downgrade'])
    expect(change('v1.0.0', { wanted: 'v2.0.0', status: { phase: 'Failed' } })).toEqual([])
    expect(change('v2.0.0', { core: true })).toEqual(['upgrade-core'])
    expect(change('v2.0.0', { status: { availableVersions: [told('v1.1.0')] } })).toEqual(['upgrade-blocked'])
  })
  test('of one that never ran is like installing anew', () => {
    const never = { status: { version: '', phase: 'Failed' }, wanted: 'v7.0.0' }
    expect(change('v0.9.0', never)).toEqual([])
    expect(change('v8.0.0', never)).toEqual(['version-unknown'])
    expect(change('v2.0.0', { ...never, unready: ['v2.0.0'] })).toEqual(['version-not-ready'])
  })
  test('names dependents that can’t live with the version', () => {
    const world = worldOf({ others: [testInfo('business', 'needy', 'v1.0.0')] })
    expect(breaksDependents(world, { ...HERE, version: 'v1.1.0' })).toEqual([])
    expect(breaksDependents(world, { ...HERE, version: 'v2.0.0' })).toEqual([
      { code: 'needed-by', params: { plugin: 'needy', cluster: 'business', ranges: '1.x' } },
    ])
  })
  test('is offered only where it makes sense', () => {
    const codes = (reasons: readonly { code: string }[]): string[] => reasons.map(({ code }) => code)
    expect(codes(upgradeActionReasons(worldOf({}), HERE))).toEqual([])
    expect(
      codes(upgradeActionReasons(worldOf({ status: { version: 'v2.0.0' }, wanted: 'v2.0.0' }), HERE)),
    ).toEqual(['up-to-date'])
    // What never ran, in the newest version or not, is not up to date.
    const failed = worldOf({ status: { version: '' }, wanted: 'v2.0.0' })
    expect(codes(upgradeActionReasons(failed, HERE))).not.toContain('up-to-date')
    expect(codes(updateActionReasons(worldOf({}), HERE))).toEqual(['no-parameters'])
    expect(codes(updateActionReasons(worldOf({ specs: { 'v1.0.0': { config: { a: 1 } } } }), HERE))).toEqual(
      [],
    )
    expect(codes(configChangeReasons(worldOf({ wanted: 'v2.0.0' }), HERE))).toEqual(['transition-running'])
  })
})
