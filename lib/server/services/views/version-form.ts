import type { VersionForm } from '#lib/contract/plugin.ts'
import type { PluginSpec } from '#lib/kinds/plugin-spec.ts'

/** What the dialogs need of a version's spec: its defaults and its controls. */
export function versionFormOf(plugin: string, version: string, spec: PluginSpec): VersionForm {
  return {
    plugin,
    version,
    config: spec.config ?? {},
    deployDescriptors: spec.deployDescriptors ?? [],
    editDescriptors: spec.editDescriptors ?? [],
    upgradeDescriptors: spec.upgradeDescriptors ?? [],
    sizeSettings: spec.uiContext?.sizeSettings ?? null,
    crossClusterDependencies: spec.crossClusterDependencies ?? [],
  }
}
