import type { LocalText } from '#lib/kinds/local-text.ts'
import type { AvailableVersion } from '#lib/kinds/module-info.ts'
import { dependencyReasons } from './dependencies.ts'
import { isBusy } from './derive-status.ts'
import { cleanText } from './clean-text.ts'
import { cleanLocalText } from './local-text.ts'
import type { Reason } from './reason.ts'
import { compareVersions } from './semver.ts'
import { matchesRange, parseRange } from './version-range.ts'
import { misfitsOf } from './version-fit.ts'
import { installationOf, publishedVersion } from './world.ts'
import type { Installation, PublishedVersion, World } from './world.ts'

/** A version greater than the installed one. */
export interface UpgradeOption {
  readonly version: string
  readonly riskLevel: string
  readonly riskText: LocalText
  /** Why it may not be taken now; empty when it may. */
  readonly blockedBy: readonly Reason[]
}

const LONGEST_MESSAGE = 2000

/** Why the installed version may not upgrade to this one: `supportedUpgradeVersions`; absent means any older one may. */
export function upgradePathReasons(published: PublishedVersion, installed: string): Reason[] {
  const text = published.moduleConfig.spec.supportedUpgradeVersions ?? ''
  if (text.trim() === '') return []
  const params = { version: published.version, range: text, installed }
  const range = parseRange(text)
  if (range === undefined) return [{ code: 'range-invalid', params }]
  return matchesRange(range, installed) ? [] : [{ code: 'upgrade-path', params }]
}

function installedVersion(installation: Installation): string {
  return installation.moduleInfo.status?.version ?? ''
}

function toldVersions(installation: Installation): readonly AvailableVersion[] {
  return installation.moduleInfo.status?.availableVersions ?? []
}

/** Whether a plugin has a version to go to on its cluster, whatever else stands in its way. */
function hasNewer(world: World, installation: Installation): boolean {
  const installed = installedVersion(installation)
  if (installed === '') return false
  const told = toldVersions(installation)
  if (told.length > 0) return told.some(({ version }) => compareVersions(version, installed) > 0)
  const cluster = world.clusters.get(installation.cluster)
  if (cluster === undefined) return false
  return (world.plugins.get(installation.plugin)?.versions ?? []).some(
    (published) =>
      published.ready &&
      compareVersions(published.version, installed) > 0 &&
      upgradePathReasons(published, installed).length === 0 &&
      misfitsOf(world, installation.plugin, published, cluster).length === 0,
  )
}

function upgradeFirstReasons(
  world: World,
  installation: Installation,
  modules: readonly { moduleName: string }[] | undefined,
): Reason[] {
  return (modules ?? []).flatMap(({ moduleName }): Reason[] => {
    const other = installationOf(world, moduleName, installation.cluster)
    if (other === undefined || other === installation || !hasNewer(world, other)) return []
    return [{ code: 'upgrade-first', params: { plugin: moduleName } }]
  })
}

/** Reasons that hold back every upgrade of this installation. */
function generalReasons(world: World, installation: Installation): Reason[] {
  const { derived, moduleInfo } = installation
  const reasons: Reason[] = []
  if (world.plugins.get(installation.plugin)?.lifecycle === 'core') reasons.push({ code: 'upgrade-core' })
  if (derived.status === 'Uninstalling') reasons.push({ code: 'deleting' })
  else if (isBusy(derived.status)) reasons.push({ code: 'transition-running' })
  // While another version is asked for, what blocks it says nothing about the rest.
  const isSettled = moduleInfo.spec.version === installedVersion(installation)
  for (const message of isSettled ? (moduleInfo.status?.blockReasons ?? []) : [])
    reasons.push({ code: 'upgrade-blocked', params: { message: cleanText(message, LONGEST_MESSAGE) } })
  return reasons
}

function riskOf(
  published: PublishedVersion | undefined,
  told: AvailableVersion | undefined,
): Omit<UpgradeOption, 'version' | 'blockedBy'> {
  const spec = published?.moduleConfig.spec
  // The plain field is in the platform's first language, Chinese; the other one says what it is.
  const toldText = cleanLocalText({ en: told?.descriptionEn, zh: told?.description })
  const hasText = toldText.en !== undefined || toldText.zh !== undefined
  return {
    riskLevel: cleanText(told?.riskLevel || (spec?.upgradeRiskLevel ?? ''), 40),
    riskText: hasText
      ? toldText
      : cleanLocalText({ en: spec?.upgradeRiskDescriptionEn, zh: spec?.upgradeRiskDescription }),
  }
}

function toldOption(
  world: World,
  installation: Installation,
  told: AvailableVersion,
  general: Reason[],
): UpgradeOption {
  const published = publishedVersion(world.plugins.get(installation.plugin), told.version)
  const spec = published?.moduleConfig.spec
  const availability: Reason[] =
    published === undefined
      ? [{ code: 'version-unknown', params: { version: told.version } }]
      : published.ready
        ? []
        : [{ code: 'version-not-ready', params: { version: told.version } }]
  return {
    version: told.version,
    ...riskOf(published, told),
    blockedBy: [
      ...general,
      ...availability,
      ...upgradeFirstReasons(world, installation, told.upgradeBefore ?? spec?.upgradeBefore),
      ...dependencyReasons(
        world,
        told.dependencies ?? spec?.dependencies,
        installation.plugin,
        installation.cluster,
      ),
    ],
  }
}

function computedOption(
  world: World,
  installation: Installation,
  published: PublishedVersion,
  general: Reason[],
): UpgradeOption {
  const { spec } = published.moduleConfig
  const cluster = world.clusters.get(installation.cluster)
  const availability: Reason[] = published.ready
    ? []
    : [{ code: 'version-not-ready', params: { version: published.version } }]
  return {
    version: published.version,
    ...riskOf(published, undefined),
    blockedBy: [
      ...general,
      ...availability,
      ...upgradePathReasons(published, installedVersion(installation)),
      ...(cluster === undefined ? [] : misfitsOf(world, installation.plugin, published, cluster)),
      ...upgradeFirstReasons(world, installation, spec.upgradeBefore),
      ...dependencyReasons(world, spec.dependencies, installation.plugin, installation.cluster),
    ],
  }
}

/**
 * The versions greater than the installed one, newest first, each with what stands in its way. Where the platform
 * fills `status.availableVersions`, its entries are the answer; else they are computed from what is published.
 */
export function upgradesOf(world: World, installation: Installation): UpgradeOption[] {
  const installed = installedVersion(installation)
  if (installed === '') return []
  const general = generalReasons(world, installation)
  const told = toldVersions(installation)
  const isNewer = ({ version }: { version: string }): boolean => compareVersions(version, installed) > 0
  const options =
    told.length > 0
      ? told.filter(isNewer).map((entry) => toldOption(world, installation, entry, general))
      : (world.plugins.get(installation.plugin)?.versions ?? [])
          .filter(isNewer)
          .map((published) => computedOption(world, installation, published, general))
  return options.sort((a, b) => compareVersions(b.version, a.version))
}

/** The newest version that may be taken now. */
export function bestUpgrade(options: readonly UpgradeOption[]): UpgradeOption | undefined {
  return options.find(({ blockedBy }) => blockedBy.length === 0)
}
