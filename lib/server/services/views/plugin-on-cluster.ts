import type { Action, ActionView } from '#lib/contract/action.ts'
import type { PluginOnCluster, UpgradeView } from '#lib/contract/installation.ts'
import { noUpgradeReasons, updateActionReasons } from '#lib/domain/change-check.ts'
import { deriveStatus } from '#lib/domain/derive-status.ts'
import { isFormNeeded } from '#lib/domain/form-needed.ts'
import { installActionReasons, installableVersion } from '#lib/domain/install-check.ts'
import type { Reason } from '#lib/domain/reason.ts'
import { uninstallReasons } from '#lib/domain/uninstall-check.ts'
import { bestUpgrade, upgradesOf } from '#lib/domain/upgrade.ts'
import type { UpgradeOption } from '#lib/domain/upgrade.ts'
import { versionsOnCluster } from '#lib/domain/version-fit.ts'
import { installationOf } from '#lib/domain/world.ts'
import type { ClusterFacts, PluginFacts, World } from '#lib/domain/world.ts'

function actionView(reasons: readonly Reason[]): ActionView {
  return reasons.length === 0 ? { allowed: true } : { allowed: false, reasons: [...reasons] }
}

/** An upgrade as pages show it. */
export function upgradeView({ version, riskLevel, riskText, blockedBy }: UpgradeOption): UpgradeView {
  return { version, riskLevel, riskText, blockedBy: [...blockedBy] }
}

function actionsOf(
  world: World,
  plugin: PluginFacts,
  cluster: ClusterFacts,
  options: readonly UpgradeOption[],
): Record<Action, ActionView> {
  const place = { plugin: plugin.name, cluster: cluster.name }
  const installation = installationOf(world, plugin.name, cluster.name)
  if (installation === undefined) {
    const none = actionView([{ code: 'not-installed', params: place }])
    return {
      install: actionView(installActionReasons(world, plugin, cluster)),
      upgrade: none,
      update: none,
      uninstall: none,
    }
  }
  return {
    install: actionView([{ code: 'already-installed', params: place }]),
    upgrade: actionView(noUpgradeReasons(installation, options)),
    update: actionView(updateActionReasons(world, place)),
    // Dependents don't forbid it: the dialog names them and asks.
    uninstall: actionView(uninstallReasons(world, place).blockedBy),
  }
}

/** Plugins without parameters need no dialog: a click on Install is all they ask. */
function installsAtOnce(world: World, plugin: PluginFacts, cluster: ClusterFacts): string | null {
  const published = installableVersion(world, plugin, cluster)
  return published === undefined || isFormNeeded(published.moduleConfig.spec) ? null : published.version
}

/** A plugin on a cluster: what it is, what may be done with it, and why not. */
export function pluginOnCluster(world: World, plugin: PluginFacts, cluster: ClusterFacts): PluginOnCluster {
  const installation = installationOf(world, plugin.name, cluster.name)
  const derived =
    installation?.derived ?? deriveStatus({ versions: versionsOnCluster(world, plugin, cluster) })
  const options = installation === undefined ? [] : upgradesOf(world, installation)
  const best = bestUpgrade(options)
  const { spec, status } = installation?.moduleInfo ?? {}
  return {
    plugin: plugin.name,
    cluster: cluster.name,
    status: derived.status,
    phase: derived.phase,
    reasons: [...derived.reasons],
    stage: derived.stage,
    progress: derived.progress,
    targetVersion: spec?.version || null,
    installedVersion: status?.version || null,
    upgrade: best === undefined ? null : upgradeView(best),
    actions: actionsOf(world, plugin, cluster, options),
    installsAtOnce: installsAtOnce(world, plugin, cluster),
  }
}
