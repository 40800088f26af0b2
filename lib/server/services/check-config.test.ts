import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileForm } from '#lib/domain/form/compile-form.ts'
import { formSourceOf } from '#lib/domain/form/form-purpose.ts'
import { configArbitrary, formArbitrary } from '#lib/domain/form/testing/form-arbitrary.ts'
import { validateConfig } from '#lib/domain/form/validate-config.ts'
import type { JsonObject } from '#lib/kinds/object.ts'
import type { Descriptor, PluginSpec } from '#lib/kinds/plugin-spec.ts'
import { configProblems } from './check-config.ts'
import { versionFormOf } from './views/version-form.ts'

const UI = 'urn:alm:descriptor:com.tectonic.ui:'

function specOf(more: Partial<PluginSpec>): PluginSpec {
  return { name: 'demo', version: 'v1.0.0', description: {}, logo: '', deleteable: true, ...more }
}

/** What the browser finds with what it gets over the wire. */
function inBrowser(
  spec: PluginSpec,
  purpose: 'install' | 'update',
  config: JsonObject,
  current?: JsonObject,
): string[] {
  const parts = versionFormOf('demo', 'v1.0.0', spec)
  const wire = JSON.parse(JSON.stringify(parts)) as typeof parts
  const form = compileForm(formSourceOf(purpose, wire, current))
  return validateConfig(form, config, current === undefined ? {} : { current }).map(
    ({ path, code }) => `${path === '' ? 'config' : `config.${path}`} ${code}`,
  )
}

function onServer(...input: Parameters<typeof configProblems>): string[] {
  return configProblems(...input).map(({ path, code }) => `${path} ${code}`)
}

test('browser and server find the same, at the same places', () => {
  fc.assert(
    fc.property(
      formArbitrary(),
      formArbitrary(),
      configArbitrary(),
      configArbitrary(),
      (install, edit, mine, before) => {
        const spec = specOf({
          config: install.config,
          deployDescriptors: install.descriptors as Descriptor[],
          editDescriptors: edit.descriptors as Descriptor[],
          crossClusterDependencies: ['logcenter'],
        })
        expect(onServer(spec, 'install', mine)).toEqual(inBrowser(spec, 'install', mine))
        expect(onServer(spec, 'update', mine, before)).toEqual(inBrowser(spec, 'update', mine, before))
      },
    ),
    { numRuns: 200 },
  )
})

describe('problems', () => {
  const spec = specOf({
    config: { size: 'Small' },
    deployDescriptors: [
      { path: 'size', 'x-descriptors': [`${UI}select:Small`, `${UI}select:Big`] },
      { path: 'pods[].resources', 'x-descriptors': [`${UI}resourceRequirements`] },
      { path: 'pass', 'x-descriptors': [`${UI}password`, `${UI}validation:minLength:20`] },
    ],
    editDescriptors: [{ path: 'pods[].resources', 'x-descriptors': [`${UI}resourceRequirements`] }],
  })

  test('name the value by its path inside the request, in words', () => {
    const pods = [{ resources: { requests: { cpu: '2' }, limits: { cpu: '1' } } }]
    const problems = configProblems(spec, 'install', { size: 'Huge', pods, pass: 'hunter2' })
    expect(problems.map(({ path, code }) => [path, code])).toEqual([
      ['config.size', 'enum'],
      ['config.pods[0].resources.requests.cpu', 'requestAboveLimit'],
      ['config.pass', 'minLength'],
    ])
    expect(JSON.stringify(problems)).not.toContain('hunter2')
    expect(problems.every(({ detail }) => detail !== '')).toBe(true)
  })

  test('say what can’t change any more, on an update and on an upgrade without a form of its own', () => {
    const current = { size: 'Small', pods: [] }
    expect(onServer(spec, 'update', { size: 'Big', pods: [] }, current)).toEqual(['config.size immutable'])
    expect(onServer(spec, 'update', { size: 'Small', pods: [{}] }, current)).toEqual([])
    expect(onServer(spec, 'upgrade', { size: 'Big' }, current)).toEqual(['config.size immutable'])
    // The version alone: the new defaults are nobody's change.
    expect(onServer(spec, 'upgrade', undefined, { size: 'Big' })).toEqual([])
    const upgradeDescriptors = spec.deployDescriptors ?? []
    expect(onServer({ ...spec, upgradeDescriptors }, 'upgrade', { size: 'Big' }, current)).toEqual([])
  })

  test('a configuration left out means the defaults', () => {
    const needy = specOf({
      config: { a: '' },
      deployDescriptors: [{ path: 'a', 'x-descriptors': [`${UI}text`, `${UI}validation:required`] }],
    })
    expect(onServer(needy, 'install', undefined)).toEqual(['config.a required'])
  })
})
