import type { Reason } from '#lib/domain/reason.ts'
import { specHash } from '#lib/domain/spec-hash.ts'
import { publishedVersion } from '#lib/domain/world.ts'
import { AlreadyExistsError, ConflictError, NotFoundError } from '#lib/kube/kube-error.ts'
import { AUDIT, FINALIZER } from '#lib/kinds/labels.ts'
import { MODULE_INFO } from '#lib/kinds/module-info.ts'
import type { ModuleInfo } from '#lib/kinds/module-info.ts'
import { REQUESTED_BY, specWriter } from '../history/author-annotations.ts'
import { installationName } from '../installation-name.ts'
import { conditionReason, reasonTexts } from '../reason-text.ts'
import type { Scene } from '../scene.ts'
import { completeMetadata } from './complete-metadata.ts'
import { MADE_FROM } from './place.ts'
import type { Place } from './place.ts'
import { isPassing, requestReasons } from './rules.ts'
import { isSameRequest } from './same-request.ts'
import { StatusDraft } from './status-draft.ts'
import { writeStatus } from './write-status.ts'

const ALREADY_INSTALLED = conditionReason({ code: 'already-installed' })

/** Says on an object why it can't be carried out. */
export async function refuse(scene: Scene, info: ModuleInfo, reasons: readonly Reason[]): Promise<void> {
  const draft = new StatusDraft(info, scene.now())
  const [first] = reasons
  draft.status.phase = isPassing(reasons) ? 'Pending' : 'Failed'
  draft.set(
    'Accepted',
    'False',
    first === undefined ? 'Refused' : conditionReason(first),
    reasonTexts(reasons),
  )
  // Tells later which spec was judged; a request has carried out nothing.
  draft.status.specHash = specHash(info.spec)
  await writeStatus(scene, info, draft)
}

/** A request refused as a duplicate stays so until it is changed, even when the installation goes: it would come back. */
function isSettledDuplicate(info: ModuleInfo): boolean {
  const accepted = info.status?.conditions?.find(({ type }) => type === 'Accepted')
  return accepted?.reason === ALREADY_INSTALLED && info.status?.specHash === specHash(info.spec)
}

async function removeRequest(scene: Scene, request: ModuleInfo): Promise<void> {
  const { name, uid, resourceVersion } = request.metadata
  try {
    await scene.global.delete(MODULE_INFO, name, { uid, resourceVersion })
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error
  }
}

/** A request with the finalizer (a copied document) would never go: it holds nothing, so nothing waits for it. */
export async function releaseRequest(scene: Scene, request: ModuleInfo): Promise<void> {
  const finalizers = request.metadata.finalizers?.filter((name) => name !== FINALIZER.moduleInfo)
  if (finalizers?.length === request.metadata.finalizers?.length) return
  await scene.global.replace(MODULE_INFO, { ...request, metadata: { ...request.metadata, finalizers } })
}

/** Tells history who asked, where the console didn't say so: the request, and what the server knows of it, is gone soon. */
async function requester(scene: Scene, request: ModuleInfo): Promise<Record<string, string>> {
  if (request.metadata.annotations?.[AUDIT.operationId] !== undefined) return {}
  const manager = specWriter(await reread(scene, request))?.manager
  return manager === undefined ? {} : { [REQUESTED_BY]: manager }
}

/** Creates the object with the final name. It is the lock: whoever is late gets what stands there. */
async function createFinal(scene: Scene, request: ModuleInfo, place: Place): Promise<ModuleInfo> {
  const name = installationName(place.cluster, place.plugin)
  const facts = scene.world().plugins.get(place.plugin)
  const metadata = completeMetadata(request, place, scene.clusters().get(place.cluster), facts)
  const { uid } = request.metadata
  const annotations = {
    ...metadata.annotations,
    ...(await requester(scene, request)),
    ...(uid === undefined ? {} : { [MADE_FROM]: uid }),
  }
  const { apiVersion, kind, spec } = request
  try {
    return await scene.global.create(MODULE_INFO, {
      apiVersion,
      kind,
      metadata: { ...metadata, name, annotations },
      spec,
    })
  } catch (error) {
    if (!(error instanceof AlreadyExistsError) && !(error instanceof ConflictError)) throw error
    return scene.global.get(MODULE_INFO, name)
  }
}

function defaultsOf(scene: Scene, place: Place, version: string): ReturnType<typeof publishedVersion> {
  return publishedVersion(scene.world().plugins.get(place.plugin), version)
}

/** Absorbs a request that asks for what stands, refuses one that asks for something else; beside a removal it waits. */
async function compare(scene: Scene, request: ModuleInfo, standing: ModuleInfo, place: Place): Promise<void> {
  const { uid } = request.metadata
  // What stands was made from this very request: whoever removes it means the request too.
  const isOrigin = uid !== undefined && standing.metadata.annotations?.[MADE_FROM] === uid
  const isLeaving = standing.metadata.deletionTimestamp !== undefined
  const defaults = defaultsOf(scene, place, request.spec.version)?.moduleConfig.spec.config
  if (isOrigin || (!isLeaving && isSameRequest(request, standing, defaults))) {
    await releaseRequest(scene, request)
    await removeRequest(scene, request.metadata.finalizers?.length ? await reread(scene, request) : request)
    return
  }
  if (isLeaving) {
    if (!isSettledDuplicate(request))
      await refuse(scene, request, [{ code: 'deleting', params: { message: WAITS_FOR_REMOVAL } }])
    return
  }
  const params = { cluster: place.cluster, plugin: place.plugin, name: standing.metadata.name }
  await refuse(scene, request, [{ code: 'already-installed', params }])
}

function reread(scene: Scene, info: ModuleInfo): Promise<ModuleInfo> {
  return scene.global.get(MODULE_INFO, info.metadata.name)
}

async function settle(
  scene: Scene,
  request: ModuleInfo,
  standing: ModuleInfo | undefined,
  place: Place,
): Promise<ModuleInfo | undefined> {
  if (request.metadata.deletionTimestamp !== undefined) {
    await releaseRequest(scene, request)
    return standing
  }
  const reasons = requestReasons(scene.world(), request, place)
  if (reasons[0]?.code === 'module-type-label-missing') {
    await refuse(scene, request, reasons)
    return standing
  }
  if (standing !== undefined) {
    await compare(scene, request, standing, place)
    return standing
  }
  if (isSettledDuplicate(request)) return undefined
  if (reasons.length > 0) {
    // Labels that nobody could read yet refuse nothing.
    const unknown: Reason = { code: 'cluster-unreachable', params: { cluster: place.cluster } }
    await refuse(scene, request, scene.areLabelsKnown(place.cluster) ? reasons : [unknown])
    return undefined
  }
  const created = await createFinal(scene, request, place)
  await compare(scene, request, created, place)
  return created
}

const WAITS_FOR_REMOVAL = 'the installation that stands there is being removed; this one follows'

/**
 * Brings all requests for one place in order, oldest first: the first that may is given the final name (created first, the
 * request removed after, so that a stop in between loses and doubles nothing), the others are absorbed or refused.
 * @returns the installation that stands afterwards
 */
export async function settleRequests(
  scene: Scene,
  requests: readonly ModuleInfo[],
  standing: ModuleInfo | undefined,
  place: Place,
): Promise<ModuleInfo | undefined> {
  const age = ({ metadata }: ModuleInfo): string => `${metadata.creationTimestamp ?? ''} ${metadata.name}`
  let current = standing
  for (const request of [...requests].sort((a, b) => (age(a) < age(b) ? -1 : 1)))
    current = await settle(scene, request, current, place)
  return current
}
