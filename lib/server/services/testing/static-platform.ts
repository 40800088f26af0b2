import { DEFAULT_PACKAGE_SETTINGS } from '#lib/packages/package-settings.ts'
import type { KubeObject } from '#lib/kinds/object.ts'
import type { ClusterWay } from '#lib/kube/cluster-registry.ts'
import type { CacheFreshness } from '#lib/kube/object-cache.ts'
import type { Cluster } from '#lib/kinds/cluster.ts'
import type { ServiceContext } from '../context.ts'
import type { UploadStore } from '../uploads/upload-store.ts'
import { createPlatformState } from '../platform-state.ts'
import type { PlatformCaches, PlatformState } from '../platform-state.ts'

const LIVE: CacheFreshness = { state: 'live', knownAt: 0, message: null }

/** A cache whose content a test sets. */
export interface StaticCache<T extends KubeObject> {
  list(): readonly T[]
  revision: number
  freshness: CacheFreshness
  set(objects: readonly T[]): void
}

export function staticCache<T extends KubeObject>(objects: readonly T[] = []): StaticCache<T> {
  let current = objects
  return {
    list: () => current,
    revision: 1,
    freshness: LIVE,
    set(next) {
      current = next
      this.revision += 1
    },
  }
}

type CacheOf<K extends keyof PlatformCaches> = ReturnType<PlatformCaches[K]['list']>[number]
type StaticCaches = { [K in keyof PlatformCaches]: StaticCache<CacheOf<K>> }
type StaticContent = { [K in keyof PlatformCaches]?: readonly CacheOf<K>[] } & {
  clusters?: readonly Cluster[]
}

export interface StaticPlatform {
  platform: PlatformState
  caches: StaticCaches
  clusters: StaticCache<Cluster>
  /** How clusters are reached; what isn't in it was not asked. */
  ways: Map<string, ClusterWay>
  /** How the nodes are known of clusters whose labels come from them. */
  nodes: Map<string, CacheFreshness>
}

/** A cluster object, as small as it gets. */
export function testCluster(name: string, labels: Record<string, string> = {}): Cluster {
  return {
    apiVersion: 'platform.tkestack.io/v1',
    kind: 'Cluster',
    metadata: { name, labels },
    status: { phase: 'Running', version: 'v1.31.2' },
  }
}

/** A platform made of plain arrays. */
export function staticPlatform(content: StaticContent): StaticPlatform {
  const caches: StaticCaches = {
    modulePlugins: staticCache(content.modulePlugins),
    moduleConfigs: staticCache(content.moduleConfigs),
    moduleInfos: staticCache(content.moduleInfos),
    artifacts: staticCache(content.artifacts),
    artifactVersions: staticCache(content.artifactVersions),
  }
  const clusters = staticCache(content.clusters)
  const ways = new Map<string, ClusterWay>()
  const nodes = new Map<string, CacheFreshness>()
  const registry = {
    kind: 'platform' as const,
    clusters: () => clusters.list(),
    get revision() {
      return clusters.revision
    },
    get freshness() {
      return clusters.freshness
    },
    way: (name: string) => ways.get(name),
    nodeFreshness: (name: string) => nodes.get(name),
    areLabelsKnown: (name: string) => nodes.get(name)?.state !== 'loading',
  }
  const about = {
    cluster: 'test',
    context: 'admin@test',
    startedAt: '2026-01-01T00:00:00.000Z',
    clusterSource: {
      isConfigured: false,
      gateway: { address: 'https://127.0.0.1', isConfigured: false },
      kubeconfigs: [],
      hasNamespacePrefix: false,
    },
    server: 'https://127.0.0.1',
    consoleVersion: '0',
    registry: () => null,
    maxPackageBytes: 1024,
  }
  const platform = createPlatformState({ about, packages: DEFAULT_PACKAGE_SETTINGS, registry, caches })
  return { platform, caches, clusters, ways, nodes }
}

/** For services that have nothing to do with uploads: whoever asks it fails. */
function noUploads(): UploadStore {
  return new Proxy({} as UploadStore, {
    get: (_, name) => {
      throw new Error(`this test has no uploads, and asked for ${String(name)}`)
    },
  })
}

/** A caller that reaches no cluster: enough for everything that only reads. */
export function readerContext(platform: PlatformState): ServiceContext {
  return {
    caller: { name: 'reader', client: () => undefined },
    platform,
    uploads: noUploads(),
    signal: new AbortController().signal,
    log: { info: () => undefined, warn: () => undefined },
    operationId: 'operation-1',
  }
}
