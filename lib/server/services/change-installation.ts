import type { InstallationResult } from '#lib/contract/installation-result.ts'
import type { FieldProblem } from '#lib/contract/problem.ts'
import type { ChangeRequest } from '#lib/contract/requests.ts'
import { breaksDependents, configChangeReasons, versionChangeReasons } from '#lib/domain/change-check.ts'
import { withCrossClusterLabels } from '#lib/domain/cross-cluster-choice.ts'
import { effectiveConfig } from '#lib/domain/effective-config.ts'
import type { Reason } from '#lib/domain/reason.ts'
import { canonicalJson } from '#lib/domain/spec-hash.ts'
import { installationOf, publishedVersion } from '#lib/domain/world.ts'
import type { PublishedVersion, World } from '#lib/domain/world.ts'
import { MODULE_INFO } from '#lib/kinds/module-info.ts'
import type { ModuleInfo } from '#lib/kinds/module-info.ts'
import type { JsonObject } from '#lib/kinds/object.ts'
import { auditAnnotations, withAudit } from './audit-annotations.ts'
import { configProblems } from './check-config.ts'
import { choiceErrors } from './check-choices.ts'
import { labelProblems } from './check-labels.ts'
import type { ServiceContext } from './context.ts'
import { kubeCall } from './kube-call.ts'
import { globalClient, liveModuleInfos, worldWith } from './live-installation.ts'
import type { Place } from './live-installation.ts'
import { modelOf } from './model.ts'
import { changeRefusal } from './refusal.ts'
import { ConflictError, InvalidError, RefusedError } from './service-error.ts'

export type ChangeInput = Place & ChangeRequest

function reasonsAgainst(world: World, input: ChangeInput, live: ModuleInfo): Reason[] {
  const { version } = input
  const isOtherVersion = version !== undefined && version !== live.spec.version
  if (isOtherVersion) return versionChangeReasons(world, { ...input, version })
  return configChangeReasons(world, input)
}

/** @throws RefusedError when other installations can't live with the version and nobody said to go on */
function checkDependents(world: World, input: ChangeInput, live: ModuleInfo): void {
  const { version } = input
  if (version === undefined || version === live.spec.version || input.ignoreDependents === true) return
  const broken = breaksDependents(world, { ...input, version })
  if (broken.length > 0) throw new RefusedError('Other plugins on the cluster need an older version', broken)
}

/**
 * An upgrade is checked by the new version's form. With the version alone, what the old version's form does not take of
 * the standing configuration either is not the upgrade's affair.
 */
function upgradeProblems(
  published: PublishedVersion,
  config: JsonObject | undefined,
  live: ModuleInfo,
  running: PublishedVersion | undefined,
): FieldProblem[] {
  const { spec } = published.moduleConfig
  const current = effectiveConfig(running?.moduleConfig.spec.config, live.spec)
  if (config !== undefined) return configProblems(spec, 'upgrade', config, current)
  const own = live.spec.config ?? undefined
  const found = configProblems(spec, 'upgrade', own, current)
  if (found.length === 0 || running === undefined) return found
  const standing = configProblems(running.moduleConfig.spec, 'install', own, own)
  return found.filter(({ path, code }) => !standing.some((one) => one.path === path && one.code === code))
}

function updateProblems(published: PublishedVersion, config: JsonObject, live: ModuleInfo): FieldProblem[] {
  const { spec } = published.moduleConfig
  return configProblems(spec, 'update', config, effectiveConfig(spec.config, live.spec))
}

function fieldProblems(world: World, input: ChangeInput, live: ModuleInfo): FieldProblem[] {
  const { config, version = live.spec.version } = input
  const published = publishedVersion(world.plugins.get(input.plugin), version)
  const labels = labelProblems(input.labels)
  // A version that is no longer published has no form to check against.
  if (published === undefined) return labels
  if (version === live.spec.version)
    return config === undefined ? labels : [...labels, ...updateProblems(published, config, live)]
  // Back to what runs, with the configuration that it runs with, is always possible.
  if (config === undefined && version === live.status?.version) return labels
  const running = publishedVersion(world.plugins.get(input.plugin), live.spec.version)
  return [...labels, ...upgradeProblems(published, config, live, running)]
}

