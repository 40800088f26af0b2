import type { PluginSpec } from '#lib/kinds/plugin-spec.ts'

/** Whether installing or changing asks for answers: an empty configuration with no descriptors does not. */
export function isFormNeeded(
  spec: Pick<
    PluginSpec,
    'config' | 'deployDescriptors' | 'editDescriptors' | 'upgradeDescriptors' | 'crossClusterDependencies'
  >,
): boolean {
  return (
    Object.keys(spec.config ?? {}).length > 0 ||
    (spec.deployDescriptors?.length ?? 0) > 0 ||
    (spec.editDescriptors?.length ?? 0) > 0 ||
    (spec.upgradeDescriptors?.length ?? 0) > 0 ||
    (spec.crossClusterDependencies?.length ?? 0) > 0
  )
}
