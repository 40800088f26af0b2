import { GLOBAL_CLUSTER } from '#lib/kinds/cluster.ts'
import { ACTIONS } from '#lib/contract/action.ts'
import type { Action } from '#lib/contract/action.ts'

/** Addresses of the console's pages. */
export const PATHS = {
  clusterPlugins: '/marketplace/cluster-plugins',
  uploadPackages: '/marketplace/upload-packages',
  clusters: '/clusters',
  about: '/about',
} as const

export const CLUSTER_TABS = ['overview', 'features'] as const

export type ClusterTab = (typeof CLUSTER_TABS)[number]

/** What a segment of an address says; one that is no valid escape says what it is. */
export function segmentText(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

/** A plugin's page. */
export function pluginPath(plugin: string): string {
  return `${PATHS.clusterPlugins}/${encodeURIComponent(plugin)}`
}

/** The page of an upload: what its package holds. @param upload its id */
export function uploadPath(upload: string): string {
  return `${PATHS.uploadPackages}/${encodeURIComponent(upload)}`
}

/** A cluster's page, on one of its tabs. */
export function clusterPath(cluster: string, tab: ClusterTab = 'overview'): string {
  const path = `${PATHS.clusters}/${encodeURIComponent(cluster)}`
  return tab === 'overview' ? path : `${path}?tab=${tab}`
}

/** The list, narrowed to a cluster. */
export function pluginsOnClusterPath(cluster: string): string {
  return `${PATHS.clusterPlugins}?cluster=${encodeURIComponent(cluster)}`
}

/** A dialog as the address names it. */
export interface DialogAddress {
  dialog: Action
  plugin: string
  /** Empty where it is still to be picked. */
  cluster: string
  /** Preselected; absent means the newest that fits. */
  version?: string
}

type Parameters = Pick<URLSearchParams, 'get'>

/** The dialog that an address opens; null when there is none. */
export function dialogOf(parameters: Parameters): DialogAddress | null {
  const dialog = ACTIONS.find((action) => action === parameters.get('dialog'))
  const plugin = parameters.get('plugin')
  if (dialog === undefined || !plugin) return null
  const version = parameters.get('version')
  const cluster = parameters.get('cluster') ?? ''
  return { dialog, plugin, cluster: cluster === '*' ? '' : cluster, ...(version ? { version } : {}) }
}

function split(current: string): { path: string; parameters: URLSearchParams } {
  const [path = '', query = ''] = current.split('?', 2)
  return { path, parameters: new URLSearchParams(query) }
}

function join(path: string, parameters: URLSearchParams): string {
  const query = parameters.toString()
  return query === '' ? path : `${path}?${query}`
}

/**
 * The address that opens a dialog over the page at `current`.
 * @param current path and query of the page, without origin
 */
export function dialogHref(current: string, to: DialogAddress): string {
  const { path, parameters } = split(closeDialogHref(current))
  parameters.set('dialog', to.dialog)
  parameters.set('plugin', to.plugin)
  if (to.cluster !== '') parameters.set('cluster', to.cluster)
  if (to.version !== undefined) parameters.set('version', to.version)
  return join(path, parameters)
}

/** The address of the page under a dialog. The plugin list keeps its cluster: there it belongs to the list. */
export function closeDialogHref(current: string): string {
  const { path, parameters } = split(current)
  for (const name of ['dialog', 'plugin', 'version']) parameters.delete(name)
  if (path !== PATHS.clusterPlugins || parameters.get('cluster') === GLOBAL_CLUSTER)
    parameters.delete('cluster')
  return join(path, parameters)
}
