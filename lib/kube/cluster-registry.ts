import type { Cluster } from '#lib/kinds/cluster.ts'
import { GLOBAL_CLUSTER } from '#lib/kinds/cluster.ts'
import { capiSource } from './capi-source.ts'
import type { CapiNaming } from './capi-source.ts'
import { SYSTEM_CLOCK, sleep } from './clock.ts'
import type { Clock } from './clock.ts'
import type { ClusterEntry, ClusterProblem, ClusterSource } from './cluster-source.ts'
import { findSource } from './find-source.ts'
import type { RegistryKind } from './find-source.ts'
import { gatewayFor } from './gateway.ts'
import type { Gateway } from './gateway.ts'
import { createKubeClient } from './http-kube-client.ts'
import type { KubeClient } from './kube-client.ts'
import { kubeconfigsSource } from './kubeconfigs-source.ts'
import { createListeners } from './listeners.ts'
import type { KubeConfig } from './load-config.ts'
import type { CacheFreshness } from './object-cache.ts'
import { plainSource } from './plain-source.ts'
import { platformSource } from './platform-source.ts'
import type { ClusterReachability } from './reachability.ts'
import { createRoutedClusters } from './routed-clusters.ts'
import { untilSettled } from './until-settled.ts'

/** Where clusters come from, as an operator may say; all of it may be left out. */
export interface ClusterSettings {
  /** Found out by asking the API server when left out. */
  source?: RegistryKind
  /** Address below which `/kubernetes/<cluster>` stands; the kubeconfig's server when left out. */
  gateway?: string
  /** PEM file of the CAs that the gateway's certificate may come from; the kubeconfig's CA when left out. */
  gatewayCaFile?: string
  /** Absolute paths of kubeconfigs and of folders of them; makes `kubeconfigs` the source. */
  kubeconfigs?: readonly string[]
  /** How clusters of Cluster API are called; `name` when left out. */
  naming?: CapiNaming
}

export interface ClusterRegistryOptions extends ClusterSettings {
  clock?: Clock
  random?: () => number
}

/** How a cluster is reached. */
export interface ClusterWay {
  /** Where it was found: an object or a file; empty for the management cluster and objects of the platform. */
  readonly origin: string
  /** Without credentials; null when there is no way to it, for the reason in `problem`. */
  readonly address: string | null
  readonly problem: ClusterProblem | null
  readonly reachability: ClusterReachability
}

/** Which clusters there are, live, and how each is reached. */
export interface ClusterRegistry {
  /** Null until the API server was asked. */
  readonly kind: RegistryKind | null
  /** Whether somebody said so; else it was found out. */
  readonly isKindConfigured: boolean
  readonly gateway: Gateway
  /** The management plane's API: the kubeconfig's own server. */
  readonly globalClient: KubeClient
  /** As objects of platform.tkestack.io, made up (and without a uid) where they are none; in no particular order. */
  clusters(): readonly Cluster[]
  cluster(name: string): Cluster | undefined
  /** A client for a cluster that there is a way to; `global` always has one. Another one when the way changed. */
  client(name: string): KubeClient | undefined
  way(name: string): ClusterWay | undefined
  /** Grows whenever what `clusters` or `client` says changes. */
  readonly revision: number
  readonly freshness: CacheFreshness
  /** How well the labels that come from a cluster's nodes are known; undefined where they don't. */
  nodeFreshness(name: string): CacheFreshness | undefined
  /** False while the labels that a cluster gets from its nodes were never read: its rules can't be judged then. */
  areLabelsKnown(name: string): boolean
  onChange(listener: () => void): () => void
  onFreshness(listener: (freshness: CacheFreshness) => void): () => void
  /** Told the name of a cluster that began or ceased to answer. */
  onReachability(listener: (cluster: string) => void): () => void
  /** Resolves once it is known which clusters there are (or that they may not be read). */
  ready(signal?: AbortSignal): Promise<void>
  /** Ends watches and closes all clients, the global one too. */
  stop(): Promise<void>
}

const FIRST_DELAY_MS = 500
const LAST_DELAY_MS = 15_000
/** A plain cluster may become a platform when its CRDs are installed. */
const RECHECK_MS = 15_000
const RECHECK_EMPTY_MS = 2000
/** Labels of clusters that answer are waited for this long at the start; a silent one must not hold it up. */
const LABELS_MS = 3000
/** What is found later only ever replaces what says less: a definition that is gone for a moment takes no cluster away. */
const RANK: Record<RegistryKind, number> = { plain: 0, 'cluster-api': 1, platform: 2, kubeconfigs: 2 }

