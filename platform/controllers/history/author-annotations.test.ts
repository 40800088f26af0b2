import { describe, expect, test } from 'vitest'
import { HISTORY } from '#lib/kinds/controller-revision.ts'
import type { ControllerRevision } from '#lib/kinds/controller-revision.ts'
import { AUDIT } from '#lib/kinds/labels.ts'
import type { ModuleInfo } from '#lib/kinds/module-info.ts'
import { FIELD_MANAGER } from '../leadership/fenced-client.ts'
import { authorAnnotations, REQUESTED_BY } from './author-annotations.ts'

const NOW = new Date('2026-11-27T12:00:00.500Z')
const SPEC = { 'f:spec': { 'f:version': {} } }
const OPERATION = { 'f:metadata': { 'f:annotations': { [`f:${AUDIT.operationId}`]: {} } } }

function info(annotations: Record<string, string>, ...managedFields: unknown[]): ModuleInfo {
  const metadata = { name: 'x', annotations, managedFields }
  return { apiVersion: 'v', kind: 'ModuleInfo', metadata, spec: { version: 'v1' } }
}

function entry(manager: string, time: string, fieldsV1: object, subresource?: string): object {
  return { manager, operation: 'Update', time: `2026-11-27T${time}Z`, fieldsV1, subresource }
}

function after(operation: string): ControllerRevision {
  const metadata = { name: 'r', annotations: { [HISTORY.seenOperation]: operation } }
  return { apiVersion: 'apps/v1', kind: 'ControllerRevision', metadata, revision: 1 }
}

const AUDITED = { [AUDIT.operationId]: 'op-2', [AUDIT.actor]: 'ada', [AUDIT.reason]: 'why not', other: 'x' }

describe('a change on the console', () => {
  test('is told by its annotations', () => {
    const object = info(AUDITED, entry('console', '11:00:00', { ...SPEC, ...OPERATION }))
    expect(authorAnnotations(object, after('op-1'), NOW)).toEqual({
      [AUDIT.operationId]: 'op-2',
      [AUDIT.actor]: 'ada',
      [AUDIT.reason]: 'why not',
      [HISTORY.seenOperation]: 'op-2',
      [HISTORY.changedAt]: '2026-11-27T11:00:00Z',
    })
  })

  test('is told where the server keeps no managed fields', () => {
    expect(authorAnnotations(info(AUDITED), undefined, NOW)).toMatchObject({
      [AUDIT.actor]: 'ada',
      [HISTORY.changedAt]: '2026-11-27T12:00:00Z',
    })
  })
})

describe('a change beside the console', () => {
  test('is the field manager’s, though the annotations of an earlier one stand', () => {
    const object = info(
      AUDITED,
      entry('kubectl-edit', '11:30:00', SPEC),
      entry('console', '11:00:00', { ...SPEC, ...OPERATION }),
      entry('someone', '11:59:00', { 'f:status': {} }, 'status'),
    )
    const told = {
      [HISTORY.manager]: 'kubectl-edit',
      [HISTORY.changedAt]: '2026-11-27T11:30:00Z',
      [HISTORY.seenOperation]: 'op-2',
    }
    expect(authorAnnotations(object, after('op-2'), NOW)).toEqual(told)
    // Even when that earlier one was never looked at.
    expect(authorAnnotations(object, after('op-1'), NOW)).toEqual(told)
  })

  test('that asked for the installation is the requester’s, not ours', () => {
    const object = info(
      { [REQUESTED_BY]: 'kubectl-create' },
      entry(FIELD_MANAGER, '11:00:00', { ...SPEC, 'f:metadata': {} }),
    )
    expect(authorAnnotations(object, undefined, NOW)).toMatchObject({ [HISTORY.manager]: 'kubectl-create' })
  })

  test('in the second in which we made the installation is the manager’s', () => {
    const object = info(
      { [REQUESTED_BY]: 'kubectl-create' },
      entry('kubectl-edit', '11:00:00', SPEC),
      entry(FIELD_MANAGER, '11:00:00', { ...SPEC, 'f:metadata': {} }),
    )
    expect(authorAnnotations(object, undefined, NOW)).toMatchObject({ [HISTORY.manager]: 'kubectl-edit' })
  })

  test('by nobody known names nobody', () => {
    expect(authorAnnotations(info(AUDITED), after('op-2'), NOW)).toEqual({
      [HISTORY.changedAt]: '2026-11-27T12:00:00Z',
      [HISTORY.seenOperation]: 'op-2',
    })
  })
})
