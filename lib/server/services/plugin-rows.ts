import type { PluginOnCluster } from '#lib/contract/installation.ts'
import { pluginsThatNeed } from '#lib/domain/dependents.ts'
import { installationOf } from '#lib/domain/world.ts'
import type { ClusterFacts, Installation, PluginFacts, World } from '#lib/domain/world.ts'
import { pluginOnCluster } from './views/plugin-on-cluster.ts'

/** What a row was computed from; identical parts mean an identical row. */
interface RowKey {
  plugin: PluginFacts
  cluster: ClusterFacts
  installation: Installation | undefined
  /** The state of all others, for plugins whose rules look at others. */
  others: World | undefined
}

/** The table of one cluster, with what each row was computed from. */
export interface PluginRows {
  readonly views: ReadonlyMap<string, PluginOnCluster>
  readonly keys: ReadonlyMap<string, RowKey>
}

/** Whether rules of this plugin look at other plugins, or theirs at this one. */
function looksAtOthers(world: World, plugin: PluginFacts, installation: Installation | undefined): boolean {
  return (
    pluginsThatNeed(world, plugin.name).length > 0 ||
    installation?.moduleInfo.status?.availableVersions?.some(
      ({ dependencies, upgradeBefore }) => (dependencies?.length ?? 0) + (upgradeBefore?.length ?? 0) > 0,
    ) === true ||
    plugin.versions.some(
      ({ moduleConfig: { spec } }) =>
        (spec.dependencies?.length ?? 0) > 0 ||
        (spec.upgradeBefore?.length ?? 0) > 0 ||
        (spec.affinity?.pluginAntiAffinity?.length ?? 0) > 0 ||
        (spec.pluginDependencies?.crossCluster?.oneOf?.length ?? 0) > 0,
    )
  )
}

function isSameWorld(a: World | undefined, b: World | undefined): boolean {
  return a === b || (a?.plugins === b?.plugins && a?.installations === b?.installations)
}

function isSameKey(a: RowKey, b: RowKey): boolean {
  return (
    a.plugin === b.plugin &&
    a.cluster === b.cluster &&
    a.installation === b.installation &&
    isSameWorld(a.others, b.others)
  )
}

/** The rows of a cluster, one for each plugin; rows whose parts are the same as before are taken over. */
export function updateRows(world: World, cluster: ClusterFacts, previous?: PluginRows): PluginRows {
  const views = new Map<string, PluginOnCluster>()
  const keys = new Map<string, RowKey>()
  for (const plugin of world.plugins.values()) {
    const installation = installationOf(world, plugin.name, cluster.name)
    const others = looksAtOthers(world, plugin, installation) ? world : undefined
    const key: RowKey = { plugin, cluster, installation, others }
    const oldKey = previous?.keys.get(plugin.name)
    const oldView = previous?.views.get(plugin.name)
    const isKept = oldKey !== undefined && oldView !== undefined && isSameKey(oldKey, key)
    keys.set(plugin.name, isKept ? oldKey : key)
    views.set(plugin.name, isKept ? oldView : pluginOnCluster(world, plugin, cluster))
  }
  return { views, keys }
}
