import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createClusterRegistry } from '#lib/kube/cluster-registry.ts'
import type { PackageSettings } from '#lib/packages/package-settings.ts'
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
import { followRegistryAddress } from './registry-address.ts'
import { followCaches, followClusters, startPlatformCaches } from './platform-caches.ts'
import type { Caller, ServiceContext } from './services/context.ts'
import { createPlatformState } from './services/platform-state.ts'
import { errorLine } from './services/uploads/error-line.ts'
import { resumeUploads } from './services/uploads/resume-uploads.ts'
import { UploadStore, uploadView } from './services/uploads/upload-store.ts'

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
  /** Where uploads are kept. */
  uploadsDir: string
}): Promise<Runtime> {
  const { environment, packages } = options
  const { config, served, user } = await connectCluster(options.kubeconfig, environment.defaultKubeconfig)
  const ends = new AbortController()
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
      registry: await followRegistryAddress(
        registry.globalClient,
        packages,
        () => live.changed('packages'),
        ends.signal,
      ),
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

  const uploads = await UploadStore.open({
    dir: options.uploadsDir,
    settings: packages,
    tell(upload, isNews) {
      const { by } = upload.record
      live.uploadChanged(by, { uploadId: upload.record.id, upload: uploadView(upload, by) })
      if (isNews) live.changed('packages')
    },
    onUnsaved: ({ record }, error) =>
      log.warn('the record of an upload can not be written now', {
        upload: record.id,
        error: errorLine(error),
      }),
  })
  const caller: Caller = { name: user, client: (cluster) => registry.client(cluster) }
  const contextOf = (request: { requestId: string; signal: AbortSignal }): ServiceContext => ({
    caller,
    platform,
    uploads,
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
  await resumeUploads(contextOf({ requestId: randomUUID(), signal: AbortSignal.any([]) }))
  return {
    served,
    live,
    contextOf,
    cluster: (name) => registry.client(name),
    async firstRead(timeoutMs) {
      const signal = AbortSignal.timeout(timeoutMs)
      await Promise.allSettled([registry, ...Object.values(caches)].map((source) => source.ready(signal)))
    },
    async stop() {
      installBackend(undefined)
      ends.abort()
      await uploads.close()
      for (const cache of Object.values(caches)) cache.stop()
      await registry.stop()
    },
  }
}

async function consoleVersion(): Promise<string> {
  const text = await readFile(new URL('../../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}
