import { describe, expect, test } from 'vitest'
import type { ModuleInfo } from '#lib/kinds/module-info.ts'
import type { PluginSpec } from '#lib/kinds/plugin-spec.ts'
import { buildWorld } from './build-world.ts'
import { crossClusterReasons, dependencyReasons } from './dependencies.ts'
import { dependentsOn, pluginsThatNeed } from './dependents.ts'
import {
  choiceProblems,
  crossClusterChoices,
  crossClusterLabels,
  crossClusterPlugin,
  withCrossClusterLabels,
} from './cross-cluster-choice.ts'
import { TEST_CLUSTERS, testConfig, testInfo } from './test-world.ts'
import type { World } from './world.ts'

function worldOf(moduleInfos: ModuleInfo[], appSpec: Partial<PluginSpec> = {}): World {
  return buildWorld({
    modulePlugins: [],
    moduleConfigs: [
      testConfig('base', 'v1.0.0'),
      testConfig('base', 'v2.0.0'),
      testConfig('app', 'v1.0.0', appSpec),
    ],
    moduleInfos,
    clusters: TEST_CLUSTERS,
  })
}

function codes(world: World, versionsMatch?: string[]): string[] {
  const dependencies = [{ moduleName: 'base', versionsMatch }, { moduleName: 'app' }]
  return dependencyReasons(world, dependencies, 'app', 'business').map(({ code }) => code)
}

describe('dependencies', () => {
  const running = worldOf([testInfo('business', 'base', 'v1.0.0')])
  test('must be installed on that very cluster', () => {
    expect(codes(worldOf([testInfo('global', 'base', 'v1.0.0')]))).toEqual(['dependency-missing'])
    expect(codes(running)).toEqual([])
  })
  test('in a version matching any of the ranges', () => {
    expect(codes(running, ['>=2.0.0', '1.x'])).toEqual([])
    expect(codes(running, [])).toEqual([])
    expect(codes(running, ['>=2.0.0'])).toEqual(['dependency-version'])
    expect(codes(running, ['whatever'])).toEqual(['dependency-version', 'range-invalid'])
    expect(
      dependencyReasons(running, [{ moduleName: 'base', versionsMatch: ['2.x', '3.x'] }], 'app', 'business'),
    ).toEqual([
      { code: 'dependency-version', params: { plugin: 'base', ranges: '2.x || 3.x', installed: 'v1.0.0' } },
    ])
  })
  test('and Running', () => {
    expect(codes(worldOf([testInfo('business', 'base', 'v1.0.0', { phase: 'Failed' })]))).toEqual([
      'dependency-not-running',
    ])
    expect(codes(worldOf([testInfo('business', 'base', 'v1.0.0', { version: '' })]), ['9.x'])).toEqual([
      'dependency-not-running',
    ])
  })
  test('one of several across clusters is enough', () => {
    const spec = {
      pluginDependencies: {
        crossCluster: {
          oneOf: [
            { clusterName: 'global', pluginName: 'base' },
            { clusterName: '', pluginName: 'base' },
          ],
        },
      },
    } as PluginSpec
    const missing = crossClusterReasons(worldOf([testInfo('edge', 'base', 'v1.0.0')]), spec, 'business')
    expect(missing).toEqual([
      { code: 'cross-cluster-dependency-missing', params: { plugins: 'base (global), base ()' } },
    ])
    expect(crossClusterReasons(worldOf([testInfo('global', 'base', 'v1.0.0')]), spec, 'business')).toEqual([])
    expect(crossClusterReasons(running, spec, 'business')).toEqual([])
    expect(crossClusterReasons(running, {} as PluginSpec, 'business')).toEqual([])
  })
})

