import type { Cluster } from '#lib/kinds/cluster.ts'
import { CLUSTER, GLOBAL_CLUSTER } from '#lib/kinds/cluster.ts'
import { LABEL } from '#lib/kinds/labels.ts'
import { apiVersionOf } from '#lib/kinds/object.ts'
import type { Clock } from './clock.ts'
import type { KubeConfig } from './load-config.ts'
import type { CacheFreshness } from './object-cache.ts'
import { isDnsName } from './object-path.ts'

/** Why a cluster that is there can't be reached at all; a silent one is another matter. */
export type ClusterProblemCode =
  | 'name-unfit'
  | 'name-taken'
  | 'name-ambiguous'
  | 'gateway-unknown'
  | 'kubeconfig-missing'
  | 'kubeconfig-forbidden'
  | 'kubeconfig-broken'
  | 'kubeconfig-refused'

export interface ClusterProblem {
  readonly code: ClusterProblemCode
  /** What or where, in one line that holds nothing secret; empty where the code says it all. */
  readonly message: string
}

/** A way to a cluster's API. Another object means another way: clients are made anew. */
export interface ClusterRoute {
  readonly config: KubeConfig
  /** Instead of the server of `config`. */
  readonly server?: string
}

/** A cluster as its source tells of it. */
export interface ClusterEntry {
  readonly name: string
  /** As the platform would describe it. A uid stands in it only where it is an object of the platform. */
  readonly cluster: Cluster
  /** Where it was found: an object or a file; empty for the management cluster itself. */
  readonly origin: string
  /** Null: there is none, for the reason in `problem`; the management cluster's own is the registry's. */
  readonly route: ClusterRoute | null
  readonly problem: ClusterProblem | null
  /** Its labels for operating system and processor, and its version, are to be asked of the cluster itself. */
  readonly isDerived: boolean
}

/** Where clusters come from. */
export interface ClusterSource {
  list(): readonly ClusterEntry[]
  readonly freshness: CacheFreshness
  onChange(listener: () => void): () => void
  onFreshness(listener: (freshness: CacheFreshness) => void): () => void
  ready(): Promise<void>
  stop(): void
}

export interface Timing {
  readonly clock: Clock
  /** 0 ≤ x < 1, for jitter. */
  readonly random: () => number
}

/** What is written into a label's value. */
const LONGEST_NAME = 63

/** Whether a cluster's name can stand in paths, names and labels. */
export function isClusterName(name: string): boolean {
  return name.length <= LONGEST_NAME && isDnsName(name)
}

/** A cluster that is no object of the platform, described as one; without a uid, so that nothing can be owned by it. */
export function describeCluster(facts: {
  name: string
  displayName?: string
  labels?: Record<string, string>
  phase?: string
  createdAt?: string
}): Cluster {
  const { name, displayName = name, labels = {}, phase = 'Running', createdAt } = facts
  return {
    apiVersion: apiVersionOf(CLUSTER),
    kind: CLUSTER.kind,
    metadata: { name, labels, ...(createdAt === undefined ? {} : { creationTimestamp: createdAt }) },
    spec: { displayName },
    status: { phase },
  }
}

/** The cluster that a kubeconfig points at, where the platform doesn't describe it. */
export const MANAGEMENT_CLUSTER: ClusterEntry = {
  name: GLOBAL_CLUSTER,
  cluster: describeCluster({ name: GLOBAL_CLUSTER, labels: { [LABEL.isGlobal]: 'true' } }),
  origin: '',
  route: null,
  problem: null,
  isDerived: true,
}

/** What a source found, before its names were compared with each other. */
export interface FoundCluster extends Omit<ClusterEntry, 'cluster' | 'isDerived'> {
  readonly facts: Omit<Parameters<typeof describeCluster>[0], 'name'>
  /** Its name in the list when `name` is the management cluster's. */
  readonly otherName: string
}

/**
 * The entries of what was found beside the management cluster. Nobody picks between two of one name: they become one
 * entry without a way to it, so that what is installed under that name is neither moved nor taken for gone.
 */
export function namedEntries(found: readonly FoundCluster[]): ClusterEntry[] {
  const byName = new Map<string, FoundCluster[]>()
  for (const one of found) {
    const name = one.name === GLOBAL_CLUSTER ? one.otherName : one.name
    byName.set(name, [...(byName.get(name) ?? []), one])
  }
  return [...byName].map(([name, clusters]) => entryOf(name, clusters))
}

function entryOf(name: string, clusters: readonly FoundCluster[]): ClusterEntry {
  const [first] = clusters
  const origin = clusters.map((cluster) => cluster.origin).join(', ')
  if (first === undefined || clusters.length > 1) {
    const problem = { code: 'name-ambiguous', message: origin } as const
    return {
      name,
      origin,
      problem,
      route: null,
      isDerived: false,
      cluster: describeCluster({ name, phase: '' }),
    }
  }
  const problem = nameProblem(first) ?? first.problem
  return {
    name,
    origin,
    problem,
    route: problem === null ? first.route : null,
    isDerived: problem === null,
    cluster: describeCluster({ ...first.facts, name }),
  }
}

function nameProblem({ name, origin }: FoundCluster): ClusterProblem | null {
  if (name === GLOBAL_CLUSTER) return { code: 'name-taken', message: origin }
  return isClusterName(name) ? null : { code: 'name-unfit', message: '' }
}
