import type { ClusterSummary } from '#lib/contract/cluster.ts'
import { labelText } from './affinity-labels.ts'

export const CLUSTER_SORTS = [
  'name',
  '-name',
  'version',
  '-version',
  'phase',
  '-phase',
  'plugins',
  '-plugins',
] as const

export type ClusterSort = (typeof CLUSTER_SORTS)[number]

/** What the cluster list's address says. */
export interface ClusterListState {
  q: string
  /** null: the global cluster first, then by name. */
  sort: ClusterSort | null
  /** From 1. */
  page: number
}

export const CLUSTERS_PER_PAGE = 50

type Parameters = Pick<URLSearchParams, 'get'>

/** Reads the list's state from an address; what makes no sense counts as left out. */
export function parseClusterList(parameters: Parameters): ClusterListState {
  const page = Number(parameters.get('page') ?? 1)
  return {
    q: (parameters.get('q') ?? '').trim().slice(0, 200),
    sort: CLUSTER_SORTS.find((sort) => sort === parameters.get('sort')) ?? null,
    page: Number.isSafeInteger(page) && page >= 1 ? page : 1,
  }
}

/** Writes it, keeping the parameters of others. */
export function writeClusterList(state: ClusterListState, rest: URLSearchParams): URLSearchParams {
  const parameters = new URLSearchParams(rest)
  const set = (name: string, value: string) => {
    if (value === '') parameters.delete(name)
    else parameters.set(name, value)
  }
  set('q', state.q)
  set('sort', state.sort ?? '')
  set('page', state.page === 1 ? '' : String(state.page))
  return parameters
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** A silent cluster's phase is none. */
function shownPhase({ phase, reachability, hasNoWay }: ClusterSummary): string {
  return hasNoWay || reachability.state === 'unreachable' ? '' : phase
}

const KEYS = {
  name: (a: ClusterSummary, b: ClusterSummary) => collator.compare(a.name, b.name),
  version: (a: ClusterSummary, b: ClusterSummary) => collator.compare(a.version ?? '', b.version ?? ''),
  phase: (a: ClusterSummary, b: ClusterSummary) => collator.compare(shownPhase(a), shownPhase(b)),
  plugins: (a: ClusterSummary, b: ClusterSummary) =>
    a.plugins.upgradable - b.plugins.upgradable || a.plugins.installed - b.plugins.installed,
}

/** The clusters that the search leaves, in the order asked for. */
export function clustersFor(clusters: readonly ClusterSummary[], state: ClusterListState): ClusterSummary[] {
  const wanted = state.q.toLowerCase()
  const found = clusters.filter(({ name, displayName, labels }) =>
    [name, displayName, ...Object.entries(labels).map(([key, value]) => labelText(key, value))].some((text) =>
      text.toLowerCase().includes(wanted),
    ),
  )
  if (state.sort === null) return found
  const isDescending = state.sort.startsWith('-')
  const compare = KEYS[state.sort.replace('-', '') as keyof typeof KEYS]
  return found.sort((a, b) => (isDescending ? compare(b, a) : compare(a, b)) || KEYS.name(a, b))
}
