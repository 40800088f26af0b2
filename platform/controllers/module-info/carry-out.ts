import { ChartValuesError } from '#lib/domain/chart-values.ts'
import type { Reason } from '#lib/domain/reason.ts'
import { isReleaseDone } from '#lib/domain/installation-progress.ts'
import { specHash } from '#lib/domain/spec-hash.ts'
import { publishedVersion } from '#lib/domain/world.ts'
import type { PublishedVersion } from '#lib/domain/world.ts'
import { KubeError } from '#lib/kube/kube-error.ts'
import { GLOBAL_CLUSTER } from '#lib/kinds/cluster.ts'
import { LABEL } from '#lib/kinds/labels.ts'
import type { ModuleInfo, ReleaseStatus } from '#lib/kinds/module-info.ts'
import { conditionReason, reasonTexts } from '../reason-text.ts'
import type { Scene, Target } from '../scene.ts'
import type { Outcome } from '../work-queue.ts'
import { applyReleases, NameTakenError } from './apply-releases.ts'
import type { Place } from './place.ts'
import { planReleases } from './release-plan.ts'
import type { PlannedRelease } from './release-plan.ts'
import { releaseStatus } from './release-status.ts'
import { availableVersions, isPassing, requestReasons, upgradeReasons } from './rules.ts'
import { StatusDraft } from './status-draft.ts'
import { trackTransit } from './track-transit.ts'
import { writeStatus } from './write-status.ts'

/** How long until labels that are being read are looked at again. Milliseconds. */
const LABELS_PAUSE_MS = 1000

interface Work {
  readonly scene: Scene
  readonly info: ModuleInfo
  readonly place: Place
  readonly draft: StatusDraft
}

type WorkPhase = 'Installing' | 'Upgrading' | 'Updating'

function workPhase({ spec, status }: ModuleInfo): WorkPhase {
  const running = status?.version ?? ''
  if (running === '') return 'Installing'
  return running === spec.version ? 'Updating' : 'Upgrading'
}

/** Whether all that the spec asks for was carried out before. */
function wasCarriedOut({ spec, status }: ModuleInfo, published: PublishedVersion): boolean {
  return (
    status?.version === spec.version &&
    status.specHash === specHash(spec) &&
    status.moduleconfigSpecHash === specHash(published.moduleConfig.spec)
  )
}

/** The rules for what the spec asks for. False means that nothing may be carried out now. */
function isAllowed({ scene, info, place, draft }: Work): boolean {
  const world = scene.world()
  const phase = workPhase(info)
  if (phase !== 'Upgrading') {
    draft.clear('UpgradeBlocked')
    delete draft.status.blockReasons
  }
  if (phase === 'Updating') return true
  const reasons: readonly Reason[] =
    phase === 'Installing' ? requestReasons(world, info, place) : upgradeReasons(world, info, place)
  const code = reasons[0] === undefined ? '' : conditionReason(reasons[0])
  if (phase === 'Installing') {
    if (reasons.length === 0) return true
    draft.set('Accepted', 'False', code, reasonTexts(reasons))
  } else if (reasons.length === 0) {
    draft.clear('UpgradeBlocked')
    delete draft.status.blockReasons
    return true
  } else {
    const running = info.status?.version ?? ''
    draft.status.blockReasons = [reasonTexts(reasons)]
    const message = `${reasonTexts(reasons)}. ${running} keeps running.`
    draft.set('UpgradeBlocked', 'True', code, message)
  }
  draft.status.phase = isPassing(reasons) ? 'Pending' : 'Failed'
  return false
}

/** What keeps the target cluster from being worked on; undefined when nothing does, `connecting` until it is known. */
function targetTrouble(
  { scene, info, place, draft }: Work,
  isSettled: boolean,
): 'connecting' | 'trouble' | undefined {
  const target = scene.target(place.cluster)
  const state = target?.state() ?? { state: 'unreachable', message: 'there is no way to it' }
  if (state.state === 'connecting') return 'connecting'
  if (state.state === 'ready') {
    draft.set('ClusterReachable', 'True', 'Reachable', `cluster ${place.cluster} answers`)
    return undefined
  }
  const name = place.cluster
  if (state.state === 'unreachable')
    draft.set(
      'ClusterReachable',
      'False',
      'ClusterUnreachable',
      `cluster ${name} can't be reached: ${state.message}`,
    )
  else {
    draft.set('ClusterReachable', 'True', 'Reachable', `cluster ${name} answers`)
    const [reason, message] =
      state.state === 'forbidden'
        ? ['DeliveryForbidden', `AppReleases of cluster ${name} may not be read: ${state.message}`]
        : ['DeliveryUnavailable', `cluster ${name} has no AppRelease API, so nothing can be delivered to it`]
    draft.set('Delivered', 'False', reason, message)
  }
  const phase = workPhase(info)
  if (!isSettled) draft.status.phase = phase === 'Installing' ? 'Pending' : phase
  return 'trouble'
}

