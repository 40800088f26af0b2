import { expect, test } from 'vitest'
import { portableObject } from './portable-object.ts'

test('what only its cluster knows stays there', () => {
  const object = {
    apiVersion: 'v1',
    kind: 'Thing',
    metadata: {
      name: 'a',
      uid: 'u',
      resourceVersion: '7',
      generation: 2,
      creationTimestamp: '2026-01-01T00:00:00Z',
      managedFields: [{}],
      finalizers: ['x'],
      ownerReferences: [{ apiVersion: 'v1', kind: 'Thing', name: 'b', uid: 'v' }],
      labels: { l: '1' },
      annotations: { keep: 'me', 'kubectl.kubernetes.io/last-applied-configuration': '{}' },
    },
    spec: { deep: [1] },
    status: { phase: 'Ready' },
  }
  expect(portableObject(object as never)).toEqual({
    apiVersion: 'v1',
    kind: 'Thing',
    metadata: { name: 'a', labels: { l: '1' }, annotations: { keep: 'me' } },
    spec: { deep: [1] },
  })
})
