import type { Reason } from '#lib/domain/reason.ts'
import type { ClusterSourceKind } from './cluster.ts'
import type { ClusterReachability, SourceFreshness } from './freshness.ts'

export interface AboutCluster {
  name: string
  displayName: string
  isGlobal: boolean
  /** An object or a file; empty for objects of the platform. */
  origin: string
  /** Without credentials; null when there is no way to it, for the reason in `problem`. */
  address: string | null
  problem: Reason | null
  reachability: ClusterReachability
  /** Kubernetes' version, as it said itself, else as it is reported. */
  version: string | null
}

export interface AboutCrd {
  /** `plural.group` */
  name: string
  state: 'present' | 'missing' | 'forbidden' | 'unknown'
}

/** A process of controllers that says that it works. */
export interface AboutController {
  /** `namespace/name` of its Lease. */
  lease: string
  holder: string
  /** The last renewal, ISO 8601; null while it is at work, which renews all the time. */
  renewedAt: string | null
  isAtWork: boolean
}

/** `GET /api/about`: what this console is connected to. Holds nothing secret. */
export interface AboutView {
  console: { version: string; node: string; startedAt: string }
  connection: { context: string; cluster: string; server: string; user: string; version: string | null }
  clusterSource: {
    kind: ClusterSourceKind | null
    /** Somebody said so; else it was found out from what the API server offers. */
    isConfigured: boolean
    /** Null where there is none, or where nobody said it. */
    gateway: { address: string; isConfigured: boolean } | null
    /** Paths on the console's machine. */
    kubeconfigs: string[]
    hasNamespacePrefix: boolean
  }
  /** The global one first, then those that aren't reached, then by name. */
  clusters: AboutCluster[]
  sources: SourceFreshness[]
  crds: AboutCrd[]
  /** Address of the registry that artifacts are pushed to; null: none. */
  registry: string | null
  /** Null: who is at work can't be read. */
  controllers: AboutController[] | null
  isEmbedded: boolean
}