/** Nothing is decided by labels that nobody could read; who is silent is told to be. */
async function waitForLabels(work: Work, done: (outcome?: Outcome) => Promise<Outcome>): Promise<Outcome> {
  const { scene, info, place } = work
  const published = publishedVersion(scene.world().plugins.get(place.plugin), info.spec.version)
  const trouble = targetTrouble(work, published !== undefined && wasCarriedOut(info, published))
  return trouble === 'trouble' ? done() : { againAfterMs: LABELS_PAUSE_MS }
}

function plan(
  { scene, info, place, draft }: Work,
  published: PublishedVersion,
): PlannedRelease[] | undefined {
  const cluster = scene.clusters().get(place.cluster)
  const isGlobal = place.cluster === GLOBAL_CLUSTER || cluster?.labels[LABEL.isGlobal] === 'true'
  try {
    const planned = planReleases(
      {
        plugin: published.moduleConfig.spec,
        spec: info.spec,
        place: {
          clusterName: place.cluster,
          clusterType: cluster?.type ?? '',
          isGlobal,
          labels: info.metadata.labels ?? {},
        },
      },
      place.plugin,
      scene.repoURL,
    )
    draft.set('Accepted', 'True', 'Accepted', 'all rules hold')
    return planned
  } catch (error) {
    if (!(error instanceof ChartValuesError)) throw error
    draft.status.phase = 'Failed'
    draft.set('Accepted', 'False', 'TemplateFailed', error.message)
    return undefined
  }
}

/** Makes the releases stand and says how they are; undefined when that was refused, which the draft then tells. */
async function deliver(
  { info, place, draft }: Work,
  target: Target,
  planned: readonly PlannedRelease[],
): Promise<ReleaseStatus[] | undefined> {
  try {
    const standing = await applyReleases(target, planned, place)
    return planned.map((item) => releaseStatus(item, standing.get(item.source.name)))
  } catch (error) {
    const isRefusal =
      error instanceof KubeError && error.code >= 400 && error.code < 500 && ![409, 429].includes(error.code)
    if (!(error instanceof NameTakenError) && !isRefusal) throw error
    draft.status.phase = 'Failed'
    const reason = error instanceof NameTakenError ? 'ReleaseNameTaken' : 'DeliveryFailed'
    draft.set('Delivered', 'False', reason, `${workPhase(info)} stopped: ${error.message}`)
    return undefined
  }
}

/** Phase and conditions that follow from the releases. */
function conclude({ info, draft }: Work, published: PublishedVersion, releases: ReleaseStatus[]): void {
  const { status } = draft
  status.appReleases = releases
  const failed = releases.find((release) => release.failed)
  const open = releases.find((release) => !isReleaseDone(release))
  const told = failed ?? open
  const words = told === undefined ? '' : `${told.name}: ${told.message ?? told.reason ?? ''}`
  if (failed !== undefined) {
    status.phase = 'Failed'
    draft.set('Delivered', 'False', 'ReleaseFailed', words)
  } else if (open === undefined) {
    status.phase = 'Running'
    status.version = info.spec.version
    status.specHash = specHash(info.spec)
    status.moduleconfigSpecHash = specHash(published.moduleConfig.spec)
    draft.set('Delivered', 'True', 'Synced', `${info.spec.version} is running`)
  } else if (wasCarriedOut(info, published) && releases.every(({ synced }) => synced)) {
    // It ran and lost its health: Running with a bad condition is how the console reads "degraded".
    status.phase = 'Running'
    draft.set('Delivered', 'False', 'ReleaseNotReady', words)
  } else {
    status.phase = workPhase(info)
    draft.set('Delivered', 'False', 'Progressing', words)
  }
}

/**
 * Carries out what an accepted installation asks for: install, upgrade, update, repair. Writes the AppReleases and the
 * status; never calls anything Running that no delivery confirmed.
 */
export async function carryOut(scene: Scene, info: ModuleInfo, place: Place): Promise<Outcome> {
  const draft = new StatusDraft(info, scene.now())
  const work: Work = { scene, info, place, draft }
  draft.clear('RemovePrevented')
  const done = async (outcome?: Outcome): Promise<Outcome> => {
    draft.status.availableVersions = availableVersions(
      scene.world(),
      { ...info, status: draft.status },
      place,
    )
    await writeStatus(scene, info, draft)
    return outcome
  }
  if (!scene.areLabelsKnown(place.cluster)) return waitForLabels(work, done)
  if (!isAllowed(work)) return done()
  const published = publishedVersion(scene.world().plugins.get(place.plugin), info.spec.version)
  if (published === undefined) {
    const reason: Reason = { code: 'version-unknown', params: { version: info.spec.version } }
    draft.set('Accepted', 'False', conditionReason(reason), reasonTexts([reason]))
    return done()
  }
  const trouble = targetTrouble(work, wasCarriedOut(info, published))
  if (trouble === 'connecting') return undefined
  const planned = plan(work, published)
  if (planned === undefined) return done()
  await scene.history.record(info, place)
  const target = scene.target(place.cluster)
  if (trouble !== undefined || target === undefined) return done()
  const releases = await deliver(work, target, planned)
  if (releases === undefined) return done({ againAfterMs: 5000 })
  conclude(work, published, releases)
  return done(trackTransit(draft, info, published.moduleConfig.spec.transitTimeout, scene.now()))
}
