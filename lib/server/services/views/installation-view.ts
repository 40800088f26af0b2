import type { InstallationView, PluginOnCluster } from '#lib/contract/installation.ts'
import { breaksDependents } from '#lib/domain/change-check.ts'
import { cleanText } from '#lib/domain/clean-text.ts'
import { installationStatus } from '#lib/domain/derive-status.ts'
import { entrypointOf } from '#lib/domain/entrypoint.ts'
import { placeOf } from '#lib/domain/module-name.ts'
import { upgradesOf } from '#lib/domain/upgrade.ts'
import { installationOf, specOf } from '#lib/domain/world.ts'
import type { World } from '#lib/domain/world.ts'
import { LABEL, PLATFORM_ACTOR } from '#lib/kinds/labels.ts'
import type { ModuleInfo, ReleaseStatus } from '#lib/kinds/module-info.ts'
import type { Condition } from '#lib/kinds/object.ts'
import type { PlatformSnapshot } from '../platform-snapshot.ts'
import { upgradeView } from './plugin-on-cluster.ts'

const LONGEST_MESSAGE = 8000

function cleaned<T extends { reason?: string; message?: string }>(item: T): T {
  return {
    ...item,
    ...(item.reason === undefined ? {} : { reason: cleanText(item.reason, 200) }),
    ...(item.message === undefined ? {} : { message: cleanText(item.message, LONGEST_MESSAGE) }),
  }
}

/** A ModuleInfo that isn't the installation of its place: a refused one, a temporary one, or one without a place. */
function rowOfOther(moduleInfo: ModuleInfo): PluginOnCluster {
  const place = placeOf(moduleInfo)
  const derived = installationStatus(moduleInfo)
  const no = { allowed: false as const, reasons: [{ code: 'already-installed' as const, params: place }] }
  return {
    ...place,
    status: derived.status,
    phase: derived.phase,
    reasons: [...derived.reasons],
    stage: derived.stage,
    progress: derived.progress,
    targetVersion: moduleInfo.spec.version || null,
    installedVersion: moduleInfo.status?.version || null,
    upgrade: null,
    actions: { install: no, upgrade: no, update: no, uninstall: no },
    installsAtOnce: null,
  }
}

function entrypointFor(world: World, moduleInfo: ModuleInfo): string | null {
  const { plugin, cluster } = placeOf(moduleInfo)
  const version = moduleInfo.status?.version ?? ''
  const installation = installationOf(world, plugin, cluster)
  // Once installed: before that there is no page to go to.
  if (version === '' || installation?.moduleInfo !== moduleInfo) return null
  return entrypointOf(moduleInfo.spec.entrypoint, specOf(world, installation)?.entrypointTemplate, {
    ClusterName: cluster,
    ModuleName: plugin,
    Version: version,
    IsGlobal: world.clusters.get(cluster)?.labels[LABEL.isGlobal] === 'true',
  })
}

/** A ModuleInfo in full. */
export function installationView(model: PlatformSnapshot, moduleInfo: ModuleInfo): InstallationView {
  const { world } = model
  const { plugin, cluster } = placeOf(moduleInfo)
  const installation = installationOf(world, plugin, cluster)
  const isPrimary = installation?.moduleInfo === moduleInfo
  const row = (isPrimary ? model.rowsOn(cluster).get(plugin) : undefined) ?? rowOfOther(moduleInfo)
  const { metadata, spec, status } = moduleInfo
  return {
    ...row,
    name: metadata.name,
    uid: metadata.uid ?? '',
    resourceVersion: metadata.resourceVersion ?? '',
    createdAt: metadata.creationTimestamp ?? null,
    deletedAt: metadata.deletionTimestamp ?? null,
    labels: metadata.labels ?? {},
    ...(spec.config === undefined ? {} : { config: spec.config }),
    ...(spec.valuesOverride === undefined ? {} : { valuesOverride: spec.valuesOverride }),
    upgrades: (isPrimary ? upgradesOf(world, installation) : []).map((option) => ({
      ...upgradeView(option),
      breaks: breaksDependents(world, { cluster, plugin, version: option.version }),
    })),
    conditions: (status?.conditions ?? []).map((condition): Condition => cleaned(condition)),
    appReleases: (status?.appReleases ?? []).map((release): ReleaseStatus => cleaned(release)),
    entrypoint: entrypointFor(world, moduleInfo),
    createdByPlatform: metadata.labels?.[LABEL.createdBy] === PLATFORM_ACTOR,
  }
}
