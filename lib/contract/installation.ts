import type { Reason } from '#lib/domain/reason.ts'
import type { PluginStatus } from '#lib/domain/plugin-status.ts'
import type { Condition, JsonObject } from '#lib/kinds/object.ts'
import type { LocalText } from '#lib/kinds/local-text.ts'
import type { ReleaseStatus } from '#lib/kinds/module-info.ts'
import type { Action, ActionView } from './action.ts'

/** A version that may be taken, or stands in the list and may not. */
export interface UpgradeView {
  version: string
  /** `low`, `middle` or `high` as a rule; free text on the wire. */
  riskLevel: string
  /** The plugin's own words about the risk. */
  riskText: LocalText
  /** Empty: it may be taken now. */
  blockedBy: Reason[]
  /** Installations that can't live with this version (`needed-by`); taking it needs `ignoreDependents`. */
  breaks?: Reason[]
}

/** One plugin on one cluster: what the tables show. */
export interface PluginOnCluster {
  plugin: string
  cluster: string
  /**
   * The cluster of this installation does not answer: all that stands here is as last reported. Absent while it answers.
   * On a row without an installation: whether it fits is not known, as nobody could read the cluster's labels.
   * `since`: when it fell silent, ISO 8601; null when it was never reached.
   */
  silent?: { since: string | null }
  status: PluginStatus
  /** The phase as it stands on the object; shown raw when the status is Unknown. */
  phase: string
  reasons: Reason[]
  /** What long work is at now, in the controller's own words; empty when nothing runs. */
  stage: string
  /** Releases that are ready and synced, of how many; null when there are none yet. */
  progress: { done: number; total: number } | null
  targetVersion: string | null
  installedVersion: string | null
  /** The best version to upgrade to now; null when there is none. */
  upgrade: UpgradeView | null
  actions: Record<Action, ActionView>
  /** The version that Install begins to install by itself, asking nothing; null when there is something to answer. */
  installsAtOnce: string | null
}

/** One installation in full, for the detail page and the dialogs. */
export interface InstallationView extends PluginOnCluster {
  /** Name of the ModuleInfo now; changes once after creation. */
  name: string
  uid: string
  resourceVersion: string
  createdAt: string | null
  deletedAt: string | null
  labels: Record<string, string>
  /** Absent means the version's defaults. */
  config?: JsonObject
  valuesOverride?: JsonObject
  upgrades: UpgradeView[]
  conditions: Condition[]
  appReleases: ReleaseStatus[]
  /** Link to the plugin's own page: http(s) or a path of the platform; null when there is none. */
  entrypoint: string | null
  createdByPlatform: boolean
}
