import { affinityReasons } from './affinity.ts'
import type { VersionOnCluster } from './derive-status.ts'
import type { Reason } from './reason.ts'
import { matchesRange, parseRange } from './version-range.ts'
import { pluginsOn } from './world.ts'
import type { ClusterFacts, PluginFacts, PublishedVersion, World } from './world.ts'

function acceptsPlatform(wanted: string, actual: string): boolean {
  if (wanted === actual) return true
  const range = parseRange(wanted)
  return range !== undefined && matchesRange(range, actual)
}

/** The platform versions that a version can go to; empty means any. */
export function targetVersionsOf({ moduleConfig }: PublishedVersion): readonly string[] {
  const told = moduleConfig.status?.targetClusterVersions ?? []
  return told.length > 0 ? told : (moduleConfig.spec.targetClusterVersions ?? [])
}

function platformReasons(published: PublishedVersion, cluster: ClusterFacts): Reason[] {
  const wanted = targetVersionsOf(published)
  const actual = cluster.platformVersion
  if (actual === undefined || wanted.length === 0) return []
  if (wanted.some((text) => acceptsPlatform(text, actual))) return []
  return [
    {
      code: 'platform-version-mismatch',
      params: { cluster: cluster.name, expected: wanted.join(', '), actual },
    },
  ]
}

/**
 * Why a version of a plugin doesn't fit a cluster: its affinity and the platform's version (not checked where the
 * cluster's isn't known). Empty when it fits.
 */
export function misfitsOf(
  world: World,
  plugin: string,
  published: PublishedVersion,
  cluster: ClusterFacts,
): Reason[] {
  const { affinity } = published.moduleConfig.spec
  const neighbours = (affinity?.pluginAntiAffinity?.length ?? 0) > 0 ? pluginsOn(world, cluster.name) : []
  return [...affinityReasons(affinity, cluster, neighbours, plugin), ...platformReasons(published, cluster)]
}

/** All published versions of a plugin as seen from one cluster, newest first. */
export function versionsOnCluster(
  world: World,
  plugin: PluginFacts,
  cluster: ClusterFacts,
): VersionOnCluster[] {
  return plugin.versions.map((published) => ({
    version: published.version,
    ready: published.ready,
    misfits: misfitsOf(world, plugin.name, published, cluster),
  }))
}
