import { readFile } from 'node:fs/promises'
import { createClusterRegistry } from '#lib/kube/cluster-registry.ts'
import type { KubeClient } from '#lib/kube/kube-client.ts'
import { sweepPackageFolders } from '#lib/packages/package-folder.ts'
import type { PackageSettings } from '#lib/packages/package-settings.ts'
import { platformRegistry } from '#lib/packages/registry/find-registry.ts'
import { addressOf } from '#lib/packages/registry/registry-target.ts'
import {
  connectCluster,
  type ClusterSettings,
  type KubeconfigSource,
  type ServedCluster,
} from './connect-cluster.ts'
import type { Environment } from './environment.ts'
import { installBackend } from './http/backend.ts'
import { errorFacts } from './http/error-facts.ts'
import { LiveHub } from './http/live-hub.ts'
import type { RawRuntime } from './http/request-listener.ts'
import { services } from './http/services.ts'
import { log } from './log.ts'
import { followCaches, followClusters, startPlatformCaches } from './platform-caches.ts'
import type { Caller, ServiceContext } from './services/context.ts'
import { UPLOADS_FOLDER } from './services/publish-upload.ts'
import { createPlatformState } from './services/platform-state.ts'

/** How long the platform may take to name its registry, in milliseconds. */
const REGISTRY_MS = 3000
/** An upload's folder that was not touched for so long is nobody's. Milliseconds. */
const LEFTOVER_MS = 24 * 3_600_000

export interface Runtime extends RawRuntime {
  served: ServedCluster
  /** Resolves once every source was read, or the time (milliseconds) is over. */
  firstRead(timeoutMs: number): Promise<void>
  /** Ends watches and connections. */
  stop(): Promise<void>
}

/**
 * Connects to the cluster, starts to follow it, and makes services and live events available to this process.
 * @throws StartupError
 */
export async function createRuntime(options: {
  kubeconfig: KubeconfigSource
  clusters: ClusterSettings
  environment: Environment
  packages: PackageSettings
}): Promise<Runtime> {
  const { environment, packages } = options
  // Not waited for: what a killed process left is in nobody's way.
  void sweepPackageFolders(UPLOADS_FOLDER, LEFTOVER_MS)
  const { config, served, user } = await connectCluster(options.kubeconfig, environment.defaultKubeconfig)
  const registry = createClusterRegistry(config, options.clusters)
  const caches = startPlatformCaches(registry.globalClient)
  const platform = createPlatformState({
    registry,
    caches,
    packages,
    about: {
      cluster: served.cluster,
      context: served.context,
      server: served.server,
      startedAt: new Date().toISOString(),
      clusterSource: {
        isConfigured: registry.isKindConfigured,
        gateway: registry.gateway,
        kubeconfigs: options.clusters.kubeconfigs ?? [],
        hasNamespacePrefix: options.clusters.naming === 'namespace-name',
      },
      consoleVersion: await consoleVersion(),
      registry: await registryAddress(registry.globalClient, packages),
      maxPackageBytes: environment.maxPackageBytes,
    },
  })
  const live = new LiveHub({ freshness: () => platform.freshness() })
  followCaches(caches, {
    changed: (topics) => live.changed(...topics),
    freshness: () => {
      live.freshnessChanged()
      live.changed('clusters')
    },
  })
  followClusters(registry, (topics) => live.changed(...topics))
  registry.onFreshness(() => live.freshnessChanged())
  registry.onReachability(() => {
    live.freshnessChanged()
    live.changed('clusters', 'plugins')
  })

  const caller: Caller = { name: user, client: (cluster) => registry.client(cluster) }
  const contextOf = (request: { requestId: string; signal: AbortSignal }): ServiceContext => ({
    caller,
    platform,
    log,
    signal: request.signal,
    operationId: request.requestId,
  })
  installBackend({
    services,
    contextOf,
    factsOf: errorFacts,
    liveCursor: () => live.cursor,
    isReady: () => platform.isReady(),
  })
  return {
    served,
    live,
    contextOf,
    maxPackageBytes: environment.maxPackageBytes,
    cluster: (name) => registry.client(name),
    async firstRead(timeoutMs) {
      const signal = AbortSignal.timeout(timeoutMs)
      await Promise.allSettled([registry, ...Object.values(caches)].map((source) => source.ready(signal)))
    },
    async stop() {
      installBackend(undefined)
      for (const cache of Object.values(caches)) cache.stop()
      await registry.stop()
    },
  }
}

/** Where packages' artifacts go, for people; null where nothing says so, or the cluster can't be asked now. */
async function registryAddress(client: KubeClient, { registry }: PackageSettings): Promise<string | null> {
  if (registry.explicit !== null) return addressOf(registry.explicit)
  return platformRegistry(client, AbortSignal.timeout(REGISTRY_MS)).catch(() => null)
}

async function consoleVersion(): Promise<string> {
  const text = await readFile(new URL('../../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}
