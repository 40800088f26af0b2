import { describe, expect, test } from 'vitest'
import { isFormNeeded } from './form-needed.ts'
import { buildModuleInfo } from './module-info-object.ts'

describe('the object that asks for an installation', () => {
  test('has the three labels and nothing that was not asked for', () => {
    expect(buildModuleInfo({ cluster: 'global', plugin: 'web-cli', version: 'v4.0.4' })).toEqual({
      apiVersion: 'cluster.alauda.io/v1alpha1',
      kind: 'ModuleInfo',
      metadata: {
        generateName: 'global-web-cli-',
        labels: {
          'cpaas.io/cluster-name': 'global',
          'cpaas.io/module-name': 'web-cli',
          'cpaas.io/module-type': 'plugin',
        },
      },
      spec: { version: 'v4.0.4' },
    })
  })
  test('keeps a configuration whole, nulls and emptiness included, and labels its choices', () => {
    const config = { crossClusterDependency: { logcenter: 'business', logclickhouse: null } }
    const object = buildModuleInfo(
      {
        cluster: 'edge',
        plugin: 'logagent',
        version: 'v1',
        config,
        valuesOverride: {},
        labels: { team: 'x', 'cpaas.io/module-type': 'nonsense' },
      },
      { 'marketplace.console/actor': 'me' },
    )
    expect(object.spec).toEqual({ version: 'v1', config, valuesOverride: {} })
    expect(object.metadata.labels).toEqual({
      'logcenter.plugins.cpaas.io/cluster': 'business',
      team: 'x',
      'cpaas.io/cluster-name': 'edge',
      'cpaas.io/module-name': 'logagent',
      'cpaas.io/module-type': 'plugin',
    })
    expect(object.metadata.annotations).toEqual({ 'marketplace.console/actor': 'me' })
    expect(buildModuleInfo({ cluster: 'a', plugin: 'b', version: 'v', config: {} }).spec.config).toEqual({})
  })
})

test('a form is needed for values or descriptors', () => {
  expect(isFormNeeded({})).toBe(false)
  expect(isFormNeeded({ config: {}, deployDescriptors: [] })).toBe(false)
  expect(isFormNeeded({ config: { a: null } })).toBe(true)
  expect(isFormNeeded({ deployDescriptors: [{ path: 'a' }] })).toBe(true)
})
