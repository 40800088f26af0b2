import type { ClusterFacts, World } from '#lib/domain/world.ts'
import type { KubeClient } from '#lib/kube/kube-client.ts'
import type { ObjectCache } from '#lib/kube/object-cache.ts'
import type { AppRelease } from '#lib/kinds/app-release.ts'
import type { ArtifactVersion } from '#lib/kinds/artifact.ts'
import type { Cluster } from '#lib/kinds/cluster.ts'
import type { ModuleConfig } from '#lib/kinds/module-config.ts'
import type { ModulePlugin } from '#lib/kinds/module-plugin.ts'
import type { History } from './history/open-history.ts'
import type { BlockingKind } from './blocking-watches.ts'
import type { InfoIndex } from './info-index.ts'

/** A cluster as the controllers see it. */
export interface ClusterView extends ClusterFacts {
  /** `spec.type` of its object; `''` where there is none. */
  readonly type: string
  /** Undefined where the platform has no Cluster objects. */
  readonly object: Cluster | undefined
}

/** How a target cluster is doing. */
export type TargetState =
  | { readonly state: 'ready' }
  /** Not known yet; news will come. */
  | { readonly state: 'connecting' }
  | { readonly state: 'unreachable' | 'forbidden' | 'no-delivery'; readonly message: string }

/** A cluster that plugins go to. */
export interface Target {
  readonly client: KubeClient
  readonly releases: ObjectCache<AppRelease>
  state(): TargetState
}

/** All that reconciling looks at and writes to. */
export interface Scene {
  /** Where the plugin objects live. */
  readonly global: KubeClient
  readonly modulePlugins: ObjectCache<ModulePlugin>
  readonly moduleConfigs: ObjectCache<ModuleConfig>
  readonly infos: InfoIndex
  readonly artifactVersions: ObjectCache<ArtifactVersion>
  clusters(): ReadonlyMap<string, ClusterView>
  /** Whether that list was read: a cluster that isn't in it is gone, and not merely out of sight. */
  areClustersKnown(): boolean
  /** False while the labels that a cluster gets from its nodes were never read: its rules can't be judged then. */
  areLabelsKnown(cluster: string): boolean
  target(cluster: string): Target | undefined
  /** The rules' view of what is accepted: requests and refused objects are not in it. */
  world(): World
  /** Looks at a removal again when objects of these kinds, which hold it back, go; no kinds end that. */
  watchBlockers(
    place: { readonly cluster: string; readonly plugin: string },
    client: KubeClient,
    kinds: readonly BlockingKind[],
  ): void
  /** The specs that were accepted. */
  readonly history: History
  /** The registry that charts come from; `''` where none is configured. */
  readonly repoURL: string
  now(): Date
}
