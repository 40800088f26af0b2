import type { PluginStatus } from '#lib/domain/plugin-status.ts'
import type { Lifecycle } from '#lib/domain/lifecycle.ts'
import type { JsonObject } from '#lib/kinds/object.ts'

export const PLUGIN_SORTS = [
  'name',
  '-name',
  'status',
  '-status',
  'version',
  '-version',
  'lifecycle',
  '-lifecycle',
] as const

export type PluginSort = (typeof PLUGIN_SORTS)[number]

/** Query of `GET /api/plugins`; the same names stand in the page's URL. */
export interface PluginQuery {
  cluster?: string
  q?: string
  /** Repeatable or comma-separated; `Upgradable` selects the flag. */
  status?: (PluginStatus | 'Upgradable')[]
  lifecycle?: Lifecycle[]
  sort?: PluginSort
  /** From 1. */
  page?: number
  /** 1 to 200; 20 when absent. */
  pageSize?: number
}

/** Body of `POST /api/installations`. */
export interface InstallRequest {
  cluster: string
  plugin: string
  version: string
  /** The whole configuration; absent means the version's defaults. */
  config?: JsonObject
  valuesOverride?: JsonObject
  /** Additional labels, such as cross-cluster dependencies. */
  labels?: Record<string, string>
  reason?: string
  /** Check and answer with the object that would be created, creating nothing. */
  dryRun?: boolean
}

/** Body of `PATCH /api/installations/{cluster}/{plugin}`; a new version upgrades, a new config updates. */
export interface ChangeRequest {
  version?: string
  config?: JsonObject
  valuesOverride?: JsonObject
  labels?: Record<string, string>
  reason?: string
  resourceVersion: string
  /** Go on although other plugins can't live with the new version. */
  ignoreDependents?: boolean
  dryRun?: boolean
}

/** Optional JSON body of `DELETE /api/installations/{cluster}/{plugin}`. */
export interface UninstallRequest {
  resourceVersion?: string
  reason?: string
  /** Go on although other plugins need this one. */
  ignoreDependents?: boolean
  dryRun?: boolean
}
