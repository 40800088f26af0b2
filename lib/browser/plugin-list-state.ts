import { PLUGIN_SORTS } from '#lib/contract/requests.ts'
import type { PluginQuery, PluginSort } from '#lib/contract/requests.ts'
import { LIFECYCLES } from '#lib/domain/lifecycle.ts'
import type { Lifecycle } from '#lib/domain/lifecycle.ts'
import { PLUGIN_STATUSES } from '#lib/domain/plugin-status.ts'
import type { PluginStatus } from '#lib/domain/plugin-status.ts'
import { GLOBAL_CLUSTER } from '#lib/kinds/cluster.ts'

/** What the plugin list's address says: which cluster, which rows, in which order. */
export interface PluginListState {
  /** null: over all clusters. */
  cluster: string | null
  q: string
  status: (PluginStatus | 'Upgradable')[]
  lifecycle: Lifecycle[]
  sort: PluginSort
  /** From 1. */
  page: number
  pageSize: number
}

/** In an address, every cluster at once; no cluster can have this name. */
export const ALL_CLUSTERS = '*'

export const PAGE_SIZES = [20, 50, 100] as const

export const STATUS_FILTERS = ['Upgradable', ...PLUGIN_STATUSES] as const

/** The list as it opens. */
export const DEFAULT_LIST: PluginListState = {
  cluster: GLOBAL_CLUSTER,
  q: '',
  status: [],
  lifecycle: [],
  sort: 'name',
  page: 1,
  pageSize: PAGE_SIZES[0],
}

type Parameters = Pick<URLSearchParams, 'get' | 'getAll'>

function chosen<T extends string>(parameters: Parameters, name: string, known: readonly T[]): T[] {
  const values = new Set(parameters.getAll(name).flatMap((value) => value.split(',')))
  return known.filter((one) => values.has(one))
}

/** Reads the list's state from an address; what makes no sense counts as left out. */
export function parsePluginList(parameters: Parameters): PluginListState {
  const cluster = parameters.get('cluster')
  const page = Number(parameters.get('page') ?? 1)
  const pageSize = Number(parameters.get('pageSize'))
  return {
    cluster: cluster === ALL_CLUSTERS ? null : cluster || DEFAULT_LIST.cluster,
    q: (parameters.get('q') ?? '').trim().slice(0, 200),
    status: chosen(parameters, 'status', STATUS_FILTERS),
    lifecycle: chosen(parameters, 'lifecycle', LIFECYCLES),
    sort: PLUGIN_SORTS.find((sort) => sort === parameters.get('sort')) ?? DEFAULT_LIST.sort,
    page: Number.isSafeInteger(page) && page >= 1 ? page : 1,
    pageSize: PAGE_SIZES.find((size) => size === pageSize) ?? DEFAULT_LIST.pageSize,
  }
}

/**
 * Writes the list's state into an address, leaving out what is as it opens.
 * @param rest parameters that are no part of the list; they are kept
 */
export function writePluginList(state: PluginListState, rest?: URLSearchParams): URLSearchParams {
  const parameters = new URLSearchParams(rest)
  const set = (name: keyof PluginListState, value: string, usual: string) => {
    if (value === usual) parameters.delete(name)
    else parameters.set(name, value)
  }
  set('cluster', state.cluster ?? ALL_CLUSTERS, DEFAULT_LIST.cluster ?? '')
  set('q', state.q, '')
  set('status', state.status.join(','), '')
  set('lifecycle', state.lifecycle.join(','), '')
  set('sort', state.sort, DEFAULT_LIST.sort)
  set('page', String(state.page), '1')
  set('pageSize', String(state.pageSize), String(DEFAULT_LIST.pageSize))
  return parameters
}

/** The request that fills the list. */
export function pluginQueryOf(state: PluginListState): PluginQuery {
  return {
    ...(state.cluster === null ? {} : { cluster: state.cluster }),
    ...(state.q === '' ? {} : { q: state.q }),
    ...(state.status.length === 0 ? {} : { status: state.status }),
    ...(state.lifecycle.length === 0 ? {} : { lifecycle: state.lifecycle }),
    sort: state.sort,
    page: state.page,
    pageSize: state.pageSize,
  }
}

/** Whether rows are left out by anything but the page. */
export function isFiltered(state: PluginListState): boolean {
  return state.q !== '' || state.status.length > 0 || state.lifecycle.length > 0
}

/** The order after a press on a column's head: up, down, and back to the usual one. */
export function nextSort(now: PluginSort, column: 'name' | 'status' | 'version' | 'lifecycle'): PluginSort {
  if (now === column) return `-${column}`
  return now === `-${column}` ? DEFAULT_LIST.sort : column
}
