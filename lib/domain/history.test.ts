import { expect, test } from 'vitest'
import { HISTORY } from '#lib/kinds/controller-revision.ts'
import type { ControllerRevision } from '#lib/kinds/controller-revision.ts'
import { AUDIT, LABEL } from '#lib/kinds/labels.ts'
import type { JsonObject } from '#lib/kinds/object.ts'
import { installationHistory } from './history.ts'

function revision(
  number: number,
  data: JsonObject,
  annotations: Record<string, string> = {},
  more: { cluster?: string; labels?: Record<string, string> } = {},
): ControllerRevision {
  const labels = more.labels ?? {
    [HISTORY.label]: HISTORY.labelValue,
    [LABEL.clusterName]: more.cluster ?? 'business',
    [LABEL.moduleName]: 'logagent',
  }
  const metadata = { name: `r-${number}`, labels, annotations, creationTimestamp: '2026-11-27T10:00:00Z' }
  return { apiVersion: 'apps/v1', kind: 'ControllerRevision', metadata, revision: number, data }
}

test('tells who did what when and why, newest first, of this place alone', () => {
  const config = { crossClusterDependency: { logcenter: null, logclickhouse: 'global' } }
  const history = installationHistory(
    [
      revision(9, { version: 'v1' }, { [HISTORY.manager]: 'kubectl-edit' }),
      revision(
        10,
        { version: 'v2', config },
        {
          [AUDIT.actor]: 'ada',
          [AUDIT.reason]: 'more logs',
          [AUDIT.operationId]: 'op-1',
          [HISTORY.seenOperation]: 'op-1',
          [HISTORY.changedAt]: '2026-11-27T09:59:58Z',
          [HISTORY.uninstalledAt]: '2026-11-27T11:00:00Z',
        },
      ),
      revision(8, { version: 'v0' }),
      revision(11, { version: 'v9' }, {}, { cluster: 'edge' }),
      revision(12, { version: 'v9' }, {}, { labels: {} }),
    ],
    'business',
    'logagent',
  )
  expect(history).toEqual([
    {
      revision: 10,
      spec: { version: 'v2', config },
      by: { kind: 'actor', name: 'ada' },
      at: '2026-11-27T09:59:58Z',
      reason: 'more logs',
      operationId: 'op-1',
      uninstalledAt: '2026-11-27T11:00:00Z',
      problems: [],
    },
    {
      revision: 9,
      spec: { version: 'v1' },
      by: { kind: 'manager', name: 'kubectl-edit' },
      at: '2026-11-27T10:00:00Z',
      reason: '',
      operationId: '',
      uninstalledAt: null,
      problems: [],
    },
    expect.objectContaining({ revision: 8, by: { kind: 'unknown', name: '' } }),
  ])
})

test('what strangers wrote breaks nothing and is told', () => {
  const bad = revision(
    1,
    { version: 7, config: 'x' },
    {
      [HISTORY.changedAt]: 'yesterday',
      [HISTORY.manager]: 'a\u0000b\nc',
    },
  )
  const none = revision(2, {})
  delete none.data
  const odd = { ...revision(3, { version: 'v1' }), revision: 'x' as unknown as number }
  const [second, first, ...others] = installationHistory([bad, none, odd], 'business', 'logagent')
  expect(others).toEqual([])
  expect(first).toMatchObject({ revision: 1, spec: { version: '' }, at: '2026-11-27T10:00:00Z' })
  expect(first?.spec).not.toHaveProperty('config')
  expect(first?.by.name).not.toContain('\n')
  expect(first?.by.name).not.toContain('\u0000')
  expect(first?.problems).toEqual([expect.objectContaining({ code: 'malformed-object' })])
  expect(second).toMatchObject({ revision: 2, spec: { version: '' } })
})
