import type { VersionForm } from '#lib/contract/plugin.ts'
import { publishedVersion } from '#lib/domain/world.ts'
import type { ServiceContext } from './context.ts'
import { modelOf, requirePlugin } from './model.ts'
import { NotFoundError } from './service-error.ts'

/**
 * What the dialogs need of a version: its defaults and its controls.
 * @throws NotFoundError, UnavailableError
 */
export async function getVersionForm(
  ctx: ServiceContext,
  input: { plugin: string; version: string },
): Promise<VersionForm> {
  const model = modelOf(ctx)
  requirePlugin(model, input.plugin)
  const published = publishedVersion(model.world.plugins.get(input.plugin), input.version)
  if (published === undefined)
    throw new NotFoundError('This version has not been published', {
      reasons: [{ code: 'version-unknown', params: { version: input.version } }],
    })
  const { spec } = published.moduleConfig
  return {
    plugin: input.plugin,
    version: input.version,
    config: spec.config ?? {},
    deployDescriptors: spec.deployDescriptors ?? [],
    editDescriptors: spec.editDescriptors ?? [],
    upgradeDescriptors: spec.upgradeDescriptors ?? [],
    sizeSettings: spec.uiContext?.sizeSettings ?? null,
    crossClusterDependencies: spec.crossClusterDependencies ?? [],
  }
}