/** Asks the API server behind `config` what it is, and asks again until it answers. */
export function createClusterRegistry(
  config: KubeConfig,
  options: ClusterRegistryOptions = {},
): ClusterRegistry {
  const clock = options.clock ?? SYSTEM_CLOCK
  const timing = { clock, random: options.random ?? Math.random }
  const { kubeconfigs = [], naming = 'name' } = options
  const configured = options.source ?? (kubeconfigs.length > 0 ? 'kubeconfigs' : undefined)
  const gateway = gatewayFor(config, { address: options.gateway, caFile: options.gatewayCaFile })
  const globalClient = createKubeClient(config, { cluster: GLOBAL_CLUSTER })
  const changeListeners = createListeners<undefined>()
  const freshnessListeners = createListeners<CacheFreshness>()
  const stopping = new AbortController()
  const settled = Promise.withResolvers<undefined>()
  let kind: RegistryKind | null = null
  let source: ClusterSource | undefined
  let entries: ReadonlyMap<string, ClusterEntry> = new Map()
  let revision = 0
  let isDiscovering = false
  let discovery: CacheFreshness = { state: 'loading', knownAt: null, message: null }
  const routed = createRoutedClusters({ config, globalClient, timing, onChange: told })

  function told(): void {
    revision += 1
    changeListeners.tell(undefined)
  }

  function changed(): void {
    entries = new Map((source?.list() ?? []).map((entry) => [entry.name, entry]))
    // The last cluster object is gone: no platform any more, but its API server is still a cluster.
    if (configured === undefined && kind === 'platform' && isEmptied()) {
      adopt('plain')
      void discover()
      return
    }
    routed.follow(entries)
    told()
  }

  function isEmptied(): boolean {
    return entries.size === 0 && source?.freshness.state === 'live'
  }

  function sourceOf(kind: RegistryKind): ClusterSource {
    if (kind === 'platform') return platformSource(globalClient, gateway, timing)
    if (kind === 'cluster-api') return capiSource(globalClient, naming, timing)
    if (kind === 'kubeconfigs') return kubeconfigsSource(kubeconfigs, timing)
    return plainSource(() => clock.now())
  }

  function adopt(next: RegistryKind): void {
    source?.stop()
    kind = next
    const adopted = sourceOf(next)
    source = adopted
    adopted.onChange(() => adopted === source && changed())
    adopted.onFreshness(() => adopted === source && freshnessListeners.tell(freshnessNow()))
    void settle(adopted)
    changed()
    freshnessListeners.tell(freshnessNow())
  }

  async function settle(adopted: ClusterSource): Promise<void> {
    try {
      await adopted.ready()
      if (adopted !== source) return
      changed()
      await routed.labelsOf(GLOBAL_CLUSTER)?.ready()
      await Promise.race([routed.labelsKnown(), sleep(clock, LABELS_MS, stopping.signal)])
      if (adopted === source) settled.resolve(undefined)
    } catch {
      // It was stopped.
    }
  }

  /** Plain Kubernetes is known as well as its nodes: nothing else could be out of date. */
  function freshnessNow(): CacheFreshness {
    if (source === undefined) return discovery
    const nodes = kind === 'plain' ? routed.labelsOf(GLOBAL_CLUSTER)?.freshness : undefined
    if (nodes === undefined) return source.freshness
    return nodes.state === 'forbidden' ? { ...nodes, state: 'live' } : nodes
  }

  async function discover(): Promise<void> {
    if (isDiscovering) return
    isDiscovering = true
    let delayMs = FIRST_DELAY_MS
    while (!stopping.signal.aborted && kind !== 'platform') {
      try {
        const found = await findSource(globalClient, stopping.signal)
        if (stopping.signal.aborted) return
        if (kind === null || RANK[found.kind] > RANK[kind]) adopt(found.kind)
        delayMs = found.isEmptyPlatform ? RECHECK_EMPTY_MS : RECHECK_MS
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
    isDiscovering = false
  }

  routed.onFreshness((cluster) => {
    if (cluster === GLOBAL_CLUSTER && kind === 'plain') freshnessListeners.tell(freshnessNow())
  })
  if (configured === undefined) void discover()
  else adopt(configured)

  return {
    get kind() {
      return kind
    },
    isKindConfigured: configured !== undefined,
    gateway,
    globalClient,
    clusters: () => [...entries.values()].map((entry) => routed.describe(entry)),
    cluster(name) {
      const entry = entries.get(name)
      return entry === undefined ? undefined : routed.describe(entry)
    },
    client: (name) => routed.client(name),
    way(name) {
      const entry = entries.get(name)
      if (entry === undefined) return undefined
      const { origin, problem } = entry
      const address = routed.client(name)?.server ?? null
      return { origin, problem, address, reachability: routed.reachability.get(name) }
    },
    get revision() {
      return revision
    },
    get freshness() {
      return freshnessNow()
    },
    nodeFreshness: (name) => routed.labelsOf(name)?.freshness,
    areLabelsKnown(name) {
      // The platform writes them on its objects; of a cluster that isn't there nothing is to be known.
      if (kind === 'platform' || !entries.has(name)) return true
      const nodes = routed.labelsOf(name)?.freshness
      return nodes !== undefined && nodes.state !== 'loading'
    },
    onChange: (listener) => changeListeners.add(listener),
    onFreshness: (listener) => freshnessListeners.add(listener),
    onReachability: (listener) => routed.reachability.onChange(listener),
    ready: (signal) => untilSettled(settled.promise, signal ? [signal, stopping.signal] : [stopping.signal]),
    async stop() {
      stopping.abort()
      source?.stop()
      await routed.stop()
    },
  }
}
