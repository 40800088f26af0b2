import { crossClusterReasons } from '#lib/domain/dependencies.ts'
import { versionInstallReasons } from '#lib/domain/install-check.ts'
import type { Reason } from '#lib/domain/reason.ts'
import { compareVersions } from '#lib/domain/semver.ts'
import { upgradesOf } from '#lib/domain/upgrade.ts'
import type { UpgradeOption } from '#lib/domain/upgrade.ts'
import { publishedVersion } from '#lib/domain/world.ts'
import type { Installation, World } from '#lib/domain/world.ts'
import { LABEL, MODULE_TYPE_PLUGIN } from '#lib/kinds/labels.ts'
import type { AvailableVersion, ModuleInfo } from '#lib/kinds/module-info.ts'
import type { PluginSpec } from '#lib/kinds/plugin-spec.ts'
import type { Place } from './place.ts'

/** Reasons that pass by themselves: whoever waits for these is Pending, not Failed. */
const PASSING = new Set<Reason['code']>([
  'dependency-not-running',
  'version-not-ready',
  'deleting',
  'cluster-unreachable',
])
/** Reasons that make a version none to offer, whatever else is done first. */
const NO_OFFER = new Set<Reason['code']>([
  'upgrade-path',
  'range-invalid',
  'version-not-ready',
  'platform-version-mismatch',
  'cluster-label-missing',
  'cluster-label-mismatch',
  'cluster-label-forbidden',
  'selector-invalid',
  'plugin-conflict',
])

/** Whether all that is missing comes by itself. */
export function isPassing(reasons: readonly Reason[]): boolean {
  return reasons.every(({ code }) => PASSING.has(code))
}

/** Why this object can't be installed at that place, leaving aside what stands there already. */
export function requestReasons(world: World, info: ModuleInfo, place: Place): Reason[] {
  if (info.metadata.labels?.[LABEL.moduleType] !== MODULE_TYPE_PLUGIN)
    return [{ code: 'module-type-label-missing' }]
  const cluster = world.clusters.get(place.cluster)
  if (cluster === undefined) return [{ code: 'cluster-unknown', params: { cluster: place.cluster } }]
  const facts = world.plugins.get(place.plugin)
  if (facts === undefined || (facts.modulePlugin === undefined && facts.versions.length === 0))
    return [{ code: 'plugin-unknown', params: { plugin: place.plugin } }]
  const published = publishedVersion(facts, info.spec.version)
  if (published === undefined) return [{ code: 'version-unknown', params: { version: info.spec.version } }]
  return versionInstallReasons(world, place.plugin, published, cluster)
}

/** The installation as if it ran `version` with nothing going on: earlier verdicts don't count in new ones. */
function settled(info: ModuleInfo, place: Place, version: string): Installation {
  return {
    ...place,
    moduleInfo: { ...info, status: { phase: 'Running', version } },
    derived: { status: 'Running', phase: 'Running', reasons: [], stage: '', progress: null },
    others: [],
  }
}

/** Why an installation can't go from the version that runs to the one asked for; empty when it can. */
export function upgradeReasons(world: World, info: ModuleInfo, place: Place): Reason[] {
  const installed = info.status?.version ?? ''
  const { version } = info.spec
  const published = publishedVersion(world.plugins.get(place.plugin), version)
  if (published === undefined) return [{ code: 'version-unknown', params: { version } }]
  if (compareVersions(version, installed) <= 0) return [{ code: 'downgrade', params: { version, installed } }]
  const option = upgradesOf(world, settled(info, place, installed)).find((item) => item.version === version)
  return [
    ...(option?.blockedBy ?? []),
    ...crossClusterReasons(world, published.moduleConfig.spec, place.cluster),
  ]
}

function availableVersion(version: string, spec: PluginSpec | undefined): AvailableVersion {
  return {
    version,
    riskLevel: spec?.upgradeRiskLevel ?? '',
    description: spec?.upgradeRiskDescription ?? '',
    ...(spec?.upgradeRiskDescriptionEn === undefined ? {} : { descriptionEn: spec.upgradeRiskDescriptionEn }),
    ...(spec?.dependencies === undefined ? {} : { dependencies: spec.dependencies }),
    ...(spec?.upgradeBefore === undefined ? {} : { upgradeBefore: spec.upgradeBefore }),
  }
}

function isOffer({ blockedBy }: UpgradeOption): boolean {
  return !blockedBy.some(({ code }) => NO_OFFER.has(code))
}

/** The installed version and those that it may go to, newest first; before anything runs, the one asked for counts. */
export function availableVersions(world: World, info: ModuleInfo, place: Place): AvailableVersion[] {
  const running = info.status?.version ?? ''
  const base = running === '' ? info.spec.version : running
  const facts = world.plugins.get(place.plugin)
  const specOf = (version: string): PluginSpec | undefined =>
    publishedVersion(facts, version)?.moduleConfig.spec
  if (running === '' && specOf(base) === undefined) return []
  const newer = upgradesOf(world, settled(info, place, base)).filter(isOffer)
  return [...newer.map(({ version }) => version), base].map((version) =>
    availableVersion(version, specOf(version)),
  )
}
