import type { PackageWarning } from '#lib/domain/package-warning.ts'
import { warningText } from './package-warning.ts'
import { describe, expect, test } from 'vitest'
import { completeModuleConfig, completePlugin, deriveModuleConfig } from './complete-plugin.ts'
import { loadYamlObjects } from './load-yaml.ts'
import { selectObjects } from './select-objects.ts'
import { pluginYaml } from './testing/pack-entries.ts'

function select(yaml: string) {
  return selectObjects(loadYamlObjects(yaml, 'x.yaml'))
}

function complete(spec: string, pluginConfig: string | null, metadata = '') {
  const warnings: PackageWarning[] = []
  const config = pluginConfig === null ? null : (loadYamlObjects(pluginConfig, 'y.yaml')[0] ?? {})
  const plugin = completePlugin(select(pluginYaml(spec, metadata)).modulePlugin, config, warnings)
  return { plugin, spec: plugin.spec, warnings: warnings.map(warningText) }
}

const CONFIG = `
config: {a: 1}
deployDescriptors: [{path: a}]
editDescriptors: []
supportedUpgradeVersions: ">=1.0.0"
mustUpgrade: false
valuesTemplates: {ait/x: "a: << .MiConfig.a >>"}
uiContext: {sizeSettings: {default: Small}}
upgradeDescriptors: null
something: else
`

describe('the main chart’s configuration', () => {
  test('completes a plugin that carries none of it', () => {
    const { spec, warnings } = complete('', CONFIG)
    expect(spec).toMatchObject({
      config: { a: 1 },
      deployDescriptors: [{ path: 'a', 'x-descriptors': [] }],
      editDescriptors: [],
      supportedUpgradeVersions: '>=1.0.0',
      mustUpgrade: false,
      valuesTemplates: { 'ait/x': 'a: << .MiConfig.a >>' },
      uiContext: { sizeSettings: { default: 'Small' } },
    })
    expect(spec).not.toHaveProperty('upgradeDescriptors')
    expect(spec).not.toHaveProperty('something')
    expect(warnings).toEqual([expect.stringContaining("'something'")])
  })

  test('leaves the form of a plugin alone that carries a part of it', () => {
    const { spec } = complete('  config: {b: 2}\n  mustUpgrade: true', CONFIG)
    expect(spec.config).toEqual({ b: 2 })
    expect(spec).not.toHaveProperty('deployDescriptors')
    expect(spec.mustUpgrade).toBe(true)
    expect(spec.supportedUpgradeVersions).toBe('>=1.0.0')
  })

  test('says nothing about identity', () => {
    const { spec, warnings } = complete('', 'name: other\nversion: v9.0.0\nlogo: x\n')
    expect(spec).toMatchObject({ name: 'demo', version: 'v1.0.0', logo: '' })
    expect(warnings).toHaveLength(3)
  })
})

test('the version may stand in the charts, and a missing name, logo or description is no error', () => {
  const bare = `apiVersion: cluster.alauda.io/v1alpha1
kind: ModulePlugin
metadata: {name: demo}
spec:
  mainChart: ait/demo
  appReleases:
  - name: demo
    chartVersions:
    - {name: ait/other, releaseName: o, version: v9.0.0}
    - {name: ait/demo, releaseName: d, version: v2.0.0+Build.7}
`
  const plugin = completePlugin(select(bare).modulePlugin, null, [])
  expect(plugin.spec).toMatchObject({
    version: 'v2.0.0+Build.7',
    name: 'demo',
    description: {},
    logo: '',
    deleteable: true,
  })
  expect(deriveModuleConfig(plugin).metadata).toEqual({
    name: 'demo-v2.0.0-build.7',
    labels: {
      'cpaas.io/module-name': 'demo',
      'cpaas.io/module-type': 'plugin',
      'cpaas.io/module-version': 'v2.0.0-build.7',
    },
    annotations: { 'cpaas.io/display-name': 'demo' },
  })
})

test('what only a server may set is left out; labels and annotations stay', () => {
  const { plugin } = complete(
    '',
    null,
    `  uid: x
  resourceVersion: "1"
  finalizers: [f]
  labels: {cpaas.io/product: acp}
  annotations: {cpaas.io/module-name: Demo, kubectl.kubernetes.io/last-applied-configuration: "{}"}`,
  )
  expect(plugin.metadata).toEqual({
    name: 'demo',
    labels: { 'cpaas.io/product': 'acp', 'cpaas.io/module-name': 'demo', 'cpaas.io/module-type': 'plugin' },
    annotations: { 'cpaas.io/module-name': 'Demo' },
  })
})

test('a ModuleConfig that is brought along is taken as it is', () => {
  const plugin = completePlugin(
    select(pluginYaml('  config: {a: 1}', '  labels: {cpaas.io/product: acp}')).modulePlugin,
    null,
    [],
  )
  const brought = select(`${pluginYaml()}---
apiVersion: cluster.alauda.io/v1alpha1
kind: ModuleConfig
metadata: {name: demo-v0.9.0, labels: {cpaas.io/lifecycle-type: core}}
spec: {version: v0.9.0, config: {old: true}, supportedUpgradeVersions: <0.9.0, deleteable: false}
`).moduleConfigs[0]
  expect(brought).toBeDefined()
  if (brought === undefined) return
  const config = completeModuleConfig(brought, plugin)
  expect(config.spec).toEqual({
    name: 'demo',
    version: 'v0.9.0',
    config: { old: true },
    supportedUpgradeVersions: '<0.9.0',
    description: { en: 'Demo', zh: '演示' },
    logo: '',
    deleteable: false,
  })
  expect(config.metadata.labels).toMatchObject({
    'cpaas.io/product': 'acp',
    'cpaas.io/lifecycle-type': 'core',
    'cpaas.io/module-version': 'v0.9.0',
  })
})