describe('dependents', () => {
  const needsBase = { dependencies: [{ moduleName: 'base', versionsMatch: ['1.x'] }] }
  const base = testInfo('business', 'base', 'v1.0.0')
  test('are the installations on the same cluster whose version depends on it', () => {
    const world = worldOf(
      [base, testInfo('business', 'app', 'v1.0.0'), testInfo('edge', 'app', 'v1.0.0')],
      needsBase,
    )
    const [dependent, ...more] = dependentsOn(world, 'base', 'business')
    expect(dependent).toMatchObject({ plugin: 'app', cluster: 'business', ranges: '1.x' })
    expect([dependent?.accepts('v1.9.0'), dependent?.accepts('v2.0.0')]).toEqual([true, false])
    expect(more).toEqual([])
    expect(dependentsOn(world, 'app', 'business')).toEqual([])
    expect(pluginsThatNeed(world, 'base')).toEqual(['app'])
  })
  test('one that is leaving needs nothing', () => {
    const app = testInfo('business', 'app', 'v1.0.0')
    const leaving = { ...app, metadata: { ...app.metadata, deletionTimestamp: '2024-01-01T00:00:00Z' } }
    expect(dependentsOn(worldOf([base, leaving], needsBase), 'base', 'business')).toEqual([])
  })
  test('elsewhere too: by choice in the configuration, by label, or as the only one left', () => {
    const names = (world: World): string[] =>
      dependentsOn(world, 'base', 'business').map(({ cluster }) => cluster)
    const chosen = testInfo(
      'edge',
      'app',
      'v1.0.0',
      {},
      { config: { crossClusterDependency: { base: 'business' } } },
    )
    expect(names(worldOf([base, chosen], { crossClusterDependencies: ['base'] }))).toEqual(['edge'])
    const app = testInfo('edge', 'app', 'v1.0.0')
    const labels = { ...app.metadata.labels, 'base.plugins.cpaas.io/cluster': 'business' }
    const labelled = { ...app, metadata: { ...app.metadata, labels } }
    expect(names(worldOf([base, labelled], { crossClusterDependencies: ['base'] }))).toEqual(['edge'])
    const oneOf = [
      { clusterName: 'business', pluginName: 'base' },
      { clusterName: 'global', pluginName: 'base' },
    ]
    const spec = { pluginDependencies: { crossCluster: { oneOf } } }
    expect(names(worldOf([base, app], spec))).toEqual(['edge'])
    expect(names(worldOf([base, testInfo('global', 'base', 'v1.0.0'), app], spec))).toEqual([])
  })
})

test('choices become labels; nulls and what is no name do not', () => {
  const config = { crossClusterDependency: { logcenter: 'business', other: null, 'bad name': 'x', n: 1 } }
  expect([...crossClusterChoices(config)]).toEqual([['logcenter', 'business']])
  expect(crossClusterLabels(config)).toEqual({ 'logcenter.plugins.cpaas.io/cluster': 'business' })
  expect(crossClusterLabels({ crossClusterDependency: ['x'] })).toEqual({})
  expect(crossClusterPlugin('logcenter.plugins.cpaas.io/cluster')).toBe('logcenter')
  expect(crossClusterPlugin('.plugins.cpaas.io/cluster')).toBeUndefined()
  expect(crossClusterPlugin('cpaas.io/cluster-name')).toBeUndefined()
})

test('labels follow the configuration, and what it does not speak of stays', () => {
  const label = (plugin: string) => `${plugin}.plugins.cpaas.io/cluster`
  const labels = { team: 'a', [label('store')]: 'edge', [label('logs')]: 'edge', [label('own')]: 'edge' }
  const config = { crossClusterDependency: { store: 'business', logs: null } }
  const expected = { team: 'a', [label('store')]: 'business', [label('own')]: 'edge' }
  expect(withCrossClusterLabels(labels, config)).toEqual(expected)
  expect(withCrossClusterLabels(expected, config)).toEqual(expected)
  expect(withCrossClusterLabels(labels, {})).toEqual(labels)
  expect(withCrossClusterLabels(undefined, undefined)).toEqual({})
  // A choice that the new configuration no longer mentions.
  expect(withCrossClusterLabels({ [label('store')]: 'business' }, {}, config)).toEqual({})
})

test('a cluster that is not there, or has not what it shall serve, is named; what stood before is nobody’s mistake', () => {
  const world = worldOf([testInfo('business', 'base', 'v1.0.0')])
  const config = { crossClusterDependency: { base: 'edge', app: 'moon', other: null, none: '', odd: 7 } }
  expect(choiceProblems(world, config)).toEqual([
    {
      plugin: 'base',
      reason: { code: 'plugin-not-on-cluster', params: { plugin: 'base', cluster: 'edge' } },
    },
    { plugin: 'app', reason: { code: 'cluster-unknown', params: { cluster: 'moon' } } },
  ])
  expect(choiceProblems(world, config, config)).toEqual([])
  expect(choiceProblems(world, { crossClusterDependency: { base: 'business' } })).toEqual([])
})
