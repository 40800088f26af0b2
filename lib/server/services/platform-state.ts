import type { ClusterSourceKind } from '#lib/contract/cluster.ts'
import type { SourceFreshness } from '#lib/contract/freshness.ts'
import type { Artifact, ArtifactVersion } from '#lib/kinds/artifact.ts'
import { GLOBAL_CLUSTER } from '#lib/kinds/cluster.ts'
import type { ModuleConfig } from '#lib/kinds/module-config.ts'
import type { ModuleInfo } from '#lib/kinds/module-info.ts'
import type { ModulePlugin } from '#lib/kinds/module-plugin.ts'
import type { KubeObject } from '#lib/kinds/object.ts'
import type { ClusterRegistry, ClusterWay } from '#lib/kube/cluster-registry.ts'
import type { CacheFreshness, ObjectCache } from '#lib/kube/object-cache.ts'
import type { PackageSettings } from '#lib/packages/package-settings.ts'
import { createExclusive } from './exclusive.ts'
import type { Exclusive } from './exclusive.ts'
import { buildSnapshot } from './platform-snapshot.ts'
import type { PlatformSnapshot } from './platform-snapshot.ts'

type Readable<T extends KubeObject> = Pick<ObjectCache<T>, 'list' | 'revision' | 'freshness'>

/** Live copies of the kinds that the console joins, all of the global cluster. */
export interface PlatformCaches {
  modulePlugins: Readable<ModulePlugin>
  moduleConfigs: Readable<ModuleConfig>
  moduleInfos: Readable<ModuleInfo>
  artifacts: Readable<Artifact>
  artifactVersions: Readable<ArtifactVersion>
}

/** The clusters there are; lib/kube's ClusterRegistry is one. */
export type ClusterList = Pick<
  ClusterRegistry,
  'kind' | 'clusters' | 'revision' | 'freshness' | 'way' | 'nodeFreshness' | 'areLabelsKnown'
>

/** What the console knows of itself and of what it serves. */
export interface About {
  /** The global cluster and its context as the kubeconfig names them, and its address without credentials. */
  cluster: string
  context: string
  server: string
  /** What was said about clusters, and what came of it. */
  clusterSource: {
    isConfigured: boolean
    gateway: { address: string | null; isConfigured: boolean }
    kubeconfigs: readonly string[]
    hasNamespacePrefix: boolean
  }
  /** ISO 8601. */
  startedAt: string
  consoleVersion: string
  /** Where artifacts are pushed now; null: nowhere. */
  registry: () => string | null
  /** Bytes. */
  maxPackageBytes: number
}

/** The platform as one model, computed once per change however many ask. */
export interface PlatformState {
  readonly about: About
  /** What was said about packages when the process started. */
  readonly packages: PackageSettings
  readonly kind: ClusterSourceKind | null
  /** The joined model of this moment; the same object until something changes. */
  snapshot(): PlatformSnapshot
  /** Each source of the global cluster, and the clusters that don't answer. */
  freshness(): SourceFreshness[]
  /** Beside those, what is known of each cluster by asking it. */
  allFreshness(): SourceFreshness[]
  /** False while the labels that a cluster gets from its nodes were never read: who fits there is not known then. */
  areLabelsKnown(cluster: string): boolean
  /** How a cluster is reached; undefined for one that isn't known. */
  clusterWay(cluster: string): ClusterWay | undefined
  /** The CRDs (`plural.group`) that the console is about, and how each is known. */
  crds(): { name: string; state: CacheFreshness['state'] }[]
  /** Those that the global cluster lacks. */
  missingCrds(): string[]
  /** Whether everything that the model needs was read at least once. */
  isReady(): boolean
  /** Runs one at a time what shares a key. */
  readonly exclusive: Exclusive
}

const SOURCES: readonly { key: keyof PlatformCaches; kind: string; crd: string }[] = [
  { key: 'modulePlugins', kind: 'ModulePlugin', crd: 'moduleplugins.cluster.alauda.io' },
  { key: 'moduleConfigs', kind: 'ModuleConfig', crd: 'moduleconfigs.cluster.alauda.io' },
  { key: 'moduleInfos', kind: 'ModuleInfo', crd: 'moduleinfoes.cluster.alauda.io' },
  { key: 'artifacts', kind: 'Artifact', crd: 'artifacts.app.alauda.io' },
  { key: 'artifactVersions', kind: 'ArtifactVersion', crd: 'artifactversions.app.alauda.io' },
]

