import type { PluginVersionView } from '#lib/contract/plugin.ts'
import { isFormNeeded } from '#lib/domain/form-needed.ts'
import { cleanLocalText } from '#lib/domain/local-text.ts'
import { parseRange } from '#lib/domain/version-range.ts'
import { misfitsOf, targetVersionsOf } from '#lib/domain/version-fit.ts'
import type { Reason } from '#lib/domain/reason.ts'
import type { PluginFacts, PublishedVersion } from '#lib/domain/world.ts'
import { compareClusterNames } from '#lib/kinds/cluster.ts'
import { ANNOTATION } from '#lib/kinds/labels.ts'
import type { PlatformSnapshot } from '../platform-snapshot.ts'

/** Clusters where a version runs now. */
export function installedOn(model: PlatformSnapshot, plugin: string, version: string): string[] {
  return [...model.world.installations]
    .filter(([, installations]) => installations.get(plugin)?.moduleInfo.status?.version === version)
    .map(([cluster]) => cluster)
    .sort(compareClusterNames)
}

/** Ranges that nobody can read: they are shown as such and match nothing. */
function rangeProblems({ moduleConfig: { spec } }: PublishedVersion): Reason[] {
  const ranges = [
    spec.supportedUpgradeVersions ?? '',
    ...(spec.dependencies ?? []).flatMap(({ versionsMatch }) => versionsMatch ?? []),
  ]
  return ranges
    .filter((range) => parseRange(range) === undefined)
    .map((range) => ({ code: 'range-invalid', params: { range, version: spec.version ?? '' } }))
}

/** A published version in full. */
export function pluginVersionView(
  model: PlatformSnapshot,
  plugin: PluginFacts,
  published: PublishedVersion,
): PluginVersionView {
  const { metadata, spec } = published.moduleConfig
  return {
    version: published.version,
    moduleConfig: metadata.name,
    readyForDeploy: published.ready,
    publishedAt: metadata.creationTimestamp ?? null,
    builtIn: metadata.annotations?.[ANNOTATION.builtIn] === 'true',
    hasParameters: isFormNeeded(spec),
    affinity: spec.affinity ?? {},
    dependencies: spec.dependencies ?? [],
    supportedUpgradeVersions: spec.supportedUpgradeVersions || null,
    targetClusterVersions: [...targetVersionsOf(published)],
    riskLevel: spec.upgradeRiskLevel || null,
    riskText: cleanLocalText({ en: spec.upgradeRiskDescriptionEn, zh: spec.upgradeRiskDescription }),
    fits: [...model.world.clusters.values()]
      .map((cluster) => ({
        cluster: cluster.name,
        reasons: misfitsOf(model.world, plugin.name, published, cluster),
      }))
      .sort((a, b) => compareClusterNames(a.cluster, b.cluster)),
    installedOn: installedOn(model, plugin.name, published.version),
    problems: rangeProblems(published),
  }
}
