import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { moduleConfigName, placeOf, pluginOf, versionLabel, versionOf } from './module-name.ts'

const chart = (name: string, version: string) => ({ name, releaseName: name, version })

test('a ModuleConfig is named after plugin and version, in lower case and without +', () => {
  expect(moduleConfigName('web-cli', 'v4.0.4')).toBe('web-cli-v4.0.4')
  expect(moduleConfigName('web-cli', 'v4.0.4-RC.1+Build.7')).toBe('web-cli-v4.0.4-rc.1-build.7')
})

test('a version label is always a valid label value', () => {
  expect(versionLabel('v4.0.4+Build')).toBe('v4.0.4-build')
  fc.assert(
    fc.property(fc.string({ maxLength: 100 }), (version) => {
      expect(versionLabel(version)).toMatch(/^$|^[a-z0-9]([a-z0-9._-]{0,61}[a-z0-9])?$/)
    }),
  )
})

test('the plugin of an object: label, spec.name, own name', () => {
  const object = {
    apiVersion: 'v1',
    kind: 'X',
    metadata: { name: 'own', labels: { 'cpaas.io/module-name': 'label' } },
  }
  expect(pluginOf({ ...object, spec: { name: 'spec' } })).toBe('label')
  expect(pluginOf({ ...object, metadata: { name: 'own' }, spec: { name: 'spec' } })).toBe('spec')
  expect(pluginOf({ ...object, metadata: { name: 'own' } })).toBe('own')
  expect(placeOf(object)).toEqual({ plugin: 'label', cluster: '' })
})

test('a version is the spec’s own, else the main chart’s', () => {
  const appReleases = [{ name: 'r', chartVersions: [chart('a', '1.0.0'), chart('b', '2.0.0')] }]
  expect(versionOf({ version: 'v9', appReleases, mainChart: 'b' })).toBe('v9')
  expect(versionOf({ appReleases, mainChart: 'b' })).toBe('2.0.0')
  expect(versionOf({ appReleases, mainChart: 'none' })).toBeUndefined()
  expect(versionOf({ appReleases })).toBeUndefined()
  expect(versionOf({ version: '', appReleases: [{ name: 'r', chartVersions: [chart('a', '1.0.0')] }] })).toBe(
    '1.0.0',
  )
  expect(versionOf(undefined)).toBeUndefined()
})
