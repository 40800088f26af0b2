import type { Condition, JsonObject, KubeObject, Resource } from './object.ts'
import type { ChartVersion, Dependency } from './plugin-spec.ts'

export interface AvailableVersion {
  version: string
  riskLevel: string
  description: string
  descriptionEn?: string
  dependencies?: Dependency[]
  upgradeBefore?: { moduleName: string }[]
  options?: JsonObject
}

/** The state of one Helm release of an installation. */
export interface ReleaseStatus {
  name: string
  namespace?: string
  ready: boolean
  synced: boolean
  failed: boolean
  reason?: string
  message?: string
  lastProbeTime?: string
  chartVersions?: ChartVersion[]
}

export interface ModuleInfoSpec {
  version: string
  /** The user's answers: the whole configuration, nothing is merged in. Absent means the defaults. */
  config?: JsonObject
  /** Raw chart values by chart name; they win over templates. */
  valuesOverride?: JsonObject
  selectedCluster?: Record<string, string>
  entrypoint?: string
}

export interface ModuleInfoStatus {
  phase: string
  /** What is running now; `""` until something is. */
  version: string
  availableVersions?: AvailableVersion[]
  blockReasons?: string[]
  removeIsPrevented?: boolean
  appReleases?: ReleaseStatus[]
  conditions?: Condition[]
  specHash?: string
  moduleconfigSpecHash?: string
  transitVersion?: string
  transitTimestamp?: string
  transitTimeout?: number
}

/** One installation: a plugin on a cluster. Found by its labels, never by its name. */
export interface ModuleInfo extends KubeObject {
  spec: ModuleInfoSpec
  status?: ModuleInfoStatus
}

export const MODULE_INFO: Resource<ModuleInfo> = {
  group: 'cluster.alauda.io',
  version: 'v1alpha1',
  plural: 'moduleinfoes',
  kind: 'ModuleInfo',
  namespaced: false,
}
