import type { JsonObject } from './object.ts'
import type { LocalText } from './local-text.ts'

/** One requirement of a label selector. Operators: In, NotIn, Exists, DoesNotExist, Gt, Lt (integers). */
export interface LabelRequirement {
  key: string
  operator: string
  values?: string[]
}

export interface LabelSelector {
  matchLabels?: Record<string, string>
  matchExpressions?: LabelRequirement[]
}

export interface Affinity {
  clusterAffinity?: LabelSelector
  clusterAntiAffinity?: LabelSelector
  pluginAntiAffinity?: string[]
}

export interface ChartVersion {
  /** OCI repository path such as `ait/chart-example`. */
  name: string
  releaseName: string
  version: string
}

export interface AppReleaseSpec {
  name: string
  namespace?: string
  installCondition?: string
  chartVersions: ChartVersion[]
}

/** A plugin that must run on the target cluster in a version matching any of the ranges. */
export interface Dependency {
  moduleName: string
  instanceName?: string
  versionsMatch?: string[]
}

/** One control of the dynamic form; `path` is dotted, inside `config`. */
export interface Descriptor {
  path: string
  displayName?: string
  description?: string
  'x-descriptors'?: string[]
}

export interface ResourceList {
  [resource: string]: string | number
}

export interface SizePreset {
  size: string
  name: LocalText
  description: LocalText
  components: Record<string, { resources?: { requests?: ResourceList; limits?: ResourceList } }>
}

export interface SizeSettings {
  default?: string
  quotaTip?: LocalText
  sizes?: SizePreset[]
}

/** A resource on the target cluster that forbids removal while it exists. */
export interface BlockingResource {
  apiVersion?: string
  kind?: string
  namespace?: string
  name?: string
}

/** The fields that ModulePlugin.spec and ModuleConfig.spec share. */
export interface PluginSpec {
  name: string
  version?: string
  description: LocalText
  /** A `data:image/…` URI, written by a stranger. */
  logo: string
  deleteable: boolean
  affinity?: Affinity
  appReleases?: AppReleaseSpec[]
  mainChart?: string
  cfgFilename?: string
  config?: JsonObject
  deployDescriptors?: Descriptor[]
  editDescriptors?: Descriptor[]
  upgradeDescriptors?: Descriptor[]
  valuesTemplates?: Record<string, string>
  dependencies?: Dependency[]
  pluginDependencies?: { crossCluster?: { oneOf?: { clusterName: string; pluginName: string }[] } }
  crossClusterDependencies?: string[]
  supportedUpgradeVersions?: string
  mustUpgrade?: boolean
  upgradeBefore?: { moduleName: string }[]
  upgradeRiskLevel?: string
  upgradeRiskDescription?: string
  upgradeRiskDescriptionEn?: string
  deleteRiskDescription?: string
  deleteRiskDescriptionEn?: string
  deleteBlockDescription?: string
  deleteBlockDescriptionEn?: string
  resourcesBlockRemove?: BlockingResource[]
  targetClusterVersions?: string[]
  /** Seconds that an upgrade may take. */
  transitTimeout?: number
  entrypointTemplate?: string
  labelCluster?: string
  skipPlatformConfig?: boolean
  uiContext?: { sizeSettings?: SizeSettings }
}
