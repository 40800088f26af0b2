import type { Condition, KubeObject, Resource } from './object.ts'
import type { Affinity, PluginSpec } from './plugin-spec.ts'

export interface ModulePluginStatus {
  latestVersion?: string
  specHash?: string
  installed?: { cluster: string; name: string; phase: string; version: string }[]
  moduleConfigs?: {
    name: string
    version: string
    readyForDeploy: boolean
    targetClusterVersions: string[]
    affinity?: Affinity
  }[]
  conditions?: Condition[]
}

/** A plugin that the platform knows. */
export interface ModulePlugin extends KubeObject {
  spec: PluginSpec
  status?: ModulePluginStatus
}

export const MODULE_PLUGIN: Resource<ModulePlugin> = {
  group: 'cluster.alauda.io',
  version: 'v1alpha1',
  plural: 'moduleplugins',
  kind: 'ModulePlugin',
  namespaced: false,
}
