import type { VersionContents } from '#lib/contract/plugin.ts'
import { readKeptContents } from '#lib/packages/kept-contents.ts'
import { recordedPlugin, recordedVersion } from '#lib/packages/recorded-version.ts'
import { UPLOAD_ANNOTATION } from '#lib/packages/upload-record.ts'
import type { ServiceContext } from './context.ts'
import { modelOf, requirePlugin } from './model.ts'

/**
 * What the package of a version held, as far as that was kept with its record.
 * @returns null when nothing was
 * @throws NotFoundError, UnavailableError
 */
export async function getVersionContents(
  ctx: ServiceContext,
  { plugin, version }: { plugin: string; version: string },
): Promise<VersionContents | null> {
  const model = modelOf(ctx)
  requirePlugin(model, plugin)
  const record = model.artifactVersions.find(
    (one) => recordedPlugin(one) === plugin && recordedVersion(one) === version,
  )
  return readKeptContents(record?.metadata.annotations?.[UPLOAD_ANNOTATION.contents]) ?? null
}
