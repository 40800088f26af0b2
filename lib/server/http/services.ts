import { getCluster } from '#lib/server/services/get-cluster.ts'
import { getPlugin } from '#lib/server/services/get-plugin.ts'
import { getPluginLogo } from '#lib/server/services/get-plugin-logo.ts'
import { getSession } from '#lib/server/services/get-session.ts'
import { getVersionForm } from '#lib/server/services/get-version-form.ts'
import { listClusters } from '#lib/server/services/list-clusters.ts'
import { listPlugins } from '#lib/server/services/list-plugins.ts'

/** The verbs that routes and pages call. They live once in the process: routes and pages know only their types. */
export const services = {
  getCluster,
  getPlugin,
  getPluginLogo,
  getSession,
  getVersionForm,
  listClusters,
  listPlugins,
}

export type Services = typeof services
