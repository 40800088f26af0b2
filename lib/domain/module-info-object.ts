import { LABEL, MODULE_TYPE_PLUGIN } from '#lib/kinds/labels.ts'
import { MODULE_INFO } from '#lib/kinds/module-info.ts'
import type { ModuleInfo } from '#lib/kinds/module-info.ts'
import { apiVersionOf } from '#lib/kinds/object.ts'
import type { JsonObject, NewObject } from '#lib/kinds/object.ts'
import { crossClusterLabels } from './cross-cluster-choice.ts'

/** What an administrator asks for. */
export interface ModuleInfoRequest {
  cluster: string
  plugin: string
  version: string
  /** The whole configuration; absent means the version's defaults, and stays absent. */
  config?: JsonObject
  valuesOverride?: JsonObject
  labels?: Readonly<Record<string, string>>
}

/**
 * The object that asks the platform for an installation, exactly as the console creates it. The platform gives the
 * final name. Labels of cross-cluster choices come from the configuration; the three obligatory ones always win.
 */
export function buildModuleInfo(
  request: ModuleInfoRequest,
  annotations: Readonly<Record<string, string>> = {},
): NewObject<ModuleInfo> {
  const { cluster, plugin, version, config, valuesOverride } = request
  return {
    apiVersion: apiVersionOf(MODULE_INFO),
    kind: MODULE_INFO.kind,
    metadata: {
      generateName: `${cluster}-${plugin}-`,
      labels: {
        ...crossClusterLabels(config),
        ...request.labels,
        [LABEL.clusterName]: cluster,
        [LABEL.moduleName]: plugin,
        [LABEL.moduleType]: MODULE_TYPE_PLUGIN,
      },
      ...(Object.keys(annotations).length === 0 ? {} : { annotations: { ...annotations } }),
    },
    spec: {
      version,
      ...(config === undefined ? {} : { config }),
      ...(valuesOverride === undefined ? {} : { valuesOverride }),
    },
  }
}
