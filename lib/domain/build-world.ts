import { LABEL } from '#lib/kinds/labels.ts'
import type { ModuleConfig } from '#lib/kinds/module-config.ts'
import type { ModuleInfo } from '#lib/kinds/module-info.ts'
import type { ModulePlugin } from '#lib/kinds/module-plugin.ts'
import type { KubeObject } from '#lib/kinds/object.ts'
import { installationStatus } from './derive-status.ts'
import { lifecycleOf } from './lifecycle.ts'
import { moduleConfigName, placeOf, pluginOf, versionOf } from './module-name.ts'
import { compareInstallations } from './primary-installation.ts'
import { compareVersions } from './semver.ts'
import type { ClusterFacts, Installation, PluginFacts, PublishedVersion, World } from './world.ts'

export interface WorldInput {
  modulePlugins: readonly ModulePlugin[]
  moduleConfigs: readonly ModuleConfig[]
  moduleInfos: readonly ModuleInfo[]
  clusters: readonly ClusterFacts[]
}

function groupBy<T>(items: readonly T[], key: (item: T) => string | undefined): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const name = key(item)
    if (name === undefined || name === '') continue
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [item])
    else group.push(item)
  }
  return groups
}

function publishedVersions(plugin: string, configs: readonly ModuleConfig[]): PublishedVersion[] {
  const byVersion = new Map<string, PublishedVersion>()
  for (const moduleConfig of configs) {
    const version = versionOf(moduleConfig.spec)
    if (version === undefined) continue
    // Where two objects claim one version, the one that bears its name is it.
    if (byVersion.has(version) && moduleConfig.metadata.name !== moduleConfigName(plugin, version)) continue
    const ready =
      moduleConfig.status?.readyForDeploy === true && moduleConfig.metadata.deletionTimestamp === undefined
    byVersion.set(version, { version, ready, moduleConfig })
  }
  return [...byVersion.values()].sort(
    (a, b) => compareVersions(b.version, a.version) || (a.version < b.version ? -1 : 1),
  )
}

/** The ModuleConfigs that facts were made of, those without a version included. */
const sources = new WeakMap<PluginFacts, readonly ModuleConfig[]>()

function isMadeOf(
  facts: PluginFacts,
  modulePlugin: ModulePlugin | undefined,
  configs: readonly ModuleConfig[],
): boolean {
  const source = sources.get(facts)
  return (
    facts.modulePlugin === modulePlugin &&
    source?.length === configs.length &&
    configs.every((config, index) => config === source[index])
  )
}

function pluginFacts(
  name: string,
  modulePlugin: ModulePlugin | undefined,
  configs: readonly ModuleConfig[],
  previous: PluginFacts | undefined,
): PluginFacts {
  if (previous !== undefined && isMadeOf(previous, modulePlugin, configs)) return previous
  const versions = publishedVersions(name, configs)
  const carriers: (KubeObject | undefined)[] = [modulePlugin, versions[0]?.moduleConfig]
  const labels = carriers.find((object) => object?.metadata.labels?.[LABEL.lifecycleType] !== undefined)
  const facts = { name, modulePlugin, versions, lifecycle: lifecycleOf(labels?.metadata.labels) }
  sources.set(facts, configs)
  return facts
}

function sameVersions(a: readonly PublishedVersion[], b: readonly PublishedVersion[]): boolean {
  return (
    a.length === b.length && a.every(({ moduleConfig }, index) => moduleConfig === b[index]?.moduleConfig)
  )
}

/** `fresh` with every value that equals what stood there before replaced by it; the old map itself if nothing changed. */
function reuse<V>(
  fresh: Map<string, V>,
  previous: ReadonlyMap<string, V> | undefined,
  same: (a: V, b: V) => boolean,
): ReadonlyMap<string, V> {
  if (previous === undefined) return fresh
  let isUnchanged = fresh.size === previous.size
  for (const [key, value] of fresh) {
    const old = previous.get(key)
    if (old !== undefined && same(old, value)) fresh.set(key, old)
    else isUnchanged = false
  }
  return isUnchanged ? previous : fresh
}

function buildPlugins(
  { modulePlugins, moduleConfigs, moduleInfos }: WorldInput,
  previous: World['plugins'] | undefined,
): Map<string, PluginFacts> {
  const byPlugin = groupBy(moduleConfigs, pluginOf)
  const objects = new Map(modulePlugins.map((object) => [pluginOf(object), object]))
  const names = new Set([
    ...objects.keys(),
    ...byPlugin.keys(),
    ...moduleInfos.map((info) => placeOf(info).plugin),
  ])
  names.delete('')
  return new Map(
    [...names].map((name) => [
      name,
      pluginFacts(name, objects.get(name), byPlugin.get(name) ?? [], previous?.get(name)),
    ]),
  )
}

function sameInstallation(a: Installation, b: Installation): boolean {
  return (
    a.moduleInfo === b.moduleInfo &&
    a.others.length === b.others.length &&
    a.others.every((other, index) => other === b.others[index])
  )
}

function buildInstallations(
  moduleInfos: readonly ModuleInfo[],
  previous: World['installations'] | undefined,
): World['installations'] {
  const clusters = new Map<string, ReadonlyMap<string, Installation>>()
  for (const [cluster, infos] of groupBy(moduleInfos, (info) => placeOf(info).cluster)) {
    const old = previous?.get(cluster)
    const fresh = new Map<string, Installation>()
    for (const [plugin, candidates] of groupBy(infos, (info) => placeOf(info).plugin)) {
      const [moduleInfo, ...others] = candidates.sort(compareInstallations)
      if (moduleInfo === undefined) continue
      const kept = old?.get(plugin)
      const derived = kept?.moduleInfo === moduleInfo ? kept.derived : installationStatus(moduleInfo)
      fresh.set(plugin, { plugin, cluster, moduleInfo, derived, others })
    }
    clusters.set(cluster, reuse(fresh, old, sameInstallation))
  }
  return reuse(clusters, previous, (a, b) => a === b)
}

/**
 * Indexes the objects that the rules look at. Given the world of a moment ago, parts of it whose objects are the same
 * ones are taken over as they are (compared by identity), so that what was derived from them can be kept too.
 */
export function buildWorld(input: WorldInput, previous?: World): World {
  return {
    plugins: reuse(
      buildPlugins(input, previous?.plugins),
      previous?.plugins,
      (a, b) => a.modulePlugin === b.modulePlugin && sameVersions(a.versions, b.versions),
    ),
    clusters: reuse(
      new Map(input.clusters.map((cluster) => [cluster.name, cluster])),
      previous?.clusters,
      (a, b) => a === b,
    ),
    installations: buildInstallations(input.moduleInfos, previous?.installations),
  }
}
