import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ModuleInfo, ModuleInfoSpec, ModuleInfoStatus, ReleaseStatus } from '#lib/kinds/module-info.ts'
import { deriveStatus, installationStatus, isDone } from './derive-status.ts'
import type { DerivedStatus, VersionOnCluster } from './derive-status.ts'
import { PLUGIN_STATUSES } from './plugin-status.ts'
import type { Reason } from './reason.ts'
import { specHash } from './spec-hash.ts'

const good: ReleaseStatus = { name: 'r', ready: true, synced: true, failed: false }
const spec: ModuleInfoSpec = { version: 'v2', config: {} }
const running: ModuleInfoStatus = { phase: 'Running', version: 'v2', appReleases: [good] }

function info(status?: ModuleInfoStatus, deletionTimestamp?: string): ModuleInfo {
  return {
    apiVersion: 'cluster.alauda.io/v1alpha1',
    kind: 'ModuleInfo',
    metadata: {
      name: 'x',
      labels: { 'cpaas.io/module-type': 'plugin' },
      ...(deletionTimestamp === undefined ? {} : { deletionTimestamp }),
    },
    spec,
    ...(status === undefined ? {} : { status }),
  }
}

function derive(status?: Partial<ModuleInfoStatus>, deleted?: string): DerivedStatus {
  return deriveStatus({
    moduleInfo: info(status === undefined ? undefined : { ...running, ...status }, deleted),
    versions: [],
  })
}

const condition = (type: string, status: string, reason = 'Because', message = 'words') => ({
  type,
  status,
  reason,
  message,
})

describe('an installation', () => {
  test.each<[string, Partial<ModuleInfoStatus> | undefined]>([
    ['Running', {}],
    ['Running', { appReleases: [] }],
    ['Running', { appReleases: undefined }],
    ['Running', { conditions: [condition('Ready', 'True'), condition('Progressing', 'False')] }],
    ['Running', { specHash: specHash(spec) }],
    ['Running', { specHash: 'a-hash-of-another-platform' }],
    // Failed comes before everything that is not a deletion.
    ['Failed', { appReleases: [good, { ...good, failed: true }] }],
    ['Failed', { appReleases: [{ ...good, failed: true }], version: 'v1' }],
    ['Failed', { phase: 'Failed', version: '' }],
    ['Failed', { phase: 'UpgradeFailed' }],
    ['Failed', { conditions: [condition('InstallFailed', 'True')] }],
    [
      'Failed',
      { phase: 'Installing', version: '', conditions: [condition('Ready', 'False', 'RenderFailed')] },
    ],
    ['Upgrading', { version: 'v1' }],
    ['Upgrading', { version: 'v1', phase: 'Upgrading', appReleases: [{ ...good, ready: false }] }],
    ['Upgrading', { version: 'v1', phase: 'Dreaming' }],
    ['Installing', undefined],
    ['Installing', { version: '', phase: '' }],
    ['Installing', { version: '', phase: 'Running' }],
    ['Installing', { version: '', phase: 'Dreaming' }],
    ['Updating', { specHash: specHash({ ...spec, config: { a: 1 } }) }],
    ['Updating', { phase: 'Updating' }],
    ['Updating', { phase: 'Pending' }],
    ['Updating', { appReleases: [{ ...good, synced: false }] }],
    ['Degraded', { appReleases: [{ ...good, ready: false }] }],
    ['Degraded', { conditions: [condition('Healthy', 'False')] }],
    ['Degraded', { conditions: [condition('Degraded', 'True')] }],
    ['Unknown', { phase: 'Dreaming' }],
    ['Unknown', { phase: '' }],
    ['Unknown', { phase: 'running' }],
  ])('is %s with %j', (expected, status) => {
    expect(derive(status).status).toBe(expected)
  })

  test('that is being deleted is Uninstalling whatever else holds, and says what prevents it', () => {
    expect(derive({ phase: 'Failed' }, '2024-01-01T00:00:00Z')).toMatchObject({
      status: 'Uninstalling',
      reasons: [{ code: 'deleting' }],
    })
    const prevented = {
      removeIsPrevented: true,
      conditions: [condition('Removable', 'False', 'InUse', 'ConfigMap a/b exists')],
    }
    expect(derive(prevented, '2024-01-01T00:00:00Z').reasons).toEqual([
      { code: 'remove-prevented', params: { message: 'ConfigMap a/b exists' } },
    ])
  })
  test('says why it failed, in the release’s words, cleaned and cut', () => {
    const failed = { ...good, failed: true, reason: 'HelmFailed', message: `boom\u202e${'x'.repeat(5000)}` }
    const [reason] = derive({ appReleases: [failed] }).reasons
    expect(reason).toMatchObject({ code: 'release-failed', params: { release: 'r', reason: 'HelmFailed' } })
    expect(reason?.params?.['message']).toMatch(/^boomx+…$/)
    expect(reason?.params?.['message']?.length).toBe(2000)
    expect(derive({ phase: 'Failed' }).reasons).toEqual([
      { code: 'phase-failed', params: { phase: 'Failed' } },
    ])
    expect(
      derive({ phase: 'Failed', conditions: [condition('Validated', 'False', 'NoSuchVersion', 'v9?')] })
        .reasons,
    ).toEqual([{ code: 'condition', params: { type: 'Validated', reason: 'NoSuchVersion', message: 'v9?' } }])
  })
  test('that lacks the obligatory label says so while nothing happens', () => {
    const moduleInfo = { ...info(), metadata: { name: 'x' } }
    expect(deriveStatus({ moduleInfo, versions: [] }).reasons).toEqual([
      { code: 'module-type-label-missing' },
    ])
  })
  test('shows an unknown phase raw', () => {
    expect(derive({ phase: 'Dreaming' })).toMatchObject({
      phase: 'Dreaming',
      reasons: [{ code: 'phase-unknown', params: { phase: 'Dreaming' } }],
    })
  })
  test('tells stage and progress while it works', () => {
    const releases = [good, { ...good, name: 's', ready: false, message: 'pulling images' }]
    expect(derive({ version: 'v1', appReleases: releases })).toMatchObject({
      stage: 'pulling images',
      progress: { done: 1, total: 2 },
    })
    expect(derive({}).stage).toBe('')
    expect(derive(undefined)).toMatchObject({ progress: null, reasons: [{ code: 'waiting-for-controller' }] })
    expect(
      derive({ version: '', appReleases: [], conditions: [condition('Ready', 'False', 'Rendering', '')] })
        .stage,
    ).toBe('Rendering')
  })
})

