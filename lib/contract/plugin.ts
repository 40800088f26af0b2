import type { Lifecycle } from '#lib/domain/lifecycle.ts'
import type { PluginStatus } from '#lib/domain/plugin-status.ts'
import type { Reason } from '#lib/domain/reason.ts'
import type { JsonObject } from '#lib/kinds/object.ts'
import type { LocalText } from '#lib/kinds/local-text.ts'
import type {
  Affinity,
  BlockingResource,
  Dependency,
  Descriptor,
  SizeSettings,
} from '#lib/kinds/plugin-spec.ts'
import type { Resting } from './freshness.ts'
import type { InstallationView, PluginOnCluster } from './installation.ts'
import type { PackageArtifactView, RelatedImageView } from './package-artifact.ts'
import type { Page } from './page.ts'

export interface PluginSummary {
  name: string
  displayName: LocalText
  description: LocalText
  /** Path of a safe rendition of the logo, with its hash; null when there is none or it is unusable. */
  logo: string | null
  lifecycle: Lifecycle
  catalog: string | null
  builtIn: boolean
  latestVersion: string | null
  /** Newest first. */
  versions: string[]
  /** On the cluster that was asked for; null when none was. */
  onCluster: PluginOnCluster | null
  /** Clusters by status, only those that occur. */
  statusCounts: Partial<Record<PluginStatus, number>>
  /** Clusters where an upgrade may be taken now. */
  upgradableCount: number
  /** What is wrong with the objects themselves; the row is shown all the same. */
  problems: Reason[]
}

/** `GET /api/plugins`. Filters that don't apply to `cluster` use the counts over all clusters. */
export interface PluginPage extends Page<PluginSummary>, Resting {
  cluster: string | null
  /** Rows by status before the status filter, for the filter's own counts. */
  facets: {
    status: Partial<Record<PluginStatus, number>>
    lifecycle: Partial<Record<Lifecycle, number>>
    upgradable: number
  }
}

export interface PluginVersionView {
  version: string
  moduleConfig: string
  readyForDeploy: boolean
  publishedAt: string | null
  builtIn: boolean
  /** Has a form; otherwise installing needs no answers. */
  hasParameters: boolean
  affinity: Affinity
  dependencies: Dependency[]
  supportedUpgradeVersions: string | null
  targetClusterVersions: string[]
  riskLevel: string | null
  riskText: LocalText
  /** Clusters it fits with no reason listed; else why not. */
  fits: { cluster: string; reasons: Reason[] }[]
  installedOn: string[]
  problems: Reason[]
}

/** `GET /api/plugins/{plugin}`. */
export interface PluginDetail extends PluginSummary, Resting {
  versionDetails: PluginVersionView[]
  clusters: PluginOnCluster[]
  installations: InstallationView[]
  /** Plugins whose newest version depends on this one. */
  neededBy: string[]
  dependencies: Dependency[]
  crossClusterDependencies: string[]
  deleteable: boolean
  deleteRisk: LocalText
  deleteBlock: LocalText
  resourcesBlockRemove: BlockingResource[]
}

/** `GET /api/plugins/{plugin}/versions/{version}/contents`: what its package held, as far as that was kept. */
export interface VersionContents {
  /** Markdown, a stranger's; null when the chart has none or it was too long to be kept. */
  readme: string | null
  changelog: string | null
  artifacts: PackageArtifactView[]
  images: RelatedImageView[]
  /** Not all of it could be kept. */
  isShortened: boolean
}

/** `GET /api/plugins/{plugin}/versions/{version}`: what the dialogs need of a version. */
export interface VersionForm {
  plugin: string
  version: string
  config: JsonObject
  deployDescriptors: Descriptor[]
  editDescriptors: Descriptor[]
  upgradeDescriptors: Descriptor[]
  sizeSettings: SizeSettings | null
  crossClusterDependencies: string[]
}
