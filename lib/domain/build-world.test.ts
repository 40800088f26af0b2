import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ModuleInfo } from '#lib/kinds/module-info.ts'
import { buildWorld } from './build-world.ts'
import type { WorldInput } from './build-world.ts'
import { hasFinalName } from './primary-installation.ts'
import { TEST_CLUSTERS, testConfig, testInfo, testPlugin } from './test-world.ts'
import { installationOf, specOf } from './world.ts'

const input: WorldInput = {
  modulePlugins: [testPlugin('a', {}, { 'cpaas.io/lifecycle-type': 'core' }), testPlugin('b')],
  moduleConfigs: [testConfig('a', 'v1.2.0'), testConfig('a', 'v1.10.0'), testConfig('a', 'v1.10.0-rc.1')],
  moduleInfos: [testInfo('global', 'a', 'v1.2.0'), testInfo('edge', 'stray', 'v1.0.0')],
  clusters: TEST_CLUSTERS,
}

function named(info: ModuleInfo, name: string, createdAt = '2024-01-01T00:00:00Z'): ModuleInfo {
  return { ...info, metadata: { ...info.metadata, name, creationTimestamp: createdAt } }
}

describe('the world', () => {
  test('lists every plugin that anything tells of, its versions newest first', () => {
    const world = buildWorld(input)
    expect([...world.plugins.keys()].sort()).toEqual(['a', 'b', 'stray'])
    expect(world.plugins.get('a')?.versions.map(({ version }) => version)).toEqual([
      'v1.10.0',
      'v1.10.0-rc.1',
      'v1.2.0',
    ])
    expect(world.plugins.get('a')?.lifecycle).toBe('core')
    expect(world.plugins.get('stray')?.modulePlugin).toBeUndefined()
  })
  test('finds an installation by its labels and knows the spec of what runs', () => {
    const world = buildWorld(input)
    const installation = installationOf(world, 'a', 'global')
    expect(installation?.derived.status).toBe('Running')
    expect(installation && specOf(world, installation)?.version).toBe('v1.2.0')
    expect(installationOf(world, 'a', 'business')).toBeUndefined()
  })
  test('a version claimed twice is the object that bears its name; one being deleted is not ready', () => {
    const config = testConfig('a', 'v1.0.0')
    const impostor = { ...config, metadata: { ...config.metadata, name: 'other' } }
    const leaving = { ...config, metadata: { ...config.metadata, deletionTimestamp: '2024-01-01T00:00:00Z' } }
    for (const configs of [
      [impostor, leaving],
      [leaving, impostor],
    ]) {
      const [published, ...more] =
        buildWorld({ ...input, moduleConfigs: configs }).plugins.get('a')?.versions ?? []
      expect(published).toMatchObject({ moduleConfig: leaving, ready: false })
      expect(more).toEqual([])
    }
  })
  test('of several ModuleInfos for one place the final, the running, the valid, the oldest is the installation', () => {
    const base = testInfo('global', 'a', 'v1.2.0', { version: '', phase: 'Pending' })
    const final = named(base, `global-${'0123456789abcdef'.repeat(2)}`)
    const running = named(testInfo('global', 'a', 'v1.2.0'), 'global-running')
    const older = named(base, 'global-older')
    const newer = named(base, 'global-newer', '2024-01-02T00:00:00Z')
    const untyped = named(
      {
        ...base,
        metadata: { ...base.metadata, labels: { ...base.metadata.labels, 'cpaas.io/module-type': 'x' } },
      },
      'global-untyped',
      '2020-01-01T00:00:00Z',
    )
    expect(hasFinalName(final)).toBe(true)
    expect(hasFinalName(named(base, 'edge-0123456789abcdef0123456789abcdef'))).toBe(false)
    const ordered = [final, running, older, newer, untyped]
    fc.assert(
      fc.property(fc.shuffledSubarray(ordered, { minLength: 1 }), (moduleInfos) => {
        const installation = installationOf(buildWorld({ ...input, moduleInfos }), 'a', 'global')
        const expected = ordered.filter((info) => moduleInfos.includes(info))
        expect([installation?.moduleInfo, ...(installation?.others ?? [])]).toEqual(expected)
      }),
    )
  })
  test('built again from the same objects it is the same parts; what changed alone is new', () => {
    const world = buildWorld(input)
    const again = buildWorld({ ...input, moduleConfigs: [...input.moduleConfigs].reverse() }, world)
    expect(again.plugins).toBe(world.plugins)
    expect(again.installations).toBe(world.installations)
    expect(again.clusters).toBe(world.clusters)

    const changed = testInfo('edge', 'stray', 'v1.0.0', { phase: 'Failed' })
    const next = buildWorld({ ...input, moduleInfos: [input.moduleInfos[0] ?? changed, changed] }, world)
    expect(next.plugins).toBe(world.plugins)
    expect(next.installations).not.toBe(world.installations)
    expect(next.installations.get('global')).toBe(world.installations.get('global'))
    expect(installationOf(next, 'stray', 'edge')?.derived.status).toBe('Failed')

    const more = buildWorld(
      { ...input, moduleConfigs: [...input.moduleConfigs, testConfig('b', 'v1')] },
      world,
    )
    expect(more.plugins.get('a')).toBe(world.plugins.get('a'))
    expect(more.plugins.get('b')?.versions.length).toBe(1)
    const fewer = buildWorld({ ...input, moduleInfos: [] }, world)
    expect(fewer.installations.size).toBe(0)
    expect(fewer.plugins.has('stray')).toBe(false)
  })
})
