import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ModuleConfig } from '#lib/kinds/module-config.ts'
import type { ModuleInfo } from '#lib/kinds/module-info.ts'
import { affinityReasons } from './affinity.ts'
import { buildWorld } from './build-world.ts'
import { installActionReasons } from './install-check.ts'
import { soundObject } from './sound-object.ts'
import { TEST_CLUSTERS, testConfig, testInfo, testPlugin } from './test-world.ts'
import { uninstallReasons } from './uninstall-check.ts'
import { upgradesOf } from './upgrade.ts'
import { installationOf } from './world.ts'

test('a sound object comes back as it is', () => {
  const config = testConfig('a', 'v1', { config: { deep: [null, { x: 1 }] }, dependencies: [] })
  expect(soundObject('ModuleConfig', config)).toEqual({ object: config, problems: [] })
  expect(soundObject('ModuleConfig', config).object).toBe(config)
  const info = testInfo('global', 'a', 'v1', { appReleases: [] })
  expect(soundObject('ModuleInfo', info).object).toBe(info)
})

test('what breaks its type is left out and told, unknown fields stay', () => {
  const config = testConfig('a', 'v1')
  const broken = {
    ...config,
    spec: {
      ...config.spec,
      logo: 7,
      deleteable: 'yes',
      dependencies: [{ moduleName: 'b', versionsMatch: 'x' }, 5],
      extra: { kept: true },
    },
  } as unknown as ModuleConfig
  const { object, problems } = soundObject('ModuleConfig', broken)
  expect(object.spec).toMatchObject({
    logo: '',
    deleteable: true,
    dependencies: [{ moduleName: 'b' }],
    extra: { kept: true },
  })
  expect(object.spec.dependencies).toEqual([{ moduleName: 'b' }])
  expect(problems).toEqual([
    {
      code: 'malformed-object',
      params: {
        kind: 'ModuleConfig',
        name: 'a-v1',
        message:
          'spec.logo is not text; spec.deleteable is not true or false; spec.dependencies[0].versionsMatch is not a list; spec.dependencies[1] is not an object',
      },
    },
  ])
})

test('a missing spec is filled with the least, nulls count as absent', () => {
  const bare = {
    apiVersion: 'x',
    kind: 'ModuleInfo',
    metadata: { name: 'n', labels: null },
  } as unknown as ModuleInfo
  const { object, problems } = soundObject('ModuleInfo', bare)
  expect(object.spec).toEqual({ version: '' })
  expect(problems).toMatchObject([{ params: { message: 'spec is not there' } }])
  const nulls = {
    ...testInfo('global', 'a', 'v1'),
    status: { phase: 'Running', version: 'v1', conditions: null },
  } as unknown as ModuleInfo
  expect(soundObject('ModuleInfo', nulls)).toMatchObject({
    problems: [],
    object: { status: { phase: 'Running' } },
  })
})

test('an affinity that can’t be read fits nothing, rather than everything', () => {
  for (const affinity of [
    'everywhere',
    { clusterAffinity: { matchLabels: { a: 1 } } },
    { pluginAntiAffinity: [{}] },
  ]) {
    const config = testConfig('a', 'v1', { affinity } as object)
    const { object } = soundObject('ModuleConfig', config)
    const reasons = affinityReasons(object.spec.affinity, { name: 'x', labels: {} }, [], 'a')
    expect(reasons.map(({ code }) => code)).toEqual(['selector-invalid'])
  }
})

const junk = fc.jsonValue({ maxDepth: 3 })
/** A good object with a few fields of spec and status replaced by anything. */
function spoiled<T extends { spec: object; status?: object }>(
  good: T,
  fields: readonly string[],
): fc.Arbitrary<T> {
  const part = fc.dictionary(fc.constantFrom(...fields), junk, { maxKeys: 4 })
  return fc.tuple(part, part).map(([spec, status]) => ({
    ...good,
    spec: { ...good.spec, ...spec },
    status: { ...good.status, ...status },
  }))
}
const FIELDS = [
  'version',
  'affinity',
  'dependencies',
  'appReleases',
  'conditions',
  'config',
  'description',
  'phase',
  'availableVersions',
]

test('whatever an object holds, the rules can be applied to it', () => {
  fc.assert(
    fc.property(
      spoiled(testConfig('a', 'v2'), [
        ...FIELDS,
        'upgradeBefore',
        'supportedUpgradeVersions',
        'readyForDeploy',
      ]),
      spoiled(testInfo('business', 'a', 'v1'), [...FIELDS, 'blockReasons', 'removeIsPrevented', 'specHash']),
      (config, info) => {
        const world = buildWorld({
          modulePlugins: [testPlugin('a')],
          moduleConfigs: [soundObject('ModuleConfig', config).object],
          moduleInfos: [soundObject('ModuleInfo', info).object],
          clusters: TEST_CLUSTERS,
        })
        const installation = installationOf(world, 'a', 'business')
        if (installation !== undefined) upgradesOf(world, installation)
        uninstallReasons(world, { cluster: 'business', plugin: 'a' })
        const [plugin, cluster] = [world.plugins.get('a'), TEST_CLUSTERS[0]]
        if (plugin !== undefined && cluster !== undefined) installActionReasons(world, plugin, cluster)
      },
    ),
    { numRuns: 500 },
  )
})
