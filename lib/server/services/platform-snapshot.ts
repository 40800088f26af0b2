import type { PluginOnCluster } from '#lib/contract/installation.ts'
import { buildWorld } from '#lib/domain/build-world.ts'
import { placeOf, pluginOf, versionOf } from '#lib/domain/module-name.ts'
import type { Reason } from '#lib/domain/reason.ts'
import { canonicalJson } from '#lib/domain/spec-hash.ts'
import { soundObject } from '#lib/domain/sound-object.ts'
import type { ClusterFacts, World } from '#lib/domain/world.ts'
import type { Artifact, ArtifactVersion } from '#lib/kinds/artifact.ts'
import type { Cluster } from '#lib/kinds/cluster.ts'
import type { ModuleConfig } from '#lib/kinds/module-config.ts'
import type { ModuleInfo } from '#lib/kinds/module-info.ts'
import type { ModulePlugin } from '#lib/kinds/module-plugin.ts'
import { updateRows } from './plugin-rows.ts'
import type { PluginRows } from './plugin-rows.ts'

export interface SnapshotInput {
  clusters: readonly Cluster[]
  modulePlugins: readonly ModulePlugin[]
  moduleConfigs: readonly ModuleConfig[]
  moduleInfos: readonly ModuleInfo[]
  artifacts: readonly Artifact[]
  artifactVersions: readonly ArtifactVersion[]
}

/** Everything the services read, of one moment. */
export interface PlatformSnapshot {
  readonly world: World
  readonly clusters: ReadonlyMap<string, Cluster>
  /** What is wrong with objects, by plugin. */
  readonly problems: ReadonlyMap<string, readonly Reason[]>
  /** A plugin's ModuleInfos, those without a proper place included. */
  moduleInfosOf(plugin: string): readonly ModuleInfo[]
  readonly artifacts: readonly Artifact[]
  readonly artifactVersions: readonly ArtifactVersion[]
  /** The table of a cluster: one row for each plugin there is. */
  rowsOn(cluster: string): ReadonlyMap<string, PluginOnCluster>
}

const facts = new WeakMap<Cluster, ClusterFacts>()

/**
 * The same facts for the same object, and for one of which only other things changed (a heartbeat), so that what depends
 * on them can tell that nothing changed.
 */
function factsOf(cluster: Cluster, previous: World | undefined): ClusterFacts {
  const known = facts.get(cluster)
  if (known !== undefined) return known
  const { name, labels = {} } = cluster.metadata
  const before = previous?.clusters.get(name)
  const isSame = before !== undefined && canonicalJson(before.labels) === canonicalJson(labels)
  const fresh = isSame ? before : { name, labels }
  facts.set(cluster, fresh)
  return fresh
}

interface Joined {
  modulePlugins: ModulePlugin[]
  moduleConfigs: ModuleConfig[]
  moduleInfos: ModuleInfo[]
  problems: Map<string, Reason[]>
}

function join(input: SnapshotInput): Joined {
  const problems = new Map<string, Reason[]>()
  const note = (plugin: string, reasons: readonly Reason[]): void => {
    if (reasons.length > 0) problems.set(plugin, [...(problems.get(plugin) ?? []), ...reasons])
  }
  const modulePlugins = input.modulePlugins.map((raw) => {
    const sound = soundObject('ModulePlugin', raw)
    note(pluginOf(sound.object), sound.problems)
    return sound.object
  })
  const moduleConfigs = input.moduleConfigs.map((raw) => {
    const { object, problems: found } = soundObject('ModuleConfig', raw)
    note(pluginOf(object), found)
    if (versionOf(object.spec) === undefined && found.length === 0)
      note(pluginOf(object), [
        {
          code: 'malformed-object',
          params: { kind: 'ModuleConfig', name: object.metadata.name, message: 'it has no version' },
        },
      ])
    return object
  })
  const moduleInfos = input.moduleInfos.map((raw) => {
    const sound = soundObject('ModuleInfo', raw)
    note(placeOf(sound.object).plugin, sound.problems)
    return sound.object
  })
  return { modulePlugins, moduleConfigs, moduleInfos, problems }
}

/** The newest tables that a snapshot has or was given, for the next one to take over what still holds. */
const tables = new WeakMap<PlatformSnapshot, Map<string, PluginRows>>()

/** Joins raw objects; parts that are the same as a moment ago are taken over from `previous`. */
export function buildSnapshot(input: SnapshotInput, previous?: PlatformSnapshot): PlatformSnapshot {
  const clusters = input.clusters.map((cluster) => soundObject('Cluster', cluster).object)
  const { problems, ...joined } = join(input)
  const clusterFacts = clusters.map((cluster) => factsOf(cluster, previous?.world))
  const world = buildWorld({ ...joined, clusters: clusterFacts }, previous?.world)
  const rows = new Map(previous === undefined ? [] : tables.get(previous))
  const current = new Set<string>()
  const snapshot: PlatformSnapshot = {
    world,
    clusters: new Map(clusters.map((cluster) => [cluster.metadata.name, cluster])),
    problems,
    moduleInfosOf: (plugin) => joined.moduleInfos.filter((info) => placeOf(info).plugin === plugin),
    artifacts: input.artifacts.map((object) => soundObject('Artifact', object).object),
    artifactVersions: input.artifactVersions.map((object) => soundObject('ArtifactVersion', object).object),
    rowsOn(name) {
      const known = rows.get(name)
      if (known !== undefined && current.has(name)) return known.views
      const cluster = world.clusters.get(name)
      if (cluster === undefined) return new Map()
      const fresh = updateRows(world, cluster, known)
      rows.set(name, fresh)
      current.add(name)
      return fresh.views
    },
  }
  tables.set(snapshot, rows)
  return snapshot
}
