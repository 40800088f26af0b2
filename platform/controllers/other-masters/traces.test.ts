import { describe, expect, test } from 'vitest'
import { specHash } from '#lib/domain/spec-hash.ts'
import type { ModuleInfo, ModuleInfoStatus } from '#lib/kinds/module-info.ts'
import type { Lease } from '#lib/kinds/lease.ts'
import { FIELD_MANAGER } from '../leadership/fenced-client.ts'
import { deploymentTrace, leaseTrace, moduleInfoTrace, podTrace, takenOverTrace } from './traces.ts'
import type { Workload } from './traces.ts'

const NOW = new Date('2026-11-27T12:00:00Z')
const RECENT = '2026-11-27T11:55:00Z'
const OLD = '2026-11-27T11:45:00Z'

function workload(name: string, more: Partial<Workload> = {}, labels = {}): Workload {
  return { apiVersion: 'v1', kind: 'X', metadata: { name, namespace: 'cpaas-system', labels }, ...more }
}

const NAMES = [
  ['cluster-transformer', true],
  ['cluster-transformer-7d9f6c-x2x4z', true],
  ['moduleinfo-controller', true],
  ['module-plugin-controller-0', true],
  ['gpu-device-plugin-abc', false],
  ['cluster-auth-agent', false],
  ['submodule-information', false],
  ['plugin-marketplace-controllers', false],
] as const

describe.each(NAMES)('%s', (name, isTheirs) => {
  test('as a Deployment', () => {
    expect(deploymentTrace(workload(name)) !== undefined).toBe(isTheirs)
    expect(deploymentTrace(workload(name, { spec: { replicas: 0 } }))).toBeUndefined()
    expect(
      deploymentTrace(workload(name, {}, { 'app.kubernetes.io/part-of': 'plugin-marketplace' })),
    ).toBeUndefined()
  })

  test('as a Pod', () => {
    expect(podTrace(workload(name, { status: { phase: 'Running' } })) !== undefined).toBe(isTheirs)
    expect(podTrace(workload(name, { status: { phase: 'Succeeded' } }))).toBeUndefined()
  })

  test('as a Lease', () => {
    const lease = (renewTime: string, holderIdentity = 'x'): Lease => ({
      ...workload(name),
      spec: { holderIdentity, renewTime },
    })
    expect(leaseTrace(lease(RECENT), NOW) !== undefined).toBe(isTheirs)
    expect(leaseTrace(lease(OLD), NOW)).toBeUndefined()
    expect(leaseTrace(lease(RECENT, ''), NOW)).toBeUndefined()
    expect(leaseTrace({ ...workload(name), spec: {} }, NOW)).toBeUndefined()
  })
})

test('a trace names the object, and what it tells', () => {
  expect(deploymentTrace(workload('cluster-transformer', { spec: { replicas: 2 } }))).toBe(
    "Deployment cpaas-system/cluster-transformer keeps 2 of the platform's controllers running",
  )
})

function info(status: Partial<ModuleInfoStatus>, ...managedFields: unknown[]): ModuleInfo {
  const labels = { 'create-by': 'cluster-transformer' }
  const metadata = { name: 'global-0a1b', labels, ...(managedFields.length > 0 ? { managedFields } : {}) }
  const spec = { version: 'v1' }
  return {
    apiVersion: 'v',
    kind: 'ModuleInfo',
    metadata,
    spec,
    status: { phase: '', version: '', ...status },
  }
}

function entry(manager: string, time: string, subresource = 'status'): object {
  return { manager, time, subresource, fieldsV1: { 'f:status': { 'f:specHash': {} } } }
}

const theirs = { specHash: 'a4c1', appReleases: [{ name: 'r', ready: true, synced: true, failed: false }] }

describe('the status of a ModuleInfo is evidence', () => {
  test('when another manager wrote it a short while ago', () => {
    expect(moduleInfoTrace(info(theirs, entry('cluster-transformer', RECENT)), NOW)).toBe(
      `ModuleInfo global-0a1b had its status written by cluster-transformer at ${RECENT}`,
    )
    // However it left our own mark standing.
    const ours = { specHash: specHash({ version: 'v1' }) }
    expect(
      moduleInfoTrace(info(ours, entry('manager', RECENT), entry(FIELD_MANAGER, RECENT)), NOW),
    ).toContain('manager')
  })

  test('when it is not ours and of now, where nobody is named', () => {
    const probed = {
      ...theirs,
      appReleases: theirs.appReleases.map((release) => ({ ...release, lastProbeTime: RECENT })),
    }
    expect(moduleInfoTrace(info(probed), NOW)).toContain(RECENT)
    const conditions = [{ type: 'Synced', status: 'True', lastTransitionTime: RECENT }]
    expect(moduleInfoTrace(info({ ...theirs, conditions }), NOW)).toContain(RECENT)
    expect(moduleInfoTrace(info({ ...theirs, conditions, specHash: 'm1-0' }), NOW)).toBeUndefined()
  })
})

describe('the status of a ModuleInfo is no evidence', () => {
  test.each([
    ['that we wrote', info({ specHash: specHash({}) }, entry(FIELD_MANAGER, RECENT))],
    [
      'that an earlier run of ours wrote',
      info({ specHash: specHash({}) }, entry('marketplace-console', RECENT)),
    ],
    ['that a person wrote', info(theirs, entry('kubectl-edit', RECENT))],
    ['that was restored from a backup', info(theirs, entry('velero-server', RECENT))],
    ['of controllers that are gone', info(theirs, entry('cluster-transformer', OLD))],
    ['whose spec alone another one wrote', info({}, entry('cluster-transformer', RECENT, ''))],
    ['of the first contents of an embedded platform', info({})],
    [
      'that we took over from the platform and have not carried out yet',
      info({ ...theirs, conditions: [{ type: 'Accepted', status: 'False', lastTransitionTime: RECENT }] }),
    ],
    ['that is malformed', info({ specHash: 7, conditions: 'x' } as unknown as ModuleInfoStatus)],
  ])('%s', (_, object) => {
    expect(moduleInfoTrace(object, NOW)).toBeUndefined()
  })
})

test('a hash that is not ours, given while we work, is evidence at once', () => {
  expect(takenOverTrace(info(theirs))).toBe(
    "ModuleInfo global-0a1b was given the specHash a4c1, which isn't ours",
  )
  expect(takenOverTrace(info(theirs, entry('other', OLD)))).toContain('a4c1 by other')
  expect(takenOverTrace(info(theirs, entry('kubectl-patch', RECENT)))).toBeUndefined()
  expect(takenOverTrace(info({ specHash: specHash({}) }))).toBeUndefined()
  expect(takenOverTrace(info({}))).toBeUndefined()
})
