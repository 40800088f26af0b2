import { acceptsVersion, rangesText } from './dependencies.ts'
import { crossClusterChoices, crossClusterPlugin } from './cross-cluster-choice.ts'
import type { Reason } from './reason.ts'
import { installationOf, specOf } from './world.ts'
import type { Installation, PluginFacts, World } from './world.ts'

/** An installation that needs another one. */
export interface Dependent {
  readonly plugin: string
  readonly cluster: string
  /** The versions that it can live with, as text; `''` when any. */
  readonly ranges: string
  accepts(version: string): boolean
}

interface DependencyIndex {
  /** Plugins of which some version depends on the key. */
  readonly dependentsOf: ReadonlyMap<string, ReadonlySet<string>>
  /** Plugins of which some version depends on plugins of other clusters. */
  readonly acrossClusters: ReadonlySet<string>
}

/** Remembered per set of plugins: the index only depends on what is published. */
const indexes = new WeakMap<World['plugins'], DependencyIndex>()

function namesNeededBy(plugin: PluginFacts): Set<string> {
  const names = plugin.versions.flatMap(({ moduleConfig }) => moduleConfig.spec.dependencies ?? [])
  return new Set(names.map(({ moduleName }) => moduleName))
}

function needsOtherClusters(plugin: PluginFacts): boolean {
  return plugin.versions.some(
    ({ moduleConfig: { spec } }) =>
      (spec.crossClusterDependencies?.length ?? 0) > 0 ||
      (spec.pluginDependencies?.crossCluster?.oneOf?.length ?? 0) > 0,
  )
}

function indexOf(plugins: World['plugins']): DependencyIndex {
  const known = indexes.get(plugins)
  if (known !== undefined) return known
  const dependentsOf = new Map<string, Set<string>>()
  const acrossClusters = new Set<string>()
  for (const plugin of plugins.values()) {
    for (const needed of namesNeededBy(plugin))
      if (needed !== plugin.name)
        dependentsOf.set(needed, (dependentsOf.get(needed) ?? new Set<string>()).add(plugin.name))
    if (needsOtherClusters(plugin)) acrossClusters.add(plugin.name)
  }
  const index = { dependentsOf, acrossClusters }
  indexes.set(plugins, index)
  return index
}

/** Plugins of which some published version depends on this one, by name. */
export function pluginsThatNeed(world: World, plugin: string): string[] {
  return [...(indexOf(world.plugins).dependentsOf.get(plugin) ?? [])].sort()
}

/** Plugins of which some published version depends on plugins of other clusters. */
export function pluginsAcrossClusters(world: World): ReadonlySet<string> {
  return indexOf(world.plugins).acrossClusters
}

function isAlive(installation: Installation): boolean {
  return installation.derived.status !== 'Uninstalling'
}

function dependentOnSameCluster(
  world: World,
  installation: Installation,
  plugin: string,
): Dependent | undefined {
  const dependency = specOf(world, installation)?.dependencies?.find(
    ({ moduleName }) => moduleName === plugin,
  )
  if (dependency === undefined) return undefined
  return {
    plugin: installation.plugin,
    cluster: installation.cluster,
    ranges: rangesText(dependency),
    accepts: (version) => acceptsVersion(dependency, version),
  }
}

function isServedBy(world: World, installation: Installation, plugin: string, cluster: string): boolean {
  const { moduleInfo } = installation
  if (crossClusterChoices(moduleInfo.spec.config).get(plugin) === cluster) return true
  const labels = Object.entries(moduleInfo.metadata.labels ?? {})
  if (labels.some(([key, value]) => crossClusterPlugin(key) === plugin && value === cluster)) return true
  const choices = specOf(world, installation)?.pluginDependencies?.crossCluster?.oneOf ?? []
  const met = choices.filter(({ clusterName, pluginName }) => {
    const other = installationOf(world, pluginName, clusterName === '' ? installation.cluster : clusterName)
    return (other?.moduleInfo.status?.version ?? '') !== ''
  })
  const [only] = met
  // Another choice that is installed could take over.
  return (
    met.length === 1 &&
    only?.pluginName === plugin &&
    (only.clusterName === '' ? installation.cluster : only.clusterName) === cluster
  )
}

/** Installations that need `plugin` on `cluster`: on the same cluster, and those elsewhere that it serves. */
export function dependentsOn(world: World, plugin: string, cluster: string): Dependent[] {
  const found: Dependent[] = []
  for (const name of pluginsThatNeed(world, plugin)) {
    const installation = installationOf(world, name, cluster)
    const dependent =
      installation !== undefined && isAlive(installation)
        ? dependentOnSameCluster(world, installation, plugin)
        : undefined
    if (dependent !== undefined) found.push(dependent)
  }
  const across = pluginsAcrossClusters(world)
  if (across.size === 0) return found
  for (const [elsewhere, installations] of world.installations)
    for (const name of across) {
      const installation = installations.get(name)
      if (installation === undefined || name === plugin || !isAlive(installation)) continue
      if (found.some((dependent) => dependent.plugin === name && dependent.cluster === elsewhere)) continue
      if (isServedBy(world, installation, plugin, cluster))
        found.push({ plugin: name, cluster: elsewhere, ranges: '', accepts: () => true })
    }
  return found
}

/** A dependent as a reason. */
export function neededBy({ plugin, cluster, ranges }: Dependent): Reason {
  return { code: 'needed-by', params: { plugin, cluster, ranges } }
}
