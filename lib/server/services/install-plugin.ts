import type { InstallationResult } from '#lib/contract/installation-result.ts'
import type { InstallRequest } from '#lib/contract/requests.ts'
import { effectiveConfig } from '#lib/domain/effective-config.ts'
import { installReasons } from '#lib/domain/install-check.ts'
import { buildModuleInfo } from '#lib/domain/module-info-object.ts'
import { publishedVersion } from '#lib/domain/world.ts'
import { MODULE_INFO } from '#lib/kinds/module-info.ts'
import { auditAnnotations } from './audit-annotations.ts'
import { choiceErrors } from './check-choices.ts'
import { configProblems } from './check-config.ts'
import { labelProblems } from './check-labels.ts'
import type { ServiceContext } from './context.ts'
import { kubeCall } from './kube-call.ts'
import { globalClient, liveModuleInfos } from './live-installation.ts'
import { modelOf } from './model.ts'
import { installRefusal } from './refusal.ts'
import { InvalidError } from './service-error.ts'

/** @throws ServiceError when any rule or field stands against it */
function check(ctx: ServiceContext, request: InstallRequest): void {
  const { world } = modelOf(ctx)
  const reasons = installReasons(world, request)
  if (reasons.length > 0) throw installRefusal(reasons)
  const published = publishedVersion(world.plugins.get(request.plugin), request.version)
  const errors = [
    ...labelProblems(request.labels),
    ...(published === undefined
      ? []
      : [
          ...configProblems(published.moduleConfig.spec, 'install', request.config),
          ...choiceErrors(world, effectiveConfig(published.moduleConfig.spec.config, request)),
        ]),
  ]
  if (errors.length > 0) throw new InvalidError('Some answers are wrong or missing', errors)
}

/**
 * Asks the platform to install a plugin on a cluster, after checking every rule against what is known and, just
 * before, against the API server itself. Two requests of this process for one place never cross; the platform settles
 * those of others.
 * @throws ConflictError when it is there already; InvalidError, RefusedError, ForbiddenError, UnavailableError
 */
export async function installPlugin(
  ctx: ServiceContext,
  request: InstallRequest,
): Promise<InstallationResult> {
  const { cluster, plugin, dryRun = false } = request
  check(ctx, request)
  return ctx.platform.exclusive(`${cluster}/${plugin}`, async () => {
    const [existing] = await liveModuleInfos(ctx, request)
    if (existing !== undefined)
      throw installRefusal([{ code: 'already-installed', params: { plugin, cluster } }])
    const wanted = buildModuleInfo(request, auditAnnotations(ctx, request.reason))
    const object = await kubeCall(() =>
      globalClient(ctx).create(MODULE_INFO, wanted, { dryRun, signal: ctx.signal }),
    )
    ctx.log.info('installation asked for', {
      operationId: ctx.operationId,
      cluster,
      plugin,
      version: request.version,
      dryRun,
    })
    return { cluster, plugin, dryRun, operationId: ctx.operationId, changed: true, object }
  })
}
