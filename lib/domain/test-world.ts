import { LABEL } from '#lib/kinds/labels.ts'
import type { ModuleConfig } from '#lib/kinds/module-config.ts'
import type { ModuleInfo, ModuleInfoSpec, ModuleInfoStatus } from '#lib/kinds/module-info.ts'
import type { ModulePlugin } from '#lib/kinds/module-plugin.ts'
import type { PluginSpec } from '#lib/kinds/plugin-spec.ts'
import { moduleConfigName } from './module-name.ts'
import type { ClusterFacts } from './world.ts'

/** Objects for tests, as small as the kinds allow. */
const API_VERSION = 'cluster.alauda.io/v1alpha1'

function pluginSpec(plugin: string, spec: Partial<PluginSpec>): PluginSpec {
  return { name: plugin, description: {}, logo: '', deleteable: true, ...spec }
}

export function testPlugin(
  plugin: string,
  spec: Partial<PluginSpec> = {},
  labels: Record<string, string> = {},
): ModulePlugin {
  return {
    apiVersion: API_VERSION,
    kind: 'ModulePlugin',
    metadata: { name: plugin, labels: { [LABEL.moduleName]: plugin, ...labels } },
    spec: pluginSpec(plugin, spec),
  }
}

export function testConfig(
  plugin: string,
  version: string,
  spec: Partial<PluginSpec> = {},
  readyForDeploy = true,
): ModuleConfig {
  return {
    apiVersion: API_VERSION,
    kind: 'ModuleConfig',
    metadata: { name: moduleConfigName(plugin, version), labels: { [LABEL.moduleName]: plugin } },
    spec: pluginSpec(plugin, { version, ...spec }),
    status: { readyForDeploy },
  }
}

/** An installation; `version` runs already unless the status says otherwise. */
export function testInfo(
  cluster: string,
  plugin: string,
  version: string,
  status: Partial<ModuleInfoStatus> = {},
  spec: Partial<ModuleInfoSpec> = {},
): ModuleInfo {
  return {
    apiVersion: API_VERSION,
    kind: 'ModuleInfo',
    metadata: {
      name: `${cluster}-${plugin}-test`,
      uid: `uid-${cluster}-${plugin}`,
      resourceVersion: '7',
      labels: {
        [LABEL.clusterName]: cluster,
        [LABEL.moduleName]: plugin,
        [LABEL.moduleType]: 'plugin',
      },
    },
    spec: { version, ...spec },
    status: { phase: 'Running', version, ...status },
  }
}

export const TEST_CLUSTERS: ClusterFacts[] = [
  { name: 'global', labels: { 'is-global': 'true', 'cpaas.io/os-linux': '', 'cpaas.io/arch-amd64': 'true' } },
  { name: 'business', labels: { 'cpaas.io/os-linux': '', 'cpaas.io/arch-amd64': 'true' } },
  { name: 'edge', labels: { 'cpaas.io/os-linux': '', 'cpaas.io/arch-arm64': 'true' } },
]
