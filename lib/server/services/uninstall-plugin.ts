import type { UninstallResult } from '#lib/contract/installation-result.ts'
import type { UninstallRequest } from '#lib/contract/requests.ts'
import type { UninstallCheck } from '#lib/contract/uninstall-check.ts'
import { cleanLocalText } from '#lib/domain/local-text.ts'
import { uninstallReasons } from '#lib/domain/uninstall-check.ts'
import { installationOf, specOf } from '#lib/domain/world.ts'
import { MODULE_INFO } from '#lib/kinds/module-info.ts'
import type { ModuleInfo } from '#lib/kinds/module-info.ts'
import * as kube from '#lib/kube/kube-error.ts'
import { auditAnnotations, withAudit } from './audit-annotations.ts'
import { blockingResources } from './blocking-resources.ts'
import type { ServiceContext } from './context.ts'
import { kubeCall } from './kube-call.ts'
import { globalClient, liveModuleInfos, worldWith } from './live-installation.ts'
import type { Place } from './live-installation.ts'
import { modelOf } from './model.ts'
import { changeRefusal } from './refusal.ts'
import { ConflictError, RefusedError } from './service-error.ts'

export type UninstallInput = Place & UninstallRequest

interface Checked {
  check: UninstallCheck
  /** The installation first, then what else stands for the same place. */
  live: [ModuleInfo, ...ModuleInfo[]]
}

async function checkUninstall(ctx: ServiceContext, place: Place): Promise<Checked> {
  const found = await liveModuleInfos(ctx, place)
  const world = worldWith(modelOf(ctx).world, place, found)
  const installation = installationOf(world, place.plugin, place.cluster)
  const { blockedBy, neededBy } = uninstallReasons(world, place)
  const [live, ...others] = found
  if (live === undefined || installation === undefined) throw changeRefusal(blockedBy)
  const spec = specOf(world, installation)
  const isLeaving = live.metadata.deletionTimestamp !== undefined
  const blocking = isLeaving
    ? []
    : await blockingResources(ctx, place.cluster, spec?.resourcesBlockRemove ?? [])
  return {
    live: [live, ...others],
    check: {
      blockedBy: [...blockedBy, ...blocking],
      neededBy: [...neededBy],
      risk: cleanLocalText({ en: spec?.deleteRiskDescriptionEn, zh: spec?.deleteRiskDescription }),
      resourceVersion: live.metadata.resourceVersion ?? '',
    },
  }
}

/** Writes who asks and why onto the object, as the last thing its history tells; needs more rights than deleting. */
async function annotate(
  ctx: ServiceContext,
  live: ModuleInfo,
  reason: string | undefined,
): Promise<ModuleInfo> {
  const annotations = withAudit(live.metadata.annotations, auditAnnotations(ctx, reason))
  const wanted = { ...live, metadata: { ...live.metadata, annotations } }
  try {
    return await globalClient(ctx).replace(MODULE_INFO, wanted, { signal: ctx.signal })
  } catch (error) {
    if (!(error instanceof kube.ForbiddenError)) throw error
    ctx.log.warn('an uninstall could not be annotated', { operationId: ctx.operationId })
    return live
  }
}

async function remove(ctx: ServiceContext, live: ModuleInfo): Promise<void> {
  const { name, uid, resourceVersion } = live.metadata
  const options = { uid, resourceVersion, signal: ctx.signal }
  await globalClient(ctx).delete(MODULE_INFO, name, { ...options, dryRun: true })
  await globalClient(ctx).delete(MODULE_INFO, name, options)
}

/**
 * Removes a plugin from a cluster, or tells what that would meet. A deletion can't be taken back: everything is checked
 * first, on the target cluster too, and it holds only for the very object that was checked.
 * @throws NotFoundError, ConflictError, RefusedError, ForbiddenError, UnavailableError
 */
export async function uninstallPlugin(
  ctx: ServiceContext,
  input: UninstallInput,
): Promise<UninstallCheck | UninstallResult> {
  const { cluster, plugin } = input
  const { check, live } = await checkUninstall(ctx, input)
  if (input.resourceVersion !== undefined && input.resourceVersion !== check.resourceVersion)
    throw new ConflictError('The installation changed since it was read; look at it again and repeat')
  if (input.dryRun === true) return check
  if (check.blockedBy.length > 0) throw changeRefusal(check.blockedBy)
  if (check.neededBy.length > 0 && input.ignoreDependents !== true)
    throw new RefusedError('Other plugins need this one', check.neededBy)
  const [installation, ...others] = live
  await kubeCall(async () => {
    await remove(ctx, await annotate(ctx, installation, input.reason))
    // What else asks for the same plugin there would bring it back.
    for (const other of others) if (other.metadata.deletionTimestamp === undefined) await remove(ctx, other)
  })
  ctx.log.info('uninstall asked for', { operationId: ctx.operationId, cluster, plugin })
  return { cluster, plugin, operationId: ctx.operationId }
}
