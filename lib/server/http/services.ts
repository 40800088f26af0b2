import { changeInstallation } from '#lib/server/services/change-installation.ts'
import { getAbout } from '#lib/server/services/get-about.ts'
import { getCluster } from '#lib/server/services/get-cluster.ts'
import { getPlugin } from '#lib/server/services/get-plugin.ts'
import { getPluginLogo } from '#lib/server/services/get-plugin-logo.ts'
import { getSession } from '#lib/server/services/get-session.ts'
import { getVersionForm } from '#lib/server/services/get-version-form.ts'
import { installPlugin } from '#lib/server/services/install-plugin.ts'
import { listClusterResources } from '#lib/server/services/list-cluster-resources.ts'
import { listClusters } from '#lib/server/services/list-clusters.ts'
import { listPackages } from '#lib/server/services/list-packages.ts'
import { listPlugins } from '#lib/server/services/list-plugins.ts'
import { uninstallPlugin } from '#lib/server/services/uninstall-plugin.ts'

/** The verbs that routes and pages call. They live once in the process: routes and pages know only their types. */
export const services = {
  changeInstallation,
  getAbout,
  getCluster,
  getPlugin,
  getPluginLogo,
  getSession,
  getVersionForm,
  installPlugin,
  listClusterResources,
  listClusters,
  listPackages,
  listPlugins,
  uninstallPlugin,
}

export type Services = typeof services
