import { crossClusterPlugin } from '#lib/domain/cross-cluster-choice.ts'
import { effectiveConfig } from '#lib/domain/effective-config.ts'
import { canonicalJson } from '#lib/domain/spec-hash.ts'
import type { ModuleInfo } from '#lib/kinds/module-info.ts'
import type { JsonObject } from '#lib/kinds/object.ts'

/**
 * Whether a request asks for what stands already: the same version, configuration and raw values, and no other serving
 * clusters. A configuration that is absent means the version's defaults.
 */
export function isSameRequest(
  request: ModuleInfo,
  standing: ModuleInfo,
  defaults: JsonObject | undefined,
): boolean {
  const meaning = ({ spec }: ModuleInfo): string =>
    canonicalJson({
      version: spec.version,
      config: effectiveConfig(defaults, spec),
      valuesOverride: spec.valuesOverride ?? {},
    })
  if (meaning(request) !== meaning(standing)) return false
  return Object.entries(request.metadata.labels ?? {}).every(
    ([key, value]) => crossClusterPlugin(key) === undefined || standing.metadata.labels?.[key] === value,
  )
}