describe('without an installation', () => {
  const misfit: Reason = { code: 'cluster-label-missing', params: { key: 'is-global' } }
  const version = (ready: boolean, ...misfits: Reason[]): VersionOnCluster => ({
    version: 'v1',
    ready,
    misfits,
  })
  test.each<[string, VersionOnCluster[]]>([
    ['Absent', []],
    ['Ready', [version(true)]],
    ['Ready', [version(false), version(true, misfit), version(true)]],
    ['Preparing', [version(false)]],
    ['Preparing', [version(false, misfit)]],
    ['Preparing', [version(true, misfit), version(false)]],
    ['Incompatible', [version(true, misfit)]],
    ['Incompatible', [version(true, misfit), version(false, misfit)]],
  ])('is %s with %j', (expected, versions) => {
    expect(deriveStatus({ versions }).status).toBe(expected)
  })
  test('says which rule of which version keeps it off', () => {
    expect(deriveStatus({ versions: [version(true, misfit)] }).reasons).toEqual([
      { code: 'cluster-label-missing', params: { key: 'is-global', version: 'v1' } },
    ])
  })
})

const release = fc.record({
  name: fc.constant('r'),
  ready: fc.boolean(),
  synced: fc.boolean(),
  failed: fc.boolean(),
})
const anyStatus: fc.Arbitrary<ModuleInfoStatus> = fc.record({
  phase: fc.constantFrom(
    '',
    'Pending',
    'Installing',
    'Running',
    'Upgrading',
    'Updating',
    'Failed',
    'Deleting',
    'Odd',
  ),
  version: fc.constantFrom('', 'v1', 'v2'),
  appReleases: fc.option(fc.array(release, { maxLength: 3 }), { nil: undefined }),
  conditions: fc.option(
    fc.array(
      fc.record({
        type: fc.constantFrom('Ready', 'InstallFailed', 'Degraded', 'Progressing'),
        status: fc.constantFrom('True', 'False', 'Unknown'),
        reason: fc.constantFrom('A', 'ChartError'),
        message: fc.string(),
      }),
      { maxLength: 2 },
    ),
    { nil: undefined },
  ),
  specHash: fc.constantFrom(undefined, specHash(spec), specHash({}), 'foreign'),
})

test('every state has one known status, success is only what is done, and trouble has a reason', () => {
  fc.assert(
    fc.property(anyStatus, fc.boolean(), (status, deleted) => {
      const moduleInfo = info(status, deleted ? '2024-01-01T00:00:00Z' : undefined)
      const derived = deriveStatus({ moduleInfo, versions: [] })
      expect(PLUGIN_STATUSES).toContain(derived.status)
      if (derived.status === 'Running') expect(isDone(moduleInfo)).toBe(true)
      if (['Failed', 'Degraded', 'Unknown'].includes(derived.status))
        expect(derived.reasons.length).toBeGreaterThan(0)
      if ((status.appReleases ?? []).some(({ failed }) => failed) && !deleted)
        expect(derived.status).toBe('Failed')
      if (deleted) expect(derived.status).toBe('Uninstalling')
    }),
  )
})

test('a condition that repeats a release’s cause is told once', () => {
  const message = 'the image could not be pulled'
  const derived = installationStatus({
    apiVersion: 'cluster.alauda.io/v1alpha1',
    kind: 'ModuleInfo',
    metadata: { name: 'global-x', labels: {} },
    spec: { version: 'v1' },
    status: {
      phase: 'Failed',
      version: '',
      appReleases: [{ name: 'x', ready: false, synced: false, failed: true, message }],
      conditions: [{ type: 'Delivered', status: 'False', reason: 'ReleaseFailed', message: `x: ${message}` }],
    },
  })
  expect(derived.status).toBe('Failed')
  expect(derived.reasons).toEqual([{ code: 'release-failed', params: { release: 'x', reason: '', message } }])
})
