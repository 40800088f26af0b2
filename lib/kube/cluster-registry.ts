import type { Cluster } from '#lib/kinds/cluster.ts'
import { CLUSTER, GLOBAL_CLUSTER } from '#lib/kinds/cluster.ts'
import { SYSTEM_CLOCK, sleep } from './clock.ts'
import type { Clock } from './clock.ts'
import type { ClusterSource } from './cluster-source.ts'
import { createKubeClient } from './http-kube-client.ts'
import type { KubeClient } from './kube-client.ts'
import { NotFoundError } from './kube-error.ts'
import { createListeners } from './listeners.ts'
import { publicAddress } from './load-config.ts'
import type { KubeConfig } from './load-config.ts'
import type { CacheFreshness } from './object-cache.ts'
import { isDnsName } from './object-path.ts'
import { watchPlainCluster } from './plain-cluster.ts'
import { untilSettled } from './until-settled.ts'
import { createObjectCache } from './watch-cache.ts'

/** `platform`: clusters are objects of platform.tkestack.io; `plain`: there is just the one. */
export type RegistryKind = 'platform' | 'plain'

export interface ClusterRegistryOptions {
  /** Address below which `/kubernetes/<cluster>` stands; the kubeconfig's server when left out. */
  gateway?: string
  clock?: Clock
  random?: () => number
}

/** Which clusters there are, live, and how each is reached. */
export interface ClusterRegistry {
  /** Null until the API server was asked. */
  readonly kind: RegistryKind | null
  /** The management plane's API: the kubeconfig's own server. */
  readonly globalClient: KubeClient
  /** As objects of platform.tkestack.io, made up where there is only the one; in no particular order. */
  clusters(): readonly Cluster[]
  cluster(name: string): Cluster | undefined
  /** A client for a cluster that exists and whose name is fit for a path; `global` always has one. */
  client(name: string): KubeClient | undefined
  /** Grows whenever what `clusters` says changes. */
  readonly revision: number
  readonly freshness: CacheFreshness
  onChange(listener: () => void): () => void
  onFreshness(listener: (freshness: CacheFreshness) => void): () => void
  /** Resolves once it is known which clusters there are (or that they may not be read). */
  ready(signal?: AbortSignal): Promise<void>
  /** Ends watches and closes all clients, the global one too. */
  stop(): Promise<void>
}

const FIRST_DELAY_MS = 500
const LAST_DELAY_MS = 15_000
/** A plain cluster may become a platform when its CRDs are installed. */
const RECHECK_MS = 15_000

/** Asks the API server behind `config` what it is, and asks again until it answers. */
export function createClusterRegistry(
  config: KubeConfig,
  options: ClusterRegistryOptions = {},
): ClusterRegistry {
  const clock = options.clock ?? SYSTEM_CLOCK
  const timing = { clock, random: options.random ?? Math.random }
  const globalClient = createKubeClient(config, { cluster: GLOBAL_CLUSTER })
  const gateway = gatewayOf(options.gateway ?? globalClient.server)
  const clients = new Map<string, KubeClient>()
  const changeListeners = createListeners<undefined>()
  const freshnessListeners = createListeners<CacheFreshness>()
  const stopping = new AbortController()
  const settled = Promise.withResolvers<undefined>()
  let kind: RegistryKind | null = null
  let source: ClusterSource | undefined
  let revision = 0
  let discovery: CacheFreshness = { state: 'loading', knownAt: null, message: null }

  function changed(): void {
    revision += 1
    for (const [name, client] of clients) {
      if (source?.get(name) !== undefined) continue
      clients.delete(name)
      void client.close()
    }
    changeListeners.tell(undefined)
  }

  function adopt(next: RegistryKind): void {
    source?.stop()
    kind = next
    source =
      next === 'platform'
        ? createObjectCache(globalClient, CLUSTER, timing)
        : watchPlainCluster(globalClient, timing)
    const adopted = source
    adopted.onChange(() => adopted === source && changed())
    adopted.onFreshness((freshness) => adopted === source && freshnessListeners.tell(freshness))
    void adopted.ready().then(
      () => settled.resolve(undefined),
      () => undefined,
    )
    changed()
    freshnessListeners.tell(adopted.freshness)
  }

  async function discover(): Promise<void> {
    let delayMs = FIRST_DELAY_MS
    while (!stopping.signal.aborted && kind !== 'platform') {
      try {
        const found = await kindOf(globalClient, stopping.signal)
        if (stopping.signal.aborted) return
        if (found !== kind) adopt(found)
        delayMs = RECHECK_MS
      } catch (error) {
        if (stopping.signal.aborted) return
        if (kind === null) {
          discovery = { ...discovery, message: error instanceof Error ? error.message : 'unknown error' }
          freshnessListeners.tell(discovery)
          delayMs = Math.min(LAST_DELAY_MS, delayMs * 2)
        }
      }
      await sleep(clock, delayMs * (0.75 + 0.5 * timing.random()), stopping.signal)
    }
  }

  void discover()

  return {
    get kind() {
      return kind
    },
    globalClient,
    clusters: () => source?.list() ?? [],
    cluster: (name) => source?.get(name),
    client(name) {
      if (name === GLOBAL_CLUSTER) return globalClient
      if (kind !== 'platform' || source?.get(name) === undefined || !isDnsName(name)) return undefined
      const known = clients.get(name)
      if (known !== undefined) return known
      const client = createKubeClient(config, { cluster: name, server: `${gateway}/kubernetes/${name}` })
      clients.set(name, client)
      return client
    },
    get revision() {
      return revision
    },
    get freshness() {
      return source?.freshness ?? discovery
    },
    onChange: (listener) => changeListeners.add(listener),
    onFreshness: (listener) => freshnessListeners.add(listener),
    ready: (signal) => untilSettled(settled.promise, signal ? [signal, stopping.signal] : [stopping.signal]),
    async stop() {
      stopping.abort()
      source?.stop()
      await Promise.all([globalClient, ...clients.values()].map((client) => client.close()))
    },
  }
}

/** @throws every error but the API's absence */
async function kindOf(client: KubeClient, signal: AbortSignal): Promise<RegistryKind> {
  try {
    await client.getPath(`/apis/${CLUSTER.group}/${CLUSTER.version}`, { signal })
    return 'platform'
  } catch (error) {
    if (error instanceof NotFoundError) return 'plain'
    throw error
  }
}

/** The global cluster answers at the root and under `/kubernetes/global`; the others stand beside the latter. */
function gatewayOf(server: string): string {
  return publicAddress(server).replace(new RegExp(`/kubernetes/${GLOBAL_CLUSTER}$`), '')
}
