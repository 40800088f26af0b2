import { setTimeout as pause } from 'node:timers/promises'
import { createClusterRegistry } from '#lib/kube/cluster-registry.ts'
import type { KubeClient } from '#lib/kube/kube-client.ts'
import { createKubeClient } from '#lib/kube/http-kube-client.ts'
import { loadKubeconfig } from '#lib/kube/load-config.ts'
import { GLOBAL_CLUSTER } from '#lib/kinds/cluster.ts'
import { MODULE_INFO } from '#lib/kinds/module-info.ts'
import { startApiServer } from './apiserver/server.ts'
import { runControllers } from './controllers/run-controllers.ts'
import { startSimulatedDelivery } from './delivery/simulated-delivery.ts'
import { embeddedIdentity, isCrashedPlatform } from './embedded-identity.ts'
import { createClusters, createMarker, EMBEDDED, endSeeding, isSeeding } from './first-objects.ts'
import { seed } from './seed/seed.ts'

export interface PlatformOptions {
  /** Where everything is kept. */
  readonly dataDir: string
  /** On 127.0.0.1; 0 takes a free one. */
  readonly port: number
  /** Package sources for the first contents; the project's own unless given, none at all when null. */
  readonly examplesDir?: string | null
  readonly log: (line: string) => void
}

export interface Platform {
  readonly kubeconfigPath: string
  readonly url: string
  close(): Promise<void>
}

/** How long the first installations may take before the platform is called ready without them. */
const SEED_WAIT_MS = 6000
const CRD_DIR = new URL('../crds', import.meta.url).pathname

async function untilInstalled(client: KubeClient, signal: AbortSignal): Promise<void> {
  const deadline = Date.now() + SEED_WAIT_MS
  while (Date.now() < deadline && !signal.aborted) {
    const { items } = await client.listAll(MODULE_INFO)
    if (items.every(({ status }) => status?.phase === 'Running')) return
    await pause(50, undefined, { signal }).catch(() => undefined)
  }
}

/**
 * Starts the embedded platform in this process: API server, first contents, controllers and the simulated delivery.
 * Resolves once everything is there that a first look should find.
 * @throws what keeps the API server from starting (`EADDRINUSE`, a data folder that can't be written)
 */
export async function runPlatform(options: PlatformOptions): Promise<Platform> {
  const { dataDir, port, log, examplesDir } = options
  const closing = new AbortController()
  const cleanups: (() => unknown)[] = []
  const close = async (): Promise<void> => {
    closing.abort()
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
  }
  try {
    const api = await startApiServer({
      dataDir,
      port,
      clusters: EMBEDDED.map(({ name }) => name),
      crdDir: CRD_DIR,
      log,
    })
    cleanups.push(() => api.close())
    const config = loadKubeconfig(api.kubeconfigPath)
    const clients = new Map(
      EMBEDDED.map(({ name }) => [
        name,
        createKubeClient(config, { cluster: name, server: `${api.url}/kubernetes/${name}` }),
      ]),
    )
    cleanups.push(() => Promise.all([...clients.values()].map((client) => client.close())))
    const client = (cluster: string): KubeClient => {
      const found = clients.get(cluster)
      if (found === undefined) throw new Error(`there is no embedded cluster ${cluster}`)
      return found
    }
    const global = client(GLOBAL_CLUSTER)
    await createClusters(global, new Date())
    for (const each of clients.values()) await createMarker(each)

    const registry = createClusterRegistry(config, { source: 'platform' })
    cleanups.push(() => registry.stop())
    const controllers = runControllers({
      registry,
      identity: embeddedIdentity(),
      isHolderGone: isCrashedPlatform,
      log,
      alongside(fence) {
        const deliveries = [...clients.values()].map((each) => startSimulatedDelivery(fence(each), { log }))
        return {
          async stop() {
            await Promise.all(deliveries.map((delivery) => delivery.stop()))
          },
        }
      },
    })
    cleanups.push(() => controllers.stop())
    await controllers.ready()
    if (examplesDir !== null)
      await seed({
        client,
        log,
        signal: closing.signal,
        ...(examplesDir === undefined ? {} : { examplesDir }),
      })
    if (await isSeeding(global)) await untilInstalled(global, closing.signal)
    for (const each of clients.values()) await endSeeding(each)
    return { kubeconfigPath: api.kubeconfigPath, url: api.url, close }
  } catch (error) {
    await close()
    throw error
  }
}
