import { dependentsOn, neededBy } from './dependents.ts'
import { isFormNeeded } from './form-needed.ts'
import { versionInstallReasons } from './install-check.ts'
import type { Reason } from './reason.ts'
import { compareVersions } from './semver.ts'
import { upgradesOf } from './upgrade.ts'
import type { UpgradeOption } from './upgrade.ts'
import { installationOf, publishedVersion, specOf } from './world.ts'
import type { Installation, World } from './world.ts'

function noInstallation(world: World, { cluster, plugin }: { cluster: string; plugin: string }): Reason {
  if (!world.clusters.has(cluster)) return { code: 'cluster-unknown', params: { cluster } }
  if (!world.plugins.has(plugin)) return { code: 'plugin-unknown', params: { plugin } }
  return { code: 'not-installed', params: { plugin, cluster } }
}

/** Why an installation that runs nothing yet can't take another version: it may, as if it were installed anew. */
function correctionReasons(world: World, installation: Installation, version: string): Reason[] {
  const published = publishedVersion(world.plugins.get(installation.plugin), version)
  const cluster = world.clusters.get(installation.cluster)
  if (published === undefined) return [{ code: 'version-unknown', params: { version } }]
  return cluster === undefined ? [] : versionInstallReasons(world, installation.plugin, published, cluster)
}

/**
 * Why an installation can't go to a version; empty when it can. Going back to the version that still runs, after an
 * upgrade that failed or is under way, is always possible.
 */
export function versionChangeReasons(
  world: World,
  wanted: { cluster: string; plugin: string; version: string },
): Reason[] {
  const installation = installationOf(world, wanted.plugin, wanted.cluster)
  if (installation === undefined) return [noInstallation(world, wanted)]
  const { version } = wanted
  const { spec, status } = installation.moduleInfo
  if (installation.derived.status === 'Uninstalling') return [{ code: 'deleting' }]
  if (version === spec.version) return []
  const installed = status?.version ?? ''
  if (installed === '') return correctionReasons(world, installation, version)
  if (version === installed) return []
  if (publishedVersion(world.plugins.get(wanted.plugin), version) === undefined)
    return [{ code: 'version-unknown', params: { version } }]
  if (compareVersions(version, installed) <= 0) return [{ code: 'downgrade', params: { version, installed } }]
  const option = upgradesOf(world, installation).find((upgrade) => upgrade.version === version)
  // The platform keeps a list of what may be taken, and this isn't on it.
  if (option === undefined) return [{ code: 'upgrade-blocked', params: { message: '' } }]
  return [...option.blockedBy]
}

/** Installations that can't live with this version of a plugin. Says so first; doesn't forbid. */
export function breaksDependents(
  world: World,
  { cluster, plugin, version }: { cluster: string; plugin: string; version: string },
): Reason[] {
  return dependentsOn(world, plugin, cluster)
    .filter((dependent) => !dependent.accepts(version))
    .map(neededBy)
}

/** Why an installation's configuration can't be changed; empty when it can. */
export function configChangeReasons(world: World, wanted: { cluster: string; plugin: string }): Reason[] {
  const installation = installationOf(world, wanted.plugin, wanted.cluster)
  if (installation === undefined) return [noInstallation(world, wanted)]
  const { status } = installation.derived
  if (status === 'Uninstalling') return [{ code: 'deleting' }]
  return status === 'Upgrading' ? [{ code: 'transition-running' }] : []
}

/** Why the action Update isn't offered: what forbids the change, or that there is nothing to set. */
export function updateActionReasons(world: World, wanted: { cluster: string; plugin: string }): Reason[] {
  const reasons = configChangeReasons(world, wanted)
  const installation = installationOf(world, wanted.plugin, wanted.cluster)
  if (reasons.length > 0 || installation === undefined) return reasons
  const spec = specOf(world, installation)
  const hasAnswers = Object.keys(installation.moduleInfo.spec.config ?? {}).length > 0
  return hasAnswers || (spec !== undefined && isFormNeeded(spec)) ? [] : [{ code: 'no-parameters' }]
}

/** Why the action Upgrade isn't offered; of the newest version where there is one. */
export function upgradeActionReasons(world: World, wanted: { cluster: string; plugin: string }): Reason[] {
  const installation = installationOf(world, wanted.plugin, wanted.cluster)
  if (installation === undefined) return [noInstallation(world, wanted)]
  return noUpgradeReasons(installation, upgradesOf(world, installation))
}

/**
 * The same for options that are known already. What never ran has nothing to be upgraded, and is not up to date.
 */
export function noUpgradeReasons(
  { plugin, cluster, moduleInfo }: Installation,
  options: readonly UpgradeOption[],
): Reason[] {
  if (options.some(({ blockedBy }) => blockedBy.length === 0)) return []
  const [newest] = options
  if (newest !== undefined) return [...newest.blockedBy]
  const hasRun = (moduleInfo.status?.version ?? '') !== ''
  return [hasRun ? { code: 'up-to-date' } : { code: 'not-installed', params: { plugin, cluster } }]
}
