import type { PluginOnCluster } from '#lib/contract/installation.ts'
import { installationOf } from '#lib/domain/world.ts'
import type { ClusterFacts, Installation, PluginFacts, World } from '#lib/domain/world.ts'
import { pluginOnCluster } from './views/plugin-on-cluster.ts'

/** What a row was computed from; identical parts mean an identical row. Parts that its rules don't look at are left out. */
interface RowKey {
  plugin: PluginFacts
  cluster: ClusterFacts
  installation: Installation | undefined
  plugins: World['plugins'] | undefined
  /** All that is on this cluster. */
  here: ReadonlyMap<string, Installation> | undefined
  everywhere: World['installations'] | undefined
}

/** The table of one cluster, with what each row was computed from. */
export interface PluginRows {
  readonly views: ReadonlyMap<string, PluginOnCluster>
  readonly keys: ReadonlyMap<string, RowKey>
}

/** How far the rules of a plugin's versions look. */
interface Sight {
  plugins: boolean
  here: boolean
  everywhere: boolean
}

const sights = new WeakMap<PluginFacts, Sight>()

function hasAny(list: readonly unknown[] | undefined): boolean {
  return list !== undefined && list.length > 0
}

function sightOf(plugin: PluginFacts): Sight {
  const known = sights.get(plugin)
  if (known !== undefined) return known
  const specs = plugin.versions.map(({ moduleConfig }) => moduleConfig.spec)
  const plugins = specs.some(({ upgradeBefore }) => hasAny(upgradeBefore))
  const sight = {
    plugins,
    here:
      plugins ||
      specs.some(
        ({ dependencies, affinity }) => hasAny(dependencies) || hasAny(affinity?.pluginAntiAffinity),
      ),
    everywhere: specs.some(({ pluginDependencies }) => hasAny(pluginDependencies?.crossCluster?.oneOf)),
  }
  sights.set(plugin, sight)
  return sight
}

/** Whether what the platform lists as available brings rules of its own. */
function toldLooksFar(installation: Installation | undefined): boolean {
  const told = installation?.moduleInfo.status?.availableVersions ?? []
  return told.some(({ dependencies, upgradeBefore }) => hasAny(dependencies) || hasAny(upgradeBefore))
}

function keyOf(world: World, plugin: PluginFacts, cluster: ClusterFacts): RowKey {
  const installation = installationOf(world, plugin.name, cluster.name)
  const sight = sightOf(plugin)
  const isTold = toldLooksFar(installation)
  return {
    plugin,
    cluster,
    installation,
    plugins: sight.plugins || isTold ? world.plugins : undefined,
    here: sight.here || isTold ? world.installations.get(cluster.name) : undefined,
    everywhere: sight.everywhere ? world.installations : undefined,
  }
}

function isSameKey(a: RowKey, b: RowKey): boolean {
  return (
    a.plugin === b.plugin &&
    a.cluster === b.cluster &&
    a.installation === b.installation &&
    a.plugins === b.plugins &&
    a.here === b.here &&
    a.everywhere === b.everywhere
  )
}

/** The rows of a cluster, one for each plugin; rows whose parts are the same as before are taken over. */
export function updateRows(world: World, cluster: ClusterFacts, previous?: PluginRows): PluginRows {
  const views = new Map<string, PluginOnCluster>()
  const keys = new Map<string, RowKey>()
  for (const plugin of world.plugins.values()) {
    const key = keyOf(world, plugin, cluster)
    const oldKey = previous?.keys.get(plugin.name)
    const oldView = previous?.views.get(plugin.name)
    const isKept = oldKey !== undefined && oldView !== undefined && isSameKey(oldKey, key)
    keys.set(plugin.name, isKept ? oldKey : key)
    views.set(plugin.name, isKept ? oldView : pluginOnCluster(world, plugin, cluster))
  }
  return { views, keys }
}
