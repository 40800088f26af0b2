import { publishedVersion } from '#lib/domain/world.ts'
import { MODULE_INFO } from '#lib/kinds/module-info.ts'
import type { ModuleInfo } from '#lib/kinds/module-info.ts'
import { installationName } from '../installation-name.ts'
import type { Scene } from '../scene.ts'
import type { Outcome } from '../work-queue.ts'
import { carryOut } from './carry-out.ts'
import { completeMetadata, isComplete } from './complete-metadata.ts'
import { labelCluster } from './label-cluster.ts'
import { isAccepted, placeFor } from './place.ts'
import type { Place } from './place.ts'
import { removeInstallation } from './remove-installation.ts'
import { requestReasons } from './rules.ts'
import { refuse, settleRequests } from './settle-requests.ts'

/** The object that holds the place: the one with the final name, else one that the real platform named. */
function standingOf(infos: readonly ModuleInfo[], place: Place): ModuleInfo | undefined {
  const name = installationName(place.cluster, place.plugin)
  return infos.find(({ metadata }) => metadata.name === name) ?? infos.find(isAccepted)
}

/** An object that says too little to belong anywhere. */
async function refuseUnplaced(scene: Scene, info: ModuleInfo): Promise<void> {
  if (info.metadata.deletionTimestamp !== undefined) return
  const { cluster, plugin } = placeFor(info)
  const reasons = requestReasons(scene.world(), info, { cluster, plugin })
  await refuse(scene, info, reasons)
}

async function reconcileStanding(scene: Scene, found: ModuleInfo, place: Place): Promise<Outcome> {
  let info = found
  if (info.metadata.deletionTimestamp !== undefined) return removeInstallation(scene, info, place)
  if (!isAccepted(info)) {
    const reasons = requestReasons(scene.world(), info, place)
    if (reasons.length > 0) {
      await refuse(scene, info, reasons)
      return undefined
    }
  }
  const facts = scene.world().plugins.get(place.plugin)
  const metadata = completeMetadata(info, place, scene.clusters().get(place.cluster), facts)
  if (!isComplete(info, metadata))
    info = await scene.global.replace(MODULE_INFO, { ...info, metadata: { ...info.metadata, ...metadata } })
  const outcome = await carryOut(scene, info, place)
  const running = publishedVersion(facts, info.status?.version ?? '')
  if (running !== undefined && info.status?.phase === 'Running')
    await labelCluster(scene, place, running.moduleConfig.spec, true)
  return outcome
}

/**
 * Brings one place (a plugin on a cluster) in order, whatever happened there since: requests first, then the
 * installation. Safe to stop anywhere and to run again.
 * @param infos all objects of that place, or the one object without a place
 */
export async function reconcilePlace(
  scene: Scene,
  infos: readonly ModuleInfo[],
  place: Place | undefined,
): Promise<Outcome> {
  if (place === undefined) {
    for (const info of infos) await refuseUnplaced(scene, info)
    return undefined
  }
  const standing = standingOf(infos, place)
  const requests = infos.filter((info) => info !== standing)
  const current = await settleRequests(scene, requests, standing, place)
  return current === undefined ? undefined : reconcileStanding(scene, current, place)
}
