import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CLUSTER } from '#lib/kinds/cluster.ts'
import { MODULE_INFO } from '#lib/kinds/module-info.ts'
import type { ModuleInfo } from '#lib/kinds/module-info.ts'
import type { Affinity } from '#lib/kinds/plugin-spec.ts'
import { eventually, conditionOf, requestObject, TestPlatform } from './test-platform.ts'

let platform: TestPlatform
beforeAll(async () => {
  platform = await TestPlatform.start()
  await platform.run()
})
afterAll(() => platform.stop())

/** The request of that name, once it is refused. */
async function refused(
  name: string,
  phase = 'Failed',
): Promise<{ info: ModuleInfo; reason: string; message: string }> {
  return eventually(async () => {
    const info = await platform.global.get(MODULE_INFO, name)
    expect(info.status?.phase).toBe(phase)
    const accepted = conditionOf(info, 'Accepted')
    expect(accepted?.status).toBe('False')
    return { info, reason: accepted?.reason ?? '', message: accepted?.message ?? '' }
  })
}

describe('what a request lacks is said on it', () => {
  beforeAll(() => platform.publish('plain', ['v1.0.0']))
  test.each([
    [
      'no-type',
      { labels: { 'cpaas.io/module-type': '' } },
      'v1.0.0',
      'ModuleTypeLabelMissing',
      'cpaas.io/module-type: plugin',
    ],
    [
      'other-type',
      { labels: { 'cpaas.io/module-type': 'x' } },
      'v1.0.0',
      'ModuleTypeLabelMissing',
      'cpaas.io/module-type',
    ],
    [
      'no-cluster',
      { labels: { 'cpaas.io/cluster-name': '' } },
      'v1.0.0',
      'ClusterUnknown',
      'cpaas.io/cluster-name is missing',
    ],
    [
      'no-plugin',
      { labels: { 'cpaas.io/module-name': '' } },
      'v1.0.0',
      'PluginUnknown',
      'cpaas.io/module-name is missing',
    ],
    [
      'lost-cluster',
      { labels: { 'cpaas.io/cluster-name': 'nowhere' } },
      'v1.0.0',
      'ClusterUnknown',
      'nowhere',
    ],
    ['lost-plugin', { labels: { 'cpaas.io/module-name': 'nothing' } }, 'v1.0.0', 'PluginUnknown', 'nothing'],
    ['lost-version', {}, 'v9.9.9', 'VersionUnknown', 'v9.9.9'],
  ])('%s', async (name, more, version, reason, text) => {
    await platform.request('global', 'plain', { version }, { name, ...more })
    const verdict = await refused(name)
    expect(verdict.reason).toBe(reason)
    expect(verdict.message).toContain(text)
    expect(verdict.info.status?.version).toBe('')
    await platform.global.delete(MODULE_INFO, name)
    await eventually(() => expect(platform.global.get(MODULE_INFO, name)).rejects.toThrow(/not found/))
  })

  test('a label that is put right later brings the request on its way', async () => {
    await platform.request(
      'edge',
      'plain',
      { version: 'v1.0.0' },
      { name: 'late', labels: { 'cpaas.io/module-type': '' } },
    )
    await refused('late')
    await platform.global.patch(MODULE_INFO, 'late', {
      type: 'merge',
      body: { metadata: { labels: { 'cpaas.io/module-type': 'plugin' } } },
    })
    await platform.running('edge', 'plain')
  })
})

