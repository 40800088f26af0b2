import type { ModuleConfig } from '#lib/kinds/module-config.ts'
import type { ModuleInfo } from '#lib/kinds/module-info.ts'
import type { ModulePlugin } from '#lib/kinds/module-plugin.ts'
import type { PluginSpec } from '#lib/kinds/plugin-spec.ts'
import type { LabelledCluster } from './affinity.ts'
import type { DerivedStatus } from './derive-status.ts'
import type { Lifecycle } from './lifecycle.ts'

export interface ClusterFacts extends LabelledCluster {
  /** The platform's own version on that cluster, where it is known. */
  readonly platformVersion?: string
}

/** One published version of a plugin. */
export interface PublishedVersion {
  readonly version: string
  readonly ready: boolean
  readonly moduleConfig: ModuleConfig
}

export interface PluginFacts {
  readonly name: string
  /** Undefined when only ModuleConfigs or installations tell of it. */
  readonly modulePlugin: ModulePlugin | undefined
  readonly lifecycle: Lifecycle
  /** Newest first, each version once. */
  readonly versions: readonly PublishedVersion[]
}

/** A plugin on a cluster. */
export interface Installation {
  readonly plugin: string
  readonly cluster: string
  readonly moduleInfo: ModuleInfo
  readonly derived: DerivedStatus
  /** Further ModuleInfos for the same place: temporary ones during a rename, or refused ones. */
  readonly others: readonly ModuleInfo[]
}

/** All that the rules look at, indexed. Built by `buildWorld`; never changed afterwards. */
export interface World {
  readonly plugins: ReadonlyMap<string, PluginFacts>
  readonly clusters: ReadonlyMap<string, ClusterFacts>
  /** By cluster, then by plugin. */
  readonly installations: ReadonlyMap<string, ReadonlyMap<string, Installation>>
}

/** The installation of a plugin on a cluster, if there is one. */
export function installationOf(world: World, plugin: string, cluster: string): Installation | undefined {
  return world.installations.get(cluster)?.get(plugin)
}

/** Names of the plugins that are on a cluster, in whatever state. */
export function pluginsOn(world: World, cluster: string): string[] {
  return [...(world.installations.get(cluster)?.keys() ?? [])]
}

/** A published version of a plugin by its text, exactly as `spec.version` has it. */
export function publishedVersion(
  plugin: PluginFacts | undefined,
  version: string,
): PublishedVersion | undefined {
  return plugin?.versions.find((published) => published.version === version)
}

/** What is known of the version that an installation runs (else wants): its ModuleConfig's spec, else the plugin's. */
export function specOf(world: World, installation: Installation): PluginSpec | undefined {
  const plugin = world.plugins.get(installation.plugin)
  const { spec, status } = installation.moduleInfo
  const running = status?.version ?? ''
  const published =
    publishedVersion(plugin, running === '' ? spec.version : running) ??
    publishedVersion(plugin, spec.version)
  return published?.moduleConfig.spec ?? plugin?.modulePlugin?.spec
}
