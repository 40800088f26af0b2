import { deriveModuleConfig } from '#lib/packages/complete-plugin.ts'
import { PUBLISHER } from '#lib/packages/take-over.ts'
import { artifactVersionName } from '#lib/packages/upload-record.ts'
import { moduleConfigName, pluginOf, versionLabel, versionOf } from '#lib/domain/module-name.ts'
import { compareVersions } from '#lib/domain/semver.ts'
import { canonicalJson, specHash } from '#lib/domain/spec-hash.ts'
import { AlreadyExistsError, NotFoundError } from '#lib/kube/kube-error.ts'
import { managedFieldsOf, ownsField } from '#lib/kube/managed-fields.ts'
import { FINALIZER, LABEL, MODULE_TYPE_PLUGIN, PLATFORM_NAMESPACE } from '#lib/kinds/labels.ts'
import { MODULE_CONFIG } from '#lib/kinds/module-config.ts'
import type { ModuleConfig } from '#lib/kinds/module-config.ts'
import { MODULE_PLUGIN } from '#lib/kinds/module-plugin.ts'
import type { ModulePlugin, ModulePluginStatus } from '#lib/kinds/module-plugin.ts'
import type { Condition } from '#lib/kinds/object.ts'
import { isAccepted, placeFor } from '../module-info/place.ts'
import type { Scene } from '../scene.ts'

/** On a ModuleConfig that this controller made: the hash of the ModulePlugin's spec that it was made of. */
const MADE_OF = 'marketplace.console/made-of'

function configsOf(scene: Scene, plugin: string): ModuleConfig[] {
  return scene.moduleConfigs.list().filter((config) => pluginOf(config) === plugin)
}

/**
 * Makes the ModuleConfig of the version that a ModulePlugin describes. One that a package brought along is left as it
 * is; one that was removed on purpose, after this very spec was published, is not made again.
 */
async function publishVersion(scene: Scene, plugin: ModulePlugin): Promise<ModuleConfig | undefined> {
  const version = versionOf(plugin.spec)
  if (version === undefined || plugin.metadata.deletionTimestamp !== undefined) return undefined
  const name = moduleConfigName(plugin.metadata.name, version)
  const hash = specHash(plugin.spec)
  const wanted = deriveModuleConfig({
    ...plugin,
    spec: { ...plugin.spec, name: plugin.metadata.name, version },
  })
  wanted.metadata.labels = {
    ...wanted.metadata.labels,
    [LABEL.moduleName]: plugin.metadata.name,
    [LABEL.moduleType]: MODULE_TYPE_PLUGIN,
  }
  wanted.metadata.annotations = withoutLastApplied({ ...wanted.metadata.annotations, [MADE_OF]: hash })
  wanted.metadata.finalizers = [FINALIZER.moduleConfig]
  const live = scene.moduleConfigs.get(name)
  if (live === undefined) {
    if (plugin.status?.specHash === hash) return undefined
    try {
      return await scene.global.create(MODULE_CONFIG, wanted)
    } catch (error) {
      if (!(error instanceof AlreadyExistsError)) throw error
      return scene.global.get(MODULE_CONFIG, name)
    }
  }
  const madeOf = live.metadata.annotations?.[MADE_OF]
  if (madeOf === undefined || madeOf === hash || live.metadata.deletionTimestamp !== undefined) return live
  if (await isPublished(scene, name)) return live
  const metadata = {
    ...live.metadata,
    labels: { ...live.metadata.labels, ...wanted.metadata.labels },
    annotations: { ...live.metadata.annotations, ...wanted.metadata.annotations },
  }
  return scene.global.replace(MODULE_CONFIG, { ...live, metadata, spec: wanted.spec })
}

/** Whether a package brought a ModuleConfig, maybe over one that this controller had made: then its spec is the publisher's. */
async function isPublished(scene: Scene, name: string): Promise<boolean> {
  const entries = managedFieldsOf(await scene.global.get(MODULE_CONFIG, name))
  return entries.some((entry) => entry.manager === PUBLISHER && ownsField(entry, 'spec'))
}

function withoutLastApplied(annotations: Record<string, string>): Record<string, string> {
  const { 'kubectl.kubernetes.io/last-applied-configuration': _, ...rest } = annotations
  return rest
}

/** Where a version runs, or is to run: that holds its ModuleConfig. */
function isInUse(scene: Scene, plugin: string, version: string): boolean {
  return scene.infos
    .ofPlugin(plugin)
    .some((info) => isAccepted(info) && (info.spec.version === version || info.status?.version === version))
}