describe('affinity', () => {
  const CASES: [string, Affinity, string, string][] = [
    [
      'match-labels',
      { clusterAffinity: { matchLabels: { 'is-global': 'true' } } },
      'ClusterLabelMissing',
      'is-global',
    ],
    [
      'mismatch',
      { clusterAffinity: { matchLabels: { 'cpaas.io/arch-arm64': 'false' } } },
      'ClusterLabelMismatch',
      'cpaas.io/arch-arm64',
    ],
    [
      'exists',
      { clusterAffinity: { matchExpressions: [{ key: 'gpu', operator: 'Exists' }] } },
      'ClusterLabelMissing',
      'gpu',
    ],
    [
      'absent',
      { clusterAffinity: { matchExpressions: [{ key: 'cpaas.io/os-linux', operator: 'DoesNotExist' }] } },
      'ClusterLabelForbidden',
      'cpaas.io/os-linux',
    ],
    [
      'in',
      { clusterAffinity: { matchExpressions: [{ key: 'zone', operator: 'In', values: ['a', 'b'] }] } },
      'ClusterLabelMissing',
      'zone',
    ],
    [
      'not-in',
      {
        clusterAffinity: {
          matchExpressions: [{ key: 'cpaas.io/arch-arm64', operator: 'NotIn', values: ['true'] }],
        },
      },
      'ClusterLabelForbidden',
      'cpaas.io/arch-arm64',
    ],
    [
      'gt',
      { clusterAffinity: { matchExpressions: [{ key: 'cores', operator: 'Gt', values: ['8'] }] } },
      'ClusterLabelMissing',
      'cores',
    ],
    [
      'unknown-operator',
      { clusterAffinity: { matchExpressions: [{ key: 'x', operator: 'Like', values: ['8'] }] } },
      'SelectorInvalid',
      'x',
    ],
    [
      'anti',
      { clusterAntiAffinity: { matchLabels: { 'cpaas.io/arch-arm64': 'true' } } },
      'ClusterLabelForbidden',
      'cpaas.io/arch-arm64',
    ],
  ]
  test.each(CASES)('%s', async (name, affinity, reason, label) => {
    await platform.publish(name, ['v1.0.0'], { affinity })
    await platform.request('edge', name, { version: 'v1.0.0' }, { name: `edge-${name}` })
    const verdict = await refused(`edge-${name}`)
    expect(verdict.reason).toBe(reason)
    expect(verdict.message).toContain(label)
    expect(verdict.message).toContain('edge')
    expect(await platform.release('edge', name)).toBeUndefined()
  })

  test('a plugin that must not be beside another one', async () => {
    await platform.publish('first', ['v1.0.0'])
    await platform.publish('second', ['v1.0.0'], { affinity: { pluginAntiAffinity: ['first', 'second'] } })
    await platform.request('business', 'first', { version: 'v1.0.0' })
    const first = await platform.running('business', 'first')
    await platform.request('business', 'second', { version: 'v1.0.0' }, { name: 'beside' })
    const verdict = await refused('beside')
    expect(verdict.reason).toBe('PluginConflict')
    expect(verdict.message).toContain('first')
    await platform.global.delete(MODULE_INFO, first.metadata.name)
    await platform.running('business', 'second')
  })

  test('a label that the cluster is given later heals', async () => {
    await platform.publish('heals', ['v1.0.0'], {
      affinity: { clusterAffinity: { matchLabels: { rack: 'r1' } } },
    })
    await platform.request('edge', 'heals', { version: 'v1.0.0' }, { name: 'heals-request' })
    await refused('heals-request')
    await platform.global.patch(CLUSTER, 'edge', {
      type: 'merge',
      body: { metadata: { labels: { rack: 'r1' } } },
    })
    await platform.running('edge', 'heals')
    await platform.global.patch(CLUSTER, 'edge', {
      type: 'merge',
      body: { metadata: { labels: { rack: null } } },
    })
    await platform.running('edge', 'heals')
  })
})

