import { expect, test } from 'vitest'
import type { ClusterSummary } from '#lib/contract/cluster.ts'
import { clustersFor, parseClusterList, writeClusterList } from './cluster-list-state.ts'

const cluster = (name: string, more: Partial<ClusterSummary> = {}): ClusterSummary => ({
  name,
  displayName: name,
  isGlobal: name === 'global',
  type: null,
  version: null,
  phase: 'Running',
  reasons: [],
  reachability: { state: 'reachable', since: null, answeredAt: null, message: null },
  hasNoWay: false,
  labels: {},
  createdAt: null,
  plugins: { installed: 0, upgradable: 0, failed: 0, busy: 0 },
  ...more,
})

const clusters = [
  cluster('global', { version: 'v1.33.4' }),
  cluster('business', {
    displayName: 'Business',
    version: 'v1.9.1',
    labels: { 'cpaas.io/arch-amd64': 'true' },
  }),
  cluster('edge', {
    version: 'v1.31.0',
    plugins: { installed: 3, upgradable: 2, failed: 0, busy: 0 },
    labels: { 'cpaas.io/arch-arm64': 'true' },
  }),
]

const names = (query: string) =>
  clustersFor(clusters, parseClusterList(new URLSearchParams(query))).map(({ name }) => name)

test('as the server lists them, unless told otherwise', () => {
  expect(names('')).toEqual(['global', 'business', 'edge'])
  expect(names('sort=nonsense')).toEqual(['global', 'business', 'edge'])
})

test('searches names, display names and labels', () => {
  expect(names('q=BUSI')).toEqual(['business'])
  expect(names('q=arch-arm64')).toEqual(['edge'])
  expect(names('q=arch-arm64%3Dtrue')).toEqual(['edge'])
  expect(names('q=nothing')).toEqual([])
})

test('sorts versions by number and plugins by what can be upgraded', () => {
  expect(names('sort=version')).toEqual(['business', 'edge', 'global'])
  expect(names('sort=-plugins')[0]).toBe('edge')
  expect(names('sort=-name')).toEqual(['global', 'edge', 'business'])
})

test('the address keeps what belongs to others', () => {
  const written = writeClusterList(
    { q: '', sort: null, page: 1 },
    new URLSearchParams('q=x&page=2&dialog=install'),
  )
  expect(written.toString()).toBe('dialog=install')
})
