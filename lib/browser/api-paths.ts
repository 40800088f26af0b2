import type { PackageQuery } from '#lib/contract/package.ts'
import type { PluginQuery } from '#lib/contract/requests.ts'
import type { ResourceQuery } from '#lib/contract/resource.ts'

const segment = encodeURIComponent

/** Addresses of the console's API. */
export const API = {
  about: '/api/about',
  session: '/api/session',
  clusters: '/api/clusters',
  packages: '/api/packages',
  applications: '/api/packages/apps.yaml',
  packageVersion: (plugin: string, version: string) =>
    `/api/packages/${segment(plugin)}/versions/${segment(version)}`,
  events: '/api/events',
  installations: '/api/installations',
  cluster: (cluster: string) => `/api/clusters/${segment(cluster)}`,
  plugin: (plugin: string) => `/api/plugins/${segment(plugin)}`,
  version: (plugin: string, version: string) =>
    `/api/plugins/${segment(plugin)}/versions/${segment(version)}`,
  installation: (cluster: string, plugin: string) =>
    `/api/installations/${segment(cluster)}/${segment(plugin)}`,
  uploads: '/api/uploads',
  upload: (upload: string) => `/api/uploads/${segment(upload)}`,
} as const

/** The plugin list's address for a query; the same query has the same address. */
export function pluginsPath(query: PluginQuery): string {
  const parameters = new URLSearchParams()
  if (query.cluster !== undefined) parameters.set('cluster', query.cluster)
  if (query.q !== undefined) parameters.set('q', query.q)
  if (query.status !== undefined) parameters.set('status', query.status.join(','))
  if (query.lifecycle !== undefined) parameters.set('lifecycle', query.lifecycle.join(','))
  if (query.sort !== undefined) parameters.set('sort', query.sort)
  if (query.page !== undefined) parameters.set('page', String(query.page))
  if (query.pageSize !== undefined) parameters.set('pageSize', String(query.pageSize))
  const text = parameters.toString()
  return text === '' ? '/api/plugins' : `/api/plugins?${text}`
}

/** The package list's address for a query; the same query has the same address. */
export function packagesPath({ q, show, page }: PackageQuery): string {
  const parameters = new URLSearchParams()
  if (q !== undefined) parameters.set('q', q)
  if (show !== undefined) parameters.set('show', show)
  if (page !== undefined) parameters.set('page', String(page))
  const text = parameters.toString()
  return text === '' ? API.packages : `${API.packages}?${text}`
}

/** The address of a cluster's live objects; the same query has the same address. */
export function resourcesPath(cluster: string, query: ResourceQuery): string {
  const { kind, group, version, namespace, labelSelector, search, limit, plugin } = query
  const parameters = new URLSearchParams({ kind })
  const others = { group, version, namespace, labelSelector, search, limit, plugin }
  for (const [name, value] of Object.entries(others))
    if (value !== undefined && value !== '') parameters.set(name, String(value))
  return `${API.cluster(cluster)}/resources?${parameters}`
}