describe('dependencies', () => {
  test('a plugin waits for those that it needs, in the right version', async () => {
    await platform.publish('base', ['v1.0.0', 'v2.0.0'])
    await platform.publish('needy', ['v1.0.0'], {
      dependencies: [{ moduleName: 'base', versionsMatch: ['>=2.0.0'] }],
    })
    await platform.request('global', 'needy', { version: 'v1.0.0' }, { name: 'needy-request' })
    expect((await refused('needy-request')).reason).toBe('DependencyMissing')
    await platform.request('global', 'base', { version: 'v1.0.0' })
    await platform.running('global', 'base')
    const verdict = await eventually(async () => {
      const found = await refused('needy-request')
      expect(found.reason).toBe('DependencyVersion')
      return found
    })
    expect(verdict.message).toBe('plugin base is installed in v1.0.0, needed in a version matching >=2.0.0')
    await platform.change('global', 'base', { version: 'v2.0.0' })
    await platform.running('global', 'needy')
  })

  test('while what it needs is on its way, it is pending', async () => {
    await platform.publish('slow-base', ['v1.0.0'])
    await platform.publish('patient', ['v1.0.0'], { dependencies: [{ moduleName: 'slow-base' }] })
    await platform.instruct({ 'slow-base': 'hang' })
    await platform.request('global', 'slow-base', { version: 'v1.0.0' })
    await platform.until('global', 'slow-base', ({ status }) => expect(status?.phase).toBe('Installing'))
    await platform.request('global', 'patient', { version: 'v1.0.0' }, { name: 'patient-request' })
    expect((await refused('patient-request', 'Pending')).reason).toBe('DependencyNotRunning')
    await platform.instruct({ 'slow-base': null })
    await platform.running('global', 'patient')
  })

  test('one of several plugins elsewhere is enough', async () => {
    const oneOf = ['business', 'edge'].map((clusterName) => ({ clusterName, pluginName: 'store' }))
    await platform.publish('store', ['v1.0.0'])
    await platform.publish('sender', ['v1.0.0'], { pluginDependencies: { crossCluster: { oneOf } } })
    await platform.request('global', 'sender', { version: 'v1.0.0' }, { name: 'sender-request' })
    const verdict = await refused('sender-request')
    expect(verdict.reason).toBe('CrossClusterDependencyMissing')
    expect(verdict.message).toContain('store (edge)')
    await platform.request('edge', 'store', { version: 'v1.0.0' })
    await platform.running('global', 'sender')
  })

  test('the cluster that serves it stands on the object as a label', async () => {
    await platform.publish('served', ['v1.0.0'])
    await platform.request('global', 'served', {
      version: 'v1.0.0',
      config: { crossClusterDependency: { store: 'edge', other: null } },
    })
    const info = await platform.running('global', 'served')
    expect(info.metadata.labels).toMatchObject({ 'store.plugins.cpaas.io/cluster': 'edge' })
    expect(info.spec.config).toEqual({ crossClusterDependency: { store: 'edge', other: null } })
    const config = { crossClusterDependency: { store: null, other: 'business' } }
    const operations = [{ op: 'replace' as const, path: '/spec/config', value: config }]
    await platform.global.patch(MODULE_INFO, info.metadata.name, { type: 'json', operations })
    await platform.until('global', 'served', ({ metadata }) => {
      expect(metadata.labels).toMatchObject({ 'other.plugins.cpaas.io/cluster': 'business' })
      expect(metadata.labels).not.toHaveProperty(['store.plugins.cpaas.io/cluster'])
    })
  })
})

test('a broken template names chart, line and cause; nothing is delivered', async () => {
  await platform.publish('broken', ['v1.0.0'], {
    valuesTemplates: { 'ait/chart-broken': 'a: 1\nb: << upper 3 >>' },
  })
  await platform.request('global', 'broken', { version: 'v1.0.0' })
  const info = await platform.until('global', 'broken', ({ status }) => expect(status?.phase).toBe('Failed'))
  expect(conditionOf(info, 'Accepted')).toMatchObject({
    status: 'False',
    reason: 'TemplateFailed',
    message: 'ait/chart-broken: line 2: upper: argument 1 must be a text, not int',
  })
  expect(await platform.release('global', 'broken')).toBeUndefined()
})

