import { describe, expect, test } from 'vitest'
import type { ArtifactVersion } from '#lib/kinds/artifact.ts'
import type { ModuleConfig } from '#lib/kinds/module-config.ts'
import type { ModuleInfo, ModuleInfoStatus } from '#lib/kinds/module-info.ts'
import type { ObjectMeta } from '#lib/kinds/object.ts'
import { judgeVersions, type PublishedObjects } from './unused-versions.ts'

const NOW = new Date('2026-11-27T12:00:00Z')
const LABEL = 'cpaas.io/module-name'

function config(plugin: string, version: string, metadata: Partial<ObjectMeta> = {}): ModuleConfig {
  return {
    apiVersion: 'cluster.alauda.io/v1alpha1',
    kind: 'ModuleConfig',
    metadata: { name: `${plugin}-${version}`, labels: { [LABEL]: plugin }, ...metadata },
    spec: { version } as ModuleConfig['spec'],
  }
}

function record(plugin: string, version: string, phase: string, creationTimestamp: string): ArtifactVersion {
  return {
    apiVersion: 'app.alauda.io/v1alpha1',
    kind: 'ArtifactVersion',
    metadata: { name: `${plugin}.${version}`, labels: { [LABEL]: plugin }, creationTimestamp },
    spec: { tag: version, present: true },
    status: { phase },
  }
}

function info(
  plugin: string,
  cluster: string,
  version: string,
  status: Partial<ModuleInfoStatus> = {},
): ModuleInfo {
  return {
    apiVersion: 'cluster.alauda.io/v1alpha1',
    kind: 'ModuleInfo',
    metadata: { name: `${cluster}-x`, labels: { [LABEL]: plugin, 'cpaas.io/cluster-name': cluster } },
    spec: { version },
    status: { phase: '', version: '', ...status },
  }
}

function judge(objects: Partial<PublishedObjects>, keepNewest = 0): string[] {
  const all = { moduleConfigs: [], moduleInfos: [], artifactVersions: [], ...objects }
  return judgeVersions(all, { now: NOW, keepNewest }).map(({ plugin, version, fate, clusters }) =>
    [plugin, version, fate, ...clusters].join(' '),
  )
}

describe('which versions nobody needs', () => {
  test('those that no installation runs, wants or is changing to', () => {
    const moduleConfigs = ['v1.0.0', 'v1.10.0', 'v1.9.0', 'v2.0.0', 'v3.0.0'].map((version) =>
      config('a', version),
    )
    const moduleInfos = [
      info('a', 'edge', 'v1.9.0', { version: 'v1.0.0' }),
      info('a', 'global', 'v1.0.0', { version: 'v1.0.0', transitVersion: 'v2.0.0' }),
      info('b', 'global', 'v3.0.0', { version: 'v3.0.0' }),
    ]
    expect(judge({ moduleConfigs, moduleInfos })).toEqual([
      'a v3.0.0 unused',
      'a v2.0.0 installed global',
      'a v1.10.0 unused',
      'a v1.9.0 installed edge',
      'a v1.0.0 installed edge global',
    ])
  })

  test('not what an installation runs that does not say of what', () => {
    const stray = info('', 'edge', 'v1.0.0')
    expect(judge({ moduleConfigs: [config('a', 'v1.0.0')], moduleInfos: [stray] })).toEqual([
      'a v1.0.0 installed edge',
    ])
  })

  test('not what ships with the platform, nor what is going already', () => {
    const moduleConfigs = [
      config('a', 'v2.0.0', { annotations: { 'cpaas.io/built-in-plugin': 'true' } }),
      config('a', 'v1.0.0', { deletionTimestamp: '2026-11-27T11:00:00Z' }),
    ]
    expect(judge({ moduleConfigs })).toEqual(['a v2.0.0 built-in', 'a v1.0.0 being-removed'])
  })

  test('an upload that has not ended stays for a day; what is left of an old one goes', () => {
    const artifactVersions = [
      record('a', 'v3.0.0', '', '2026-11-27T11:00:00Z'),
      record('a', 'v2.0.0', '', '2026-11-20T11:00:00Z'),
      record('a', 'v1.0.0', 'Present', '2026-11-27T11:59:00Z'),
    ]
    expect(judge({ artifactVersions })).toEqual(['a v3.0.0 uploading', 'a v2.0.0 unused', 'a v1.0.0 unused'])
  })

  test('the newest of each plugin stay when that is wanted', () => {
    const moduleConfigs = [config('a', 'v2.0.0'), config('a', 'v1.0.0'), config('b', 'v1.0.0')]
    expect(judge({ moduleConfigs }, 1)).toEqual(['a v2.0.0 newest', 'a v1.0.0 unused', 'b v1.0.0 newest'])
  })
})
