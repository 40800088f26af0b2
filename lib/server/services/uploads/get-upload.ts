import type { PackageContentsView, UploadDetail } from '#lib/contract/upload.ts'
import { cleanLocalText, displayNameOf } from '#lib/domain/local-text.ts'
import type { PackageContents } from '#lib/packages/package-contents.ts'
import type { ServiceContext } from '../context.ts'
import { parseLogo } from '../views/logo-image.ts'
import { requireUpload } from './require-upload.ts'
import { uploadView } from './upload-store.ts'
import { versionFormOf } from '../views/version-form.ts'

/**
 * An upload with what its package holds.
 * @throws NotFoundError
 */
export async function getUpload(ctx: ServiceContext, input: { upload: string }): Promise<UploadDetail> {
  const upload = requireUpload(ctx, input.upload)
  const { state } = upload.record
  const contents =
    state === 'inspected' || state === 'publishing' ? await ctx.uploads.contents(upload) : undefined
  return {
    ...uploadView(upload, ctx.caller.name),
    contents: contents === undefined ? null : contentsView(contents, upload.record.id),
  }
}

function contentsView(contents: PackageContents, id: string): PackageContentsView {
  const { modulePlugin, moduleConfigs, others } = contents.resources
  const { spec } = moduleConfigs[0]
  const logo = parseLogo(modulePlugin.spec.logo)
  return {
    displayName: displayNameOf(modulePlugin, contents.plugin),
    description: cleanLocalText(modulePlugin.spec.description),
    logo: logo === null ? null : `/api/uploads/${id}/logo`,
    versions: moduleConfigs.map((config) => config.spec.version ?? ''),
    artifacts: contents.artifacts.map(({ repository, tag, type, platforms, bytes }) => ({
      repository,
      tag,
      type,
      platforms,
      bytes,
    })),
    images: contents.images,
    scripts: contents.scripts,
    others: others.map(({ kind, name }) => `${kind} ${name}`),
    unpackedSize: contents.unpackedSize,
    entries: contents.entries,
    sha256: contents.sha256,
    form: versionFormOf(contents.plugin, contents.version, spec),
  }
}