describe('twice the same plugin on one cluster', () => {
  test('the same document applied again is absorbed, whatever its name', async () => {
    await platform.publish('twice', ['v1.0.0', 'v2.0.0'], { config: { on: true } })
    await platform.request('global', 'twice', { version: 'v1.0.0' })
    const first = await platform.running('global', 'twice')
    for (const config of [undefined, { on: true }]) {
      const spec = config === undefined ? { version: 'v1.0.0' } : { version: 'v1.0.0', config }
      await platform.request('global', 'twice', spec, { name: `again-${config === undefined}` })
      const same = await platform.running('global', 'twice')
      expect(same.metadata.uid).toBe(first.metadata.uid)
    }
  })

  test('a request for something else is refused, names the installation, and stays refused when that goes', async () => {
    const [first] = await platform.infos('global', 'twice')
    await platform.request('global', 'twice', { version: 'v2.0.0' }, { name: 'other' })
    const verdict = await refused('other')
    expect(verdict.reason).toBe('AlreadyInstalled')
    expect(verdict.message).toContain(first?.metadata.name)
    expect(
      (await platform.infos('global', 'twice')).find(({ metadata }) => metadata.uid === first?.metadata.uid)
        ?.status?.version,
    ).toBe('v1.0.0')
    await platform.global.delete(MODULE_INFO, first?.metadata.name ?? '')
    await platform.until('global', 'twice', ({ metadata }) => expect(metadata.name).toBe('other'))
    await new Promise((resolve) => setTimeout(resolve, 150))
    const [left, ...more] = await platform.infos('global', 'twice')
    expect([left?.metadata.name, left?.status?.phase, more]).toEqual(['other', 'Failed', []])
    await platform.change('global', 'twice', { config: { on: false } })
    await platform.running('global', 'twice', 'v2.0.0')
  })

  test('removing a refused request removes nothing else', async () => {
    const [standing] = await platform.infos('global', 'twice')
    await platform.request('global', 'twice', { version: 'v1.0.0' }, { name: 'wrong' })
    await refused('wrong')
    await platform.global.delete(MODULE_INFO, 'wrong')
    const left = await platform.running('global', 'twice', 'v2.0.0')
    expect(left.metadata.uid).toBe(standing?.metadata.uid)
    expect(await platform.release('global', 'twice')).toBeDefined()
  })

  test('many at once: one is installed, equal ones are absorbed, others refused', async () => {
    await platform.publish('crowd', ['v1.0.0'])
    const specs = Array.from({ length: 12 }, (_, index) => ({
      version: 'v1.0.0',
      config: { who: index % 2 },
    }))
    await Promise.all(
      specs.map((spec, index) => platform.request('business', 'crowd', spec, { name: `crowd-${index}` })),
    )
    await eventually(async () => {
      const infos = await platform.infos('business', 'crowd')
      const phases = infos.map(({ status }) => status?.phase)
      expect(phases.filter((phase) => phase === 'Running')).toHaveLength(1)
      expect(infos).toHaveLength(7)
      expect(phases.filter((phase) => phase === 'Failed')).toHaveLength(6)
    })
  })

  test('a copied document with the final name, finalizer and all, is installed as it stands', async () => {
    await platform.publish('copied', ['v1.0.0'])
    await platform.request('edge', 'copied', { version: 'v1.0.0' })
    const { metadata } = await platform.running('edge', 'copied')
    await platform.global.delete(MODULE_INFO, metadata.name)
    await platform.gone('edge', 'copied')
    const copy = requestObject('edge', 'copied', { version: 'v1.0.0' }, { name: metadata.name })
    copy.metadata.finalizers = ['moduleinfo']
    await platform.global.create(MODULE_INFO, copy)
    await platform.running('edge', 'copied')
    const stray = requestObject('edge', 'copied', { version: 'v1.0.0' }, { name: 'stray' })
    stray.metadata.finalizers = ['moduleinfo']
    await platform.global.create(MODULE_INFO, stray)
    await platform.running('edge', 'copied')
  })
})
