import type { KubeObject, Resource } from './object.ts'
import type { PluginSpec } from './plugin-spec.ts'

/** One published version of a plugin, named `<plugin>-<version>`. */
export interface ModuleConfig extends KubeObject {
  spec: PluginSpec
  status?: { readyForDeploy?: boolean; targetClusterVersions?: string[] }
}

export const MODULE_CONFIG: Resource<ModuleConfig> = {
  group: 'cluster.alauda.io',
  version: 'v1alpha1',
  plural: 'moduleconfigs',
  kind: 'ModuleConfig',
  namespaced: false,
}