/** Labels, finalizer and status of one version; lets it go once it is deleted and installed nowhere. */
async function settleConfig(scene: Scene, found: ModuleConfig, plugin: string): Promise<void> {
  const version = versionOf(found.spec)
  const finalizers = found.metadata.finalizers ?? []
  const others = finalizers.filter((name) => name !== FINALIZER.moduleConfig)
  if (found.metadata.deletionTimestamp !== undefined) {
    if (others.length === finalizers.length || (version !== undefined && isInUse(scene, plugin, version)))
      return
    await scene.global.replace(MODULE_CONFIG, {
      ...found,
      metadata: { ...found.metadata, finalizers: others },
    })
    return
  }
  const labels = {
    ...found.metadata.labels,
    [LABEL.moduleName]: plugin,
    [LABEL.moduleType]: MODULE_TYPE_PLUGIN,
    ...(version === undefined ? {} : { [LABEL.moduleVersion]: versionLabel(version) }),
  }
  let config = found
  if (others.length === finalizers.length || canonicalJson(labels) !== canonicalJson(found.metadata.labels))
    config = await scene.global.replace(MODULE_CONFIG, {
      ...found,
      metadata: { ...found.metadata, labels, finalizers: [...others, FINALIZER.moduleConfig] },
    })
  const status = {
    readyForDeploy: version !== undefined && isPresent(scene, plugin, version),
    targetClusterVersions: config.spec.targetClusterVersions ?? [],
  }
  if (canonicalJson(status) !== canonicalJson(config.status))
    await scene.global.replace(MODULE_CONFIG, { ...config, status }, { subresource: 'status' })
}

/** Whether a version's artifacts are there: its upload record says so, or there is none. */
function isPresent(scene: Scene, plugin: string, version: string): boolean {
  const record = scene.artifactVersions.get(artifactVersionName(plugin, version), PLATFORM_NAMESPACE)
  return record === undefined || record.status?.phase === 'Present'
}

function pluginStatus(
  scene: Scene,
  plugin: ModulePlugin,
  configs: readonly ModuleConfig[],
): ModulePluginStatus {
  const versions = configs
    .flatMap((config) => {
      const version = versionOf(config.spec)
      return version === undefined ? [] : [{ config, version }]
    })
    .sort((a, b) => compareVersions(b.version, a.version))
  const installed = scene.infos
    .ofPlugin(plugin.metadata.name)
    .filter(isAccepted)
    .map((info) => ({
      cluster: placeFor(info).cluster,
      name: info.metadata.name,
      phase: info.status?.phase ?? '',
      version: info.status?.version ?? '',
    }))
    .sort((a, b) => (a.cluster < b.cluster ? -1 : 1))
  const latest = versions[0]?.version
  return {
    ...(latest === undefined ? {} : { latestVersion: latest }),
    specHash: specHash(plugin.spec),
    installed,
    moduleConfigs: versions.map(({ config, version }) => ({
      name: config.metadata.name,
      version,
      readyForDeploy: config.status?.readyForDeploy === true,
      targetClusterVersions: config.spec.targetClusterVersions ?? [],
      ...(config.spec.affinity === undefined ? {} : { affinity: config.spec.affinity }),
    })),
    conditions: [publishedCondition(plugin, latest, scene.now())],
  }
}

function publishedCondition(plugin: ModulePlugin, latest: string | undefined, now: Date): Condition {
  const status = latest === undefined ? 'False' : 'True'
  const known = plugin.status?.conditions?.find(({ type }) => type === 'Published')
  return {
    type: 'Published',
    status,
    reason: latest === undefined ? 'NoVersion' : 'Published',
    message:
      latest === undefined ? 'no version of this plugin has been published' : `newest version ${latest}`,
    lastTransitionTime:
      known?.status === status && known.lastTransitionTime !== undefined
        ? known.lastTransitionTime
        : now.toISOString().replace(/\.\d+Z$/, 'Z'),
  }
}

/** Brings the versions of one plugin and its status in order. */
export async function reconcilePlugin(scene: Scene, name: string): Promise<void> {
  const plugin = scene.modulePlugins.list().find((object) => pluginOf(object) === name)
  const published = plugin === undefined ? undefined : await publishVersion(scene, plugin)
  const configs = configsOf(scene, name).filter(({ metadata }) => metadata.name !== published?.metadata.name)
  if (published !== undefined) configs.push(published)
  for (const config of configs) await settleConfig(scene, config, name)
  if (plugin === undefined) return
  const status = pluginStatus(scene, plugin, configs)
  if (canonicalJson(status) === canonicalJson(plugin.status)) return
  try {
    await scene.global.replace(MODULE_PLUGIN, { ...plugin, status }, { subresource: 'status' })
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error
  }
}
