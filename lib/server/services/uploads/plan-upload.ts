import type { PlanKind, PlannedArtifactView, UploadPlan } from '#lib/contract/upload.ts'
import { misfitsOf } from '#lib/domain/version-fit.ts'
import { MODULE_PLUGIN } from '#lib/kinds/module-plugin.ts'
import type { PackageContents } from '#lib/packages/package-contents.ts'
import { planPublish, type ObjectChange } from '#lib/packages/plan-publish.ts'
import { compareArtifacts } from '#lib/packages/registry/compare-artifacts.ts'
import { RegistryError } from '#lib/packages/registry/registry-error.ts'
import { addressOf } from '#lib/packages/registry/registry-target.ts'
import type { ServiceContext } from '../context.ts'
import { kubeCall } from '../kube-call.ts'
import { globalClient } from '../live-installation.ts'
import { modelOf } from '../model.ts'
import { QUICK_REGISTRY, registryFor } from './registry-for.ts'
import { requireUpload } from './require-upload.ts'

/**
 * What publishing an inspected package would do now: nothing is written.
 * @returns null when it was not read yet, or is over
 * @throws NotFoundError for no such upload; ServiceError what the cluster says
 */
export async function planUpload(ctx: ServiceContext, input: { upload: string }): Promise<UploadPlan | null> {
  const upload = requireUpload(ctx, input.upload)
  const contents = await ctx.uploads.contents(upload)
  if (contents === undefined) return null
  const client = globalClient(ctx)
  const [objects, registry] = await Promise.all([
    kubeCall(() => planPublish({ client, contents, signal: ctx.signal })),
    askRegistry(ctx, contents),
  ])
  return { kind: kindOf(objects, registry.artifacts), objects, ...registry, fits: fitsOf(ctx, contents) }
}

type RegistryPart = Pick<UploadPlan, 'artifacts' | 'registry' | 'registryProblem'>

async function askRegistry(ctx: ServiceContext, { artifacts }: PackageContents): Promise<RegistryPart> {
  try {
    const target = await kubeCall(() => registryFor(ctx))
    if (target === null) return { artifacts: null, registry: null, registryProblem: null }
    const registry = addressOf(target)
    try {
      const compared = await compareArtifacts(artifacts, target, {
        client: QUICK_REGISTRY,
        signal: ctx.signal,
      })
      return {
        registry,
        registryProblem: null,
        artifacts: compared.map(({ repository, tag, change }) => ({ repository, tag, change })),
      }
    } catch (error) {
      if (!(error instanceof RegistryError)) throw error
      return { artifacts: null, registry, registryProblem: problemOf(error) }
    }
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error
    return { artifacts: null, registry: null, registryProblem: problemOf(error) }
  }
}

function problemOf({ code, message: detail }: RegistryError): UploadPlan['registryProblem'] {
  return { code, detail }
}

function kindOf(
  objects: readonly ObjectChange[],
  artifacts: readonly PlannedArtifactView[] | null,
): PlanKind {
  const changes = [...objects, ...(artifacts ?? [])].map(({ change }) => change)
  if (changes.includes('absent')) return 'impossible'
  if (changes.includes('conflict')) return 'conflict'
  if (changes.every((change) => change === 'unchanged')) return 'same'
  const isNew = objects.some(({ kind, change }) => kind === MODULE_PLUGIN.kind && change === 'created')
  return isNew ? 'new-plugin' : 'new-version'
}

function fitsOf(ctx: ServiceContext, { plugin, version, resources }: PackageContents): UploadPlan['fits'] {
  const { world } = modelOf(ctx)
  const published = { version, ready: true, moduleConfig: resources.moduleConfigs[0] }
  return [...world.clusters.values()].map((cluster) => ({
    cluster: cluster.name,
    reasons: misfitsOf(world, plugin, published, cluster),
  }))
}
