import type { VersionForm } from '#lib/contract/plugin.ts'
import { publishedVersion } from '#lib/domain/world.ts'
import type { ServiceContext } from './context.ts'
import { modelOf, requirePlugin } from './model.ts'
import { NotFoundError } from './service-error.ts'
import { versionFormOf } from './views/version-form.ts'

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
  return versionFormOf(input.plugin, input.version, published.moduleConfig.spec)
}
