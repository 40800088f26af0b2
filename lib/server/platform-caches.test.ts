import { expect, test } from 'vitest'
import type { Cluster } from '#lib/kinds/cluster.ts'
import { createListeners } from '#lib/kube/listeners.ts'
import type { CacheFreshness } from '#lib/kube/object-cache.ts'
import { followCaches, followClusters } from './platform-caches.ts'
import type { StartedCaches } from './platform-caches.ts'

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

/** Caches whose state a test sets. */
function stateCaches(initial: CacheFreshness['state']) {
  const listeners = createListeners<CacheFreshness>()
  const freshness: CacheFreshness = { state: initial, knownAt: null, message: null }
  const cache = {
    freshness,
    onChange: () => () => undefined,
    onFreshness: (listener: (freshness: CacheFreshness) => void) => listeners.add(listener),
  }
  const names = ['modulePlugins', 'moduleConfigs', 'moduleInfos', 'artifacts', 'artifactVersions']
  return {
    caches: Object.fromEntries(names.map((name) => [name, cache])) as unknown as StartedCaches,
    become: (state: CacheFreshness['state']) => listeners.tell({ ...freshness, state }),
  }
}

test.each(['loading', 'absent'] as const)(
  'a definition that was %s when listening began is told to be there when it is',
  (initial) => {
    const { caches, become } = stateCaches(initial)
    const told: string[] = []
    followCaches(caches, { changed: (topics) => told.push(...topics), freshness: () => undefined })
    become('absent')
    expect(told.includes('session')).toBe(initial === 'loading')
    told.length = 0
    become('live')
    expect(told).toEqual(expect.arrayContaining(['session', 'plugins', 'packages', 'clusters']))
    told.length = 0
    become('stale')
    expect(told).toEqual([])
  },
)