/** Choices of clusters that the request brings; those that stand are nobody's mistake now. */
function newChoiceErrors(world: World, input: ChangeInput, live: ModuleInfo): FieldProblem[] {
  const running = publishedVersion(world.plugins.get(input.plugin), live.spec.version)
  const current = effectiveConfig(running?.moduleConfig.spec.config, live.spec)
  return input.config === undefined ? [] : choiceErrors(world, input.config, current)
}

/** Labels after the change: those of choices that are gone go, those of new ones come. */
function labelsAfter(live: ModuleInfo, input: ChangeInput): Record<string, string> {
  const { labels } = live.metadata
  const { config } = input
  const fitting = config === undefined ? labels : withCrossClusterLabels(labels, config, live.spec.config)
  return { ...fitting, ...input.labels }
}

function changed(live: ModuleInfo, input: ChangeInput): ModuleInfo {
  const { version, config, valuesOverride } = input
  return {
    ...live,
    metadata: { ...live.metadata, labels: labelsAfter(live, input) },
    spec: {
      ...live.spec,
      ...(version === undefined ? {} : { version }),
      ...(config === undefined ? {} : { config }),
      ...(valuesOverride === undefined ? {} : { valuesOverride }),
    },
  }
}

function isSame(a: ModuleInfo, b: ModuleInfo): boolean {
  return canonicalJson([a.spec, a.metadata.labels ?? {}]) === canonicalJson([b.spec, b.metadata.labels ?? {}])
}

/**
 * Changes an installation: another version upgrades, another configuration updates. Written whole, against the
 * resourceVersion that the caller looked at, so that nulls stay nulls and nobody's change is lost.
 * @throws ConflictError when it changed meanwhile; NotFoundError, InvalidError, RefusedError, UnavailableError …
 */
export async function changeInstallation(
  ctx: ServiceContext,
  input: ChangeInput,
): Promise<InstallationResult> {
  const { cluster, plugin, dryRun = false } = input
  const asked = [input.version, input.config, input.valuesOverride, input.labels]
  if (asked.every((part) => part === undefined))
    throw new InvalidError('The request changes nothing', [
      {
        path: 'version',
        code: 'required',
        detail: 'A version, a config, valuesOverride or labels is needed',
      },
    ])
  const found = await liveModuleInfos(ctx, input)
  const world = worldWith(modelOf(ctx).world, input, found)
  const [live] = found
  const sound = installationOf(world, plugin, cluster)?.moduleInfo
  if (live === undefined || sound === undefined) throw changeRefusal(configChangeReasons(world, input))
  if (live.metadata.resourceVersion !== input.resourceVersion)
    throw new ConflictError('The installation changed since it was read; look at it again and repeat')
  const reasons = reasonsAgainst(world, input, sound)
  if (reasons.length > 0) throw changeRefusal(reasons)
  checkDependents(world, input, sound)
  const errors = [...fieldProblems(world, input, sound), ...newChoiceErrors(world, input, sound)]
  if (errors.length > 0) throw new InvalidError('Some answers are wrong or missing', errors)

  const result = { cluster, plugin, dryRun, operationId: ctx.operationId }
  const wanted = changed(live, input)
  if (isSame(live, wanted)) return { ...result, changed: false, object: live }
  const annotations = withAudit(live.metadata.annotations, auditAnnotations(ctx, input.reason))
  const object = await kubeCall(() =>
    globalClient(ctx).replace(
      MODULE_INFO,
      { ...wanted, metadata: { ...wanted.metadata, annotations } },
      { dryRun, signal: ctx.signal },
    ),
  )
  ctx.log.info('installation changed', { ...result, version: wanted.spec.version })
  return { ...result, changed: true, object }
}
