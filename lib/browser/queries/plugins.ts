import { queryOptions } from '@tanstack/react-query'
import type { PluginDetail, PluginPage, VersionContents, VersionForm } from '#lib/contract/plugin.ts'
import type { PluginQuery } from '#lib/contract/requests.ts'
import { apiGet } from '../api.ts'
import { API, pluginsPath } from '../api-paths.ts'

/** A page of the plugin list. */
export function pluginsQuery(query: PluginQuery) {
  const path = pluginsPath(query)
  return queryOptions({
    queryKey: ['plugins', 'list', path],
    queryFn: ({ signal }) => apiGet<PluginPage>(path, signal),
  })
}

/** One plugin in full. */
export function pluginQuery(plugin: string) {
  return queryOptions({
    queryKey: ['plugins', 'detail', plugin],
    queryFn: ({ signal }) => apiGet<PluginDetail>(API.plugin(plugin), signal),
  })
}

/** What the dialogs need of a version: its form. */
export function versionFormQuery(plugin: string, version: string) {
  return queryOptions({
    queryKey: ['plugins', 'form', plugin, version],
    queryFn: ({ signal }) => apiGet<VersionForm>(API.version(plugin, version), signal),
  })
}

/** What the package of a version held; null when nothing was kept of it. */
export function versionContentsQuery(plugin: string, version: string) {
  return queryOptions({
    queryKey: ['plugins', 'contents', plugin, version],
    queryFn: ({ signal }) =>
      apiGet<VersionContents | null>(`${API.version(plugin, version)}/contents`, signal),
  })
}
