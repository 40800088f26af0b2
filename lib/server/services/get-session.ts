import type { SessionView } from '#lib/contract/session.ts'
import { GLOBAL_CLUSTER } from '#lib/kinds/cluster.ts'
import { CONFIG_MAP } from '#lib/kinds/core.ts'
import { SIMULATED_DELIVERY_MARKER } from '#lib/kinds/delivery-marker.ts'
import { KubeError } from '#lib/kube/kube-error.ts'
import type { ServiceContext } from './context.ts'
import type { PlatformState } from './platform-state.ts'

const MARKER_TIMEOUT_MS = 2000
/** Every page asks, and the marker hardly ever changes. */
const MARKER_KNOWN_MS = 30_000

const markers = new WeakMap<PlatformState, { isEmbedded: boolean; askAgainAt: number }>()

/** Whether deliveries are only simulated on the global cluster; half a minute old at most. */
export async function isEmbedded(ctx: ServiceContext): Promise<boolean> {
  const known = markers.get(ctx.platform)
  if (known !== undefined && performance.now() < known.askAgainAt) return known.isEmbedded
  const answer = await askForMarker(ctx)
  markers.set(ctx.platform, { isEmbedded: answer, askAgainAt: performance.now() + MARKER_KNOWN_MS })
  return answer
}

/** False when it can't be found out now. */
async function askForMarker(ctx: ServiceContext): Promise<boolean> {
  const { namespace, name } = SIMULATED_DELIVERY_MARKER
  const signal = AbortSignal.any([ctx.signal, AbortSignal.timeout(MARKER_TIMEOUT_MS)])
  try {
    const marker = await ctx.caller.client(GLOBAL_CLUSTER)?.get(CONFIG_MAP, name, { namespace, signal })
    return marker !== undefined
  } catch (error) {
    ctx.signal.throwIfAborted()
    if (error instanceof KubeError || signal.aborted) return false
    throw error
  }
}

/** Who is served, by what. */
export async function getSession(ctx: ServiceContext): Promise<SessionView> {
  const { about, kind } = ctx.platform
  return {
    user: { name: ctx.caller.name },
    platform: {
      cluster: about.cluster,
      server: about.server,
      embedded: await isEmbedded(ctx),
      kind: kind ?? 'plain',
    },
    missingCrds: ctx.platform.missingCrds(),
    lacksAllCrds: ctx.platform.crds().every(({ state }) => state === 'absent'),
    consoleVersion: about.consoleVersion,
  }
}
