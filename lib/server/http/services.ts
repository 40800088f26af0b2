import { changeInstallation } from '#lib/server/services/change-installation.ts'
import { deletePackageVersion } from '#lib/server/services/delete-package-version.ts'
import { exportApplications } from '#lib/server/services/export-applications.ts'
import { exportVersion } from '#lib/server/services/export-version.ts'
import { getAbout } from '#lib/server/services/get-about.ts'
import { getCluster } from '#lib/server/services/get-cluster.ts'
import { getPlugin } from '#lib/server/services/get-plugin.ts'
import { getPluginLogo } from '#lib/server/services/get-plugin-logo.ts'
import { getSession } from '#lib/server/services/get-session.ts'
import { getVersionContents } from '#lib/server/services/get-version-contents.ts'
import { getVersionForm } from '#lib/server/services/get-version-form.ts'
import { installPlugin } from '#lib/server/services/install-plugin.ts'
import { listClusterResources } from '#lib/server/services/list-cluster-resources.ts'
import { listClusters } from '#lib/server/services/list-clusters.ts'
import { listPackages } from '#lib/server/services/list-packages.ts'
import { listPlugins } from '#lib/server/services/list-plugins.ts'
import { uninstallPlugin } from '#lib/server/services/uninstall-plugin.ts'
import { createUpload } from '#lib/server/services/uploads/create-upload.ts'
import { discardUpload } from '#lib/server/services/uploads/discard-upload.ts'
import { getUpload } from '#lib/server/services/uploads/get-upload.ts'
import { getUploadLogo } from '#lib/server/services/uploads/get-upload-logo.ts'
import { listUploads } from '#lib/server/services/uploads/list-uploads.ts'
import { planUpload } from '#lib/server/services/uploads/plan-upload.ts'
import { publishUpload } from '#lib/server/services/uploads/publish-upload.ts'

/** The verbs that routes and pages call. They live once in the process: routes and pages know only their types. */
export const services = {
  changeInstallation,
  createUpload,
  deletePackageVersion,
  discardUpload,
  exportApplications,
  exportVersion,
  getAbout,
  getCluster,
  getPlugin,
  getPluginLogo,
  getSession,
  getUpload,
  getUploadLogo,
  getVersionContents,
  getVersionForm,
  installPlugin,
  listClusterResources,
  listClusters,
  listPackages,
  listPlugins,
  listUploads,
  planUpload,
  publishUpload,
  uninstallPlugin,
}

export type Services = typeof services
