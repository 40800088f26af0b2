import { compareInstallations } from '#lib/domain/primary-installation.ts'
import { soundObject } from '#lib/domain/sound-object.ts'
import { installationStatus } from '#lib/domain/derive-status.ts'
import type { World } from '#lib/domain/world.ts'
import { GLOBAL_CLUSTER } from '#lib/kinds/cluster.ts'
import { LABEL } from '#lib/kinds/labels.ts'
import { MODULE_INFO } from '#lib/kinds/module-info.ts'
import type { ModuleInfo } from '#lib/kinds/module-info.ts'
import type { KubeClient } from '#lib/kube/kube-client.ts'
import type { ServiceContext } from './context.ts'
import { kubeCall } from './kube-call.ts'
import { UnavailableError } from './service-error.ts'

export interface Place {
  cluster: string
  plugin: string
}

/** The global cluster's API with the caller's credentials. */
export function globalClient(ctx: ServiceContext): KubeClient {
  const client = ctx.caller.client(GLOBAL_CLUSTER)
  if (client === undefined) throw new UnavailableError('The global cluster is not connected')
  return client
}

/**
 * The ModuleInfos of a place as the API server has them now, the installation first. They are found by their labels:
 * the name changes. Objects come as the server sent them.
 * @throws ServiceError
 */
export async function liveModuleInfos(
  ctx: ServiceContext,
  { cluster, plugin }: Place,
): Promise<ModuleInfo[]> {
  const labelSelector = `${LABEL.clusterName}=${cluster},${LABEL.moduleName}=${plugin}`
  const { items } = await kubeCall(() =>
    globalClient(ctx).listAll(MODULE_INFO, { labelSelector, signal: ctx.signal }),
  )
  return items.sort((a, b) =>
    compareInstallations(soundObject('ModuleInfo', a).object, soundObject('ModuleInfo', b).object),
  )
}

/** The world with what was just read of a place in it, whatever the watch has told so far. */
export function worldWith(world: World, { cluster, plugin }: Place, live: readonly ModuleInfo[]): World {
  const [moduleInfo, ...others] = live.map((info) => soundObject('ModuleInfo', info).object)
  const here = new Map(world.installations.get(cluster))
  if (moduleInfo === undefined) here.delete(plugin)
  else here.set(plugin, { plugin, cluster, moduleInfo, others, derived: installationStatus(moduleInfo) })
  return { ...world, installations: new Map(world.installations).set(cluster, here) }
}
