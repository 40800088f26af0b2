import type { ServiceContext } from '../context.ts'
import { logoAnswer, type LogoAnswer } from '../get-plugin-logo.ts'
import { NotFoundError } from '../service-error.ts'
import { parseLogo } from '../views/logo-image.ts'
import { requireUpload } from './require-upload.ts'

/**
 * The logo in a package that waits to be published.
 * @throws NotFoundError when there is none that can be shown
 */
export async function getUploadLogo(ctx: ServiceContext, input: { upload: string }): Promise<LogoAnswer> {
  const contents = await ctx.uploads.contents(requireUpload(ctx, input.upload))
  const logo = contents === undefined ? null : parseLogo(contents.resources.modulePlugin.spec.logo)
  if (logo === null) throw new NotFoundError('This package has no logo')
  return logoAnswer(logo)
}