function freshnessOf(
  kind: string,
  { state, knownAt, message }: CacheFreshness,
  cluster: string = GLOBAL_CLUSTER,
): SourceFreshness {
  return {
    cluster,
    kind,
    state,
    knownAt: knownAt === null ? null : new Date(knownAt).toISOString(),
    message,
  }
}

/** What could not be read is not merely being loaded. */
function tried(freshness: CacheFreshness): CacheFreshness {
  const hasFailed = freshness.state === 'loading' && freshness.message !== null
  return hasFailed ? { ...freshness, state: 'stale' } : freshness
}

/** What the light requests to a cluster's own API tell; undefined where there is nothing to ask. */
function answersOf(cluster: string, way: ClusterWay | undefined): SourceFreshness | undefined {
  if (way === undefined || way.problem !== null) return undefined
  const { state, answeredAt, message } = way.reachability
  return freshnessOf(
    'API server',
    {
      state: state === 'reachable' ? 'live' : state === 'unreachable' ? 'stale' : 'loading',
      knownAt: answeredAt,
      message,
    },
    cluster,
  )
}

/** Joins live copies into one model. */
export function createPlatformState(options: {
  about: About
  packages: PackageSettings
  registry: ClusterList
  caches: PlatformCaches
}): PlatformState {
  const { about, packages, registry, caches } = options
  let current: { revisions: readonly number[]; snapshot: PlatformSnapshot } | undefined

  function revisions(): number[] {
    return [registry.revision, ...SOURCES.map(({ key }) => caches[key].revision)]
  }

  function globalFreshness(): SourceFreshness[] {
    return [
      freshnessOf('Cluster', registry.freshness),
      ...SOURCES.map(({ key, kind }) => freshnessOf(kind, caches[key].freshness)),
    ]
  }

  return {
    about,
    packages,
    get kind() {
      return registry.kind
    },
    snapshot() {
      const now = revisions()
      if (current === undefined || now.some((revision, index) => revision !== current?.revisions[index])) {
        const snapshot = buildSnapshot(
          {
            clusters: registry.clusters(),
            modulePlugins: caches.modulePlugins.list(),
            moduleConfigs: caches.moduleConfigs.list(),
            moduleInfos: caches.moduleInfos.list(),
            artifacts: caches.artifacts.list(),
            artifactVersions: caches.artifactVersions.list(),
          },
          current?.snapshot,
        )
        current = { revisions: now, snapshot }
      }
      return current.snapshot
    },
    freshness: () => [
      ...globalFreshness(),
      ...registry.clusters().flatMap(({ metadata: { name } }) => {
        const way = registry.way(name)
        // Who was not asked yet is no news, and the global cluster speaks for itself.
        if (name === GLOBAL_CLUSTER || way?.reachability.state !== 'unreachable') return []
        return answersOf(name, way) ?? []
      }),
    ],
    allFreshness: () => [
      ...globalFreshness(),
      ...registry.clusters().flatMap(({ metadata: { name } }) => {
        const nodes = registry.nodeFreshness(name)
        return [
          answersOf(name, registry.way(name)) ?? [],
          nodes === undefined ? [] : freshnessOf('Node', tried(nodes), name),
        ].flat()
      }),
    ],
    areLabelsKnown: (cluster) => registry.areLabelsKnown(cluster),
    clusterWay: (cluster) => registry.way(cluster),
    crds: () => SOURCES.map(({ key, crd }) => ({ name: crd, state: caches[key].freshness.state })),
    missingCrds: () =>
      SOURCES.filter(({ key }) => caches[key].freshness.state === 'absent').map(({ crd }) => crd),
    isReady: () =>
      registry.freshness.state !== 'loading' &&
      SOURCES.every(({ key }) => caches[key].freshness.state !== 'loading'),
    exclusive: createExclusive(),
  }
}
