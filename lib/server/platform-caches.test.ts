import { expect, test } from 'vitest'
import type { Cluster } from '#lib/kinds/cluster.ts'
import { createListeners } from '#lib/kube/listeners.ts'
import { followClusters } from './platform-caches.ts'

function cluster(name: string, labels: Record<string, string>, phase = 'Running'): Cluster {
  return {
    apiVersion: 'platform.tkestack.io/v1',
    kind: 'Cluster',
    metadata: { name, labels },
    status: { phase },
  }
}

test('a heartbeat of a cluster is news to the cluster pages alone', () => {
  const listeners = createListeners<undefined>()
  let clusters = [cluster('edge', { a: '1', b: '2' })]
  const told: unknown[] = []
  followClusters(
    { kind: 'platform', clusters: () => clusters, onChange: (listener) => listeners.add(listener) },
    (topics) => told.push(topics),
  )
  const change = (next: Cluster[]): unknown => {
    clusters = next
    listeners.tell(undefined)
    return told.at(-1)
  }
  const all = ['clusters', 'plugins', 'session']
  expect(change([cluster('edge', { b: '2', a: '1' }, 'Failed')])).toEqual(['clusters'])
  expect(change([cluster('edge', { a: '1' })])).toEqual(all)
  expect(change([cluster('edge', { a: '1' }), cluster('far', {})])).toEqual(all)
  expect(change([cluster('far', {}), cluster('edge', { a: '1' })])).toEqual(['clusters'])
  expect(change([cluster('far', {})])).toEqual(all)
})
