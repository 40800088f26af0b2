import type { ServiceContext } from './context.ts'
import { modelOf } from './model.ts'
import { NotFoundError } from './service-error.ts'
import type { LogoImage } from './views/logo-image.ts'
import { pluginLogo } from './views/plugin-logo.ts'

export interface LogoAnswer extends LogoImage {
  /** Headers that keep a stranger's image an image: nothing in it runs or loads. */
  headers: Readonly<Record<string, string>>
}

/** An SVG's own styles are part of the picture; nothing else may apply. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

/**
 * A plugin's logo.
 * @throws NotFoundError when there is none that can be shown; UnavailableError
 */
export async function getPluginLogo(ctx: ServiceContext, input: { plugin: string }): Promise<LogoAnswer> {
  const plugin = modelOf(ctx).world.plugins.get(input.plugin)
  const logo = plugin === undefined ? null : pluginLogo(plugin)
  if (logo === null) throw new NotFoundError('This plugin has no logo')
  return logoAnswer(logo)
}

/** A logo as it is served. */
export function logoAnswer(logo: LogoImage): LogoAnswer {
  return {
    ...logo,
    headers: {
      'content-type': logo.contentType,
      'content-security-policy': POLICY,
      'x-content-type-options': 'nosniff',
      'content-disposition': 'inline; filename="logo"',
    },
  }
}
