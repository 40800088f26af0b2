import { expect, test } from 'vitest'
import type { SourceFreshness } from '#lib/contract/freshness.ts'
import { liveSummary } from './live-summary.ts'

const source = (cluster: string, state: SourceFreshness['state'], knownAt: string | null = null) => ({
  cluster,
  kind: 'ModuleInfo',
  state,
  knownAt,
  message: null,
})
const summary = (...freshness: SourceFreshness[]) =>
  liveSummary({ connection: 'open', lostAt: null, cursor: null, freshness })

test('live when every source is, or lacks the API', () => {
  expect(summary(source('global', 'live'), source('edge', 'absent'))).toEqual({ state: 'live', behind: [] })
})

test('each cluster once, with its worst state and its oldest time', () => {
  expect(
    summary(
      source('edge', 'forbidden', '2026-03-05T10:00:00Z'),
      { ...source('edge', 'stale', '2026-03-05T09:00:00Z'), kind: 'ModulePlugin' },
      source('edge', 'live'),
      source('business', 'loading'),
    ),
  ).toEqual({
    state: 'partly',
    behind: [
      { cluster: 'business', kinds: ['ModuleInfo'], state: 'loading', knownAt: null },
      {
        cluster: 'edge',
        kinds: ['ModuleInfo', 'ModulePlugin'],
        state: 'stale',
        knownAt: '2026-03-05T09:00:00Z',
      },
    ],
  })
})

test('without a connection nothing is live', () => {
  const state = { lostAt: 1, cursor: null, freshness: [source('global', 'live')] }
  expect(liveSummary({ ...state, connection: 'lost' }).state).toBe('lost')
  expect(liveSummary({ ...state, connection: 'connecting' }).state).toBe('connecting')
})
