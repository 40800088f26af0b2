import type { PluginFacts } from '#lib/domain/world.ts'
import type { PluginSpec } from '#lib/kinds/plugin-spec.ts'
import { parseLogo } from './logo-image.ts'
import type { LogoImage } from './logo-image.ts'

const known = new WeakMap<PluginSpec, LogoImage | null>()

function logoOf(spec: PluginSpec | undefined): LogoImage | null {
  if (spec === undefined) return null
  const remembered = known.get(spec)
  if (remembered !== undefined) return remembered
  const logo = parseLogo(spec.logo)
  known.set(spec, logo)
  return logo
}

/** A plugin's logo: the plugin's own, else its newest version's; null when neither is usable. */
export function pluginLogo(plugin: PluginFacts): LogoImage | null {
  return logoOf(plugin.modulePlugin?.spec) ?? logoOf(plugin.versions[0]?.moduleConfig.spec)
}

/** Where the logo is served; the hash lets browsers keep it for ever. */
export function pluginLogoPath(plugin: PluginFacts): string | null {
  const logo = pluginLogo(plugin)
  return logo === null ? null : `/api/plugins/${encodeURIComponent(plugin.name)}/logo?v=${logo.hash}`
}
