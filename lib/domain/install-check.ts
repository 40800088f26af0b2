import { crossClusterReasons, dependencyReasons } from './dependencies.ts'
import type { Reason } from './reason.ts'
import { misfitsOf } from './version-fit.ts'
import { installationOf, publishedVersion } from './world.ts'
import type { ClusterFacts, PluginFacts, PublishedVersion, World } from './world.ts'

/** Why this version can't be installed on this cluster, leaving aside whether the plugin is there already. */
export function versionInstallReasons(
  world: World,
  plugin: string,
  published: PublishedVersion,
  cluster: ClusterFacts,
): Reason[] {
  const { spec } = published.moduleConfig
  return [
    ...(published.ready
      ? []
      : [{ code: 'version-not-ready', params: { version: published.version } } satisfies Reason]),
    ...misfitsOf(world, plugin, published, cluster),
    ...dependencyReasons(world, spec.dependencies, plugin, cluster.name),
    ...crossClusterReasons(world, spec, cluster.name),
  ]
}

/** Why a plugin's version can't be installed on a cluster; empty when it can. Every name is checked. */
export function installReasons(
  world: World,
  wanted: { cluster: string; plugin: string; version: string },
): Reason[] {
  const cluster = world.clusters.get(wanted.cluster)
  if (cluster === undefined) return [{ code: 'cluster-unknown', params: { cluster: wanted.cluster } }]
  const plugin = world.plugins.get(wanted.plugin)
  if (plugin === undefined) return [{ code: 'plugin-unknown', params: { plugin: wanted.plugin } }]
  if (installationOf(world, wanted.plugin, wanted.cluster) !== undefined)
    return [{ code: 'already-installed', params: { plugin: wanted.plugin, cluster: wanted.cluster } }]
  if (plugin.versions.length === 0)
    return [{ code: 'no-version-published', params: { plugin: wanted.plugin } }]
  const published = publishedVersion(plugin, wanted.version)
  if (published === undefined) return [{ code: 'version-unknown', params: { version: wanted.version } }]
  return versionInstallReasons(world, wanted.plugin, published, cluster)
}

/** The newest version of a plugin that can be installed on a cluster now. */
export function installableVersion(
  world: World,
  plugin: PluginFacts,
  cluster: ClusterFacts,
): PublishedVersion | undefined {
  if (installationOf(world, plugin.name, cluster.name) !== undefined) return undefined
  return plugin.versions.find(
    (published) => versionInstallReasons(world, plugin.name, published, cluster).length === 0,
  )
}

/** Why no version of a plugin can be installed on a cluster now: those of the version that comes closest. */
export function installActionReasons(world: World, plugin: PluginFacts, cluster: ClusterFacts): Reason[] {
  if (installationOf(world, plugin.name, cluster.name) !== undefined)
    return [{ code: 'already-installed', params: { plugin: plugin.name, cluster: cluster.name } }]
  let closest: Reason[] | undefined
  for (const published of plugin.versions) {
    const reasons = versionInstallReasons(world, plugin.name, published, cluster)
    if (reasons.length === 0) return []
    if (closest === undefined || reasons.length < closest.length) closest = reasons
  }
  return closest ?? [{ code: 'no-version-published', params: { plugin: plugin.name } }]
}
