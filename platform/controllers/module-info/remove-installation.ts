import { isDeepStrictEqual } from 'node:util'
import { specOf } from '#lib/domain/world.ts'
import { NotFoundError } from '#lib/kube/kube-error.ts'
import { FINALIZER } from '#lib/kinds/labels.ts'
import { MODULE_INFO } from '#lib/kinds/module-info.ts'
import type { ModuleInfo } from '#lib/kinds/module-info.ts'
import type { PluginSpec } from '#lib/kinds/plugin-spec.ts'
import type { Scene, Target } from '../scene.ts'
import type { Outcome } from '../work-queue.ts'
import { deleteReleases, listReleases, releasesOf } from './apply-releases.ts'
import type { BlockingKind } from '../blocking-watches.ts'
import { findBlockingResources } from './blocking-resources.ts'
import type { Blockers } from './blocking-resources.ts'
import { labelCluster } from './label-cluster.ts'
import type { Place } from './place.ts'
import { StatusDraft } from './status-draft.ts'
import { writeStatus } from './write-status.ts'

/** How soon to try again what no watch tells of. */
const LOOK_AGAIN_MS = 5000

interface Obstacle {
  readonly reason: string
  readonly message: string
  readonly kinds: readonly BlockingKind[]
}

function pluginSpecOf(scene: Scene, info: ModuleInfo, place: Place): PluginSpec | undefined {
  const derived = { status: 'Uninstalling', phase: '', reasons: [], stage: '', progress: null } as const
  return specOf(scene.world(), { ...place, moduleInfo: info, derived, others: [] })
}

async function tell(
  scene: Scene,
  info: ModuleInfo,
  verdict: { reason: string; message: string } | null,
): Promise<void> {
  const draft = new StatusDraft(info, scene.now())
  draft.status.phase = 'Deleting'
  draft.status.removeIsPrevented = verdict !== null
  if (verdict === null) draft.clear('RemovePrevented')
  else draft.set('RemovePrevented', 'True', verdict.reason, verdict.message)
  await writeStatus(scene, info, draft)
}

async function finish(scene: Scene, info: ModuleInfo): Promise<void> {
  const finalizers = info.metadata.finalizers?.filter((name) => name !== FINALIZER.moduleInfo) ?? []
  if (isDeepStrictEqual(finalizers, info.metadata.finalizers)) return
  try {
    await scene.global.replace(MODULE_INFO, { ...info, metadata: { ...info.metadata, finalizers } })
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error
  }
}

/** What forbids the removal at this moment. */
async function obstacle(target: Target, spec: PluginSpec | undefined): Promise<Obstacle | null> {
  let found: Blockers
  try {
    found = await findBlockingResources(target.client, spec?.resourcesBlockRemove ?? [])
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error)
    return {
      reason: 'LookupFailed',
      message: `what could block the removal can't be looked up: ${cause}`,
      kinds: [],
    }
  }
  const { names, kinds } = found
  if (names.length === 0) return null
  const own = spec?.deleteBlockDescriptionEn ?? spec?.deleteBlockDescription ?? ''
  const list = `still there: ${names.slice(0, 5).join(', ')}${names.length > 5 ? ' and more' : ''}`
  return { reason: 'ResourcesExist', message: own === '' ? list : `${own} (${list})`, kinds }
}

/**
 * Takes an installation that is being deleted off its cluster: checks what blocks it, removes the releases, waits for
 * them to go, and lets the object go last.
 */
export async function removeInstallation(scene: Scene, info: ModuleInfo, place: Place): Promise<Outcome> {
  if (info.metadata.finalizers?.includes(FINALIZER.moduleInfo) !== true) return undefined
  const spec = pluginSpecOf(scene, info, place)
  const release = async (): Promise<undefined> => {
    scene.watchBlockers(place, scene.global, [])
    await labelCluster(scene, place, spec, false)
    await scene.history.end(info, place)
    await finish(scene, info)
    return undefined
  }
  if (!scene.clusters().has(place.cluster)) {
    // A cluster that the platform no longer knows holds nothing to clean up.
    if (scene.areClustersKnown()) return release()
    const message = `which clusters there are can't be read, so nothing is removed on ${place.cluster}`
    await tell(scene, info, { reason: 'ClustersUnknown', message })
    return { againAfterMs: LOOK_AGAIN_MS }
  }
  const target = scene.target(place.cluster)
  const state = target?.state() ?? { state: 'unreachable', message: 'there is no way to it' }
  if (state.state === 'connecting') return undefined
  if (target === undefined || state.state === 'unreachable' || state.state === 'forbidden') {
    const cause = 'message' in state ? state.message : ''
    const message = `cluster ${place.cluster} can't be reached to remove it there: ${cause}`
    await tell(scene, info, { reason: 'ClusterUnreachable', message })
    return { againAfterMs: LOOK_AGAIN_MS }
  }
  const releases = releasesOf(target, place)
  const hasBegun = releases.some(({ metadata }) => metadata.deletionTimestamp !== undefined)
  const verdict = hasBegun ? null : await obstacle(target, spec)
  scene.watchBlockers(place, target.client, verdict?.kinds ?? [])
  await tell(scene, info, verdict)
  if (verdict !== null) return { againAfterMs: LOOK_AGAIN_MS }
  if (releases.length > 0) {
    await deleteReleases(target, releases)
    return undefined
  }
  // The cache may not know yet what was created a moment ago.
  const left = await listReleases(target, place)
  await deleteReleases(target, left)
  if (left.length > 0) return { againAfterMs: 100 }
  // The finalizer goes with the object as it stands after its status was written.
  const isTold = info.status?.phase === 'Deleting' && info.status.removeIsPrevented !== true
  return isTold ? release() : { againAfterMs: 20 }
}
