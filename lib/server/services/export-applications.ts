import { stringify } from 'yaml'
import { installedApplications } from '#lib/domain/installed-applications.ts'
import { MODULE_INFO } from '#lib/kinds/module-info.ts'
import { MODULE_PLUGIN } from '#lib/kinds/module-plugin.ts'
import type { ServiceContext } from './context.ts'
import { kubeCall } from './kube-call.ts'
import { globalClient } from './live-installation.ts'

/**
 * `apps.yaml`: every plugin with the version that each cluster runs, read with the caller's rights.
 * @throws ServiceError what the cluster says
 */
export async function exportApplications(ctx: ServiceContext): Promise<string> {
  const client = globalClient(ctx)
  const { signal } = ctx
  const [plugins, infos] = await kubeCall(() =>
    Promise.all([client.listAll(MODULE_PLUGIN, { signal }), client.listAll(MODULE_INFO, { signal })]),
  )
  const applications = installedApplications({ modulePlugins: plugins.items, moduleInfos: infos.items })
  return stringify({ applications: Object.fromEntries(applications) }, { lineWidth: 0 })
}
