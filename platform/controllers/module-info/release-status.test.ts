import { describe, expect, test } from 'vitest'
import type { AppRelease } from '#lib/kinds/app-release.ts'
import type { PluginSpec } from '#lib/kinds/plugin-spec.ts'
import { planReleases, RELEASE_HASH } from './release-plan.ts'
import type { PlannedRelease } from './release-plan.ts'
import { releaseStatus } from './release-status.ts'

const PLUGIN: PluginSpec = {
  name: 'x',
  version: 'v1.0.0',
  description: {},
  logo: '',
  deleteable: true,
  transitTimeout: 300,
  appReleases: [{ name: 'x', chartVersions: [{ name: 'ait/x', releaseName: 'x', version: '1.0.0' }] }],
}
const place = { clusterName: 'c', clusterType: '', isGlobal: false, labels: {} }
const [planned] = planReleases({ plugin: PLUGIN, spec: { version: 'v1.0.0' }, place }, 'x', 'registry:5000')

const wanted = (): PlannedRelease => planned ?? expect.fail('nothing planned')
const standing = (status: AppRelease['status'], generation = 1): AppRelease => {
  const { object } = wanted()
  return {
    ...object,
    metadata: { ...object.metadata, generation },
    ...(status === undefined ? {} : { status }),
  }
}
const health = (status: string, reason = '', message = ''): AppRelease['status'] => ({
  conditions: [{ type: 'Health', status, reason, message }],
})

describe('the plan', () => {
  test('names registry, charts, destination and timeout', () => {
    expect(wanted().object.spec).toEqual({
      destination: { cluster: 'c', namespace: 'cpaas-system' },
      source: {
        repoURL: 'registry:5000',
        charts: [{ name: 'ait/x', releaseName: 'x', targetRevision: '1.0.0' }],
      },
      values: {},
      timeout: 300,
    })
  })
})

describe('a release is', () => {
  test('healthy when the agent says so, also an agent that tells no generation', () => {
    expect(releaseStatus(wanted(), standing(health('True')))).toMatchObject({
      ready: true,
      synced: true,
      failed: false,
    })
    expect(releaseStatus(wanted(), standing({ ...health('True'), observedGeneration: 1 }))).toMatchObject({
      ready: true,
    })
  })

  test('not judged by what was said of an earlier spec', () => {
    const waiting = { ready: false, synced: false, failed: false, reason: 'Pending' }
    expect(releaseStatus(wanted(), standing({ ...health('True'), observedGeneration: 1 }, 2))).toMatchObject(
      waiting,
    )
    const other = standing(health('True'))
    other.metadata.annotations = { [RELEASE_HASH]: 'another' }
    expect(releaseStatus(wanted(), other)).toMatchObject(waiting)
    const leaving = standing(health('True'))
    leaving.metadata.deletionTimestamp = '2026-01-01T00:00:00Z'
    expect(releaseStatus(wanted(), leaving)).toMatchObject(waiting)
    expect(releaseStatus(wanted(), undefined)).toMatchObject(waiting)
  })

  test.each<[string, AppRelease['status'], string]>([
    ['chart phase', { charts: { 'ait/x': { phase: 'InstallFailed', message: 'boom' } } }, 'boom'],
    ['chart phase without a message', { charts: { 'ait/x': { phase: 'Failed' } } }, 'Failed'],
    [
      'condition',
      { conditions: [{ type: 'Failed', status: 'True', reason: 'Timeout', message: 'too slow' }] },
      'too slow',
    ],
    ['condition reason', health('False', 'SyncError', 'no chart'), 'no chart'],
  ])('failed by a %s, with its cause', (_, status, message) => {
    expect(releaseStatus(wanted(), standing(status))).toMatchObject({
      failed: true,
      ready: false,
      synced: false,
      message,
    })
  })

  test('on its way otherwise, in the agent’s words', () => {
    const status = { charts: { 'ait/x': { phase: 'Pulling', message: 'Pulling chart ait/x 1.0.0' } } }
    expect(releaseStatus(wanted(), standing(status))).toMatchObject({
      failed: false,
      ready: false,
      synced: false,
      message: 'Pulling chart ait/x 1.0.0',
    })
  })

  test('synced but not ready when it has lost its health', () => {
    const charts = { 'ait/x': { phase: 'Synced', installedRevision: '1.0.0' } }
    const status = { ...health('False', 'Unhealthy', '1 pod down'), charts }
    expect(releaseStatus(wanted(), standing(status))).toMatchObject({
      ready: false,
      synced: true,
      failed: false,
      message: '1 pod down',
    })
    const old = { ...status, charts: { 'ait/x': { phase: 'Synced', installedRevision: '0.9.0' } } }
    expect(releaseStatus(wanted(), standing(old))).toMatchObject({ synced: false })
  })
})
