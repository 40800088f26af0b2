import type { AboutCluster, AboutController, AboutCrd, AboutView } from '#lib/contract/about.ts'
import { cleanLine } from '#lib/domain/clean-text.ts'
import { GLOBAL_CLUSTER } from '#lib/kinds/cluster.ts'
import { OWN_NAMESPACE } from '#lib/kinds/labels.ts'
import { CONTROLLERS_LEASE, LEASE } from '#lib/kinds/lease.ts'
import type { Lease } from '#lib/kinds/lease.ts'
import type { CacheState } from '#lib/kube/object-cache.ts'
import { KubeError, NotFoundError } from '#lib/kube/kube-error.ts'
import type { ServiceContext } from './context.ts'
import { isEmbedded } from './get-session.ts'
import { clusterSummary } from './views/cluster-summary.ts'
import { wayProblem } from './views/cluster-way.ts'
import { steady } from './views/steady-freshness.ts'

/** Whoever asks for support can't wait for a cluster that doesn't answer. Milliseconds. */
const LEASE_TIMEOUT_MS = 1500

const CRD_STATES: Readonly<Record<CacheState, AboutCrd['state']>> = {
  live: 'present',
  stale: 'present',
  loading: 'unknown',
  forbidden: 'forbidden',
  absent: 'missing',
}

function rank({ isGlobal, problem, reachability }: AboutCluster): number {
  if (problem !== null || reachability.state !== 'reachable') return 0
  return isGlobal ? 1 : 2
}

function clustersOf({ platform }: ServiceContext): AboutCluster[] {
  const model = platform.snapshot()
  return [...model.clusters.values()]
    .map((cluster): AboutCluster => {
      const way = platform.clusterWay(cluster.metadata.name)
      const { name, displayName, isGlobal, reachability, version } = clusterSummary(model, cluster, way)
      return {
        name,
        displayName,
        isGlobal,
        origin: cleanLine(way?.origin ?? '', 1000),
        address: way?.address ?? null,
        problem: wayProblem(name, way),
        reachability,
        version: way?.reachability.version ?? version,
      }
    })
    .sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1))
}

function controllerOf({ metadata, spec }: Lease, nowMs: number): AboutController[] {
  const holder = spec?.holderIdentity ?? ''
  const renewedMs = Date.parse(spec?.renewTime ?? '')
  if (holder === '' || Number.isNaN(renewedMs)) return []
  const isAtWork = nowMs - renewedMs < (spec?.leaseDurationSeconds ?? 15) * 1000
  return [
    {
      lease: `${metadata.namespace ?? ''}/${metadata.name}`,
      holder: cleanLine(holder, 200),
      renewedAt: isAtWork ? null : new Date(renewedMs).toISOString(),
      isAtWork,
    },
  ]
}

/** Null when it can't be read now. */
async function controllersOf(ctx: ServiceContext): Promise<AboutController[] | null> {
  const signal = AbortSignal.any([ctx.signal, AbortSignal.timeout(LEASE_TIMEOUT_MS)])
  try {
    const lease = await ctx.caller
      .client(GLOBAL_CLUSTER)
      ?.get(LEASE, CONTROLLERS_LEASE, { namespace: OWN_NAMESPACE, signal })
    return lease === undefined ? null : controllerOf(lease, Date.now())
  } catch (error) {
    ctx.signal.throwIfAborted()
    if (error instanceof NotFoundError) return []
    if (error instanceof KubeError || signal.aborted) return null
    throw error
  }
}

/** What this console is connected to, for its operator and whoever helps them. Answers even when nothing was read yet. */
export async function getAbout(ctx: ServiceContext): Promise<AboutView> {
  const { platform } = ctx
  const { about, kind } = platform
  const { gateway, ...source } = about.clusterSource
  const [controllers, embedded] = await Promise.all([controllersOf(ctx), isEmbedded(ctx)])
  return {
    console: { version: about.consoleVersion, node: process.version, startedAt: about.startedAt },
    connection: {
      context: about.context,
      cluster: about.cluster,
      server: about.server,
      user: ctx.caller.name,
      version: platform.clusterWay(GLOBAL_CLUSTER)?.reachability.version ?? null,
    },
    clusterSource: {
      kind,
      isConfigured: source.isConfigured,
      gateway:
        kind !== 'platform' || gateway.address === null
          ? null
          : { address: gateway.address, isConfigured: gateway.isConfigured },
      kubeconfigs: [...source.kubeconfigs],
      hasNamespacePrefix: source.hasNamespacePrefix,
    },
    clusters: clustersOf(ctx),
    sources: platform.allFreshness().map(steady),
    crds: platform.crds().map(({ name, state }) => ({ name, state: CRD_STATES[state] })),
    registry: about.registry(),
    controllers,
    isEmbedded: embedded,
  }
}
