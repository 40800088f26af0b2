import type { ServiceContext } from './context.ts'
import type { PlatformSnapshot } from './platform-snapshot.ts'
import { NotFoundError, UnavailableError } from './service-error.ts'

/**
 * The model of this moment.
 * @throws UnavailableError before everything was read once: an empty answer would be a wrong one
 */
export function modelOf(ctx: ServiceContext): PlatformSnapshot {
  if (!ctx.platform.isReady())
    throw new UnavailableError('The console is still reading from the cluster', { retryAfterMs: 1000 })
  return ctx.platform.snapshot()
}

/** @throws NotFoundError for a cluster that isn't there */
export function requireCluster(model: PlatformSnapshot, cluster: string): void {
  if (!model.world.clusters.has(cluster))
    throw new NotFoundError('There is no such cluster', {
      reasons: [{ code: 'cluster-unknown', params: { cluster } }],
    })
}

/** @throws NotFoundError for a plugin that nothing tells of */
export function requirePlugin(model: PlatformSnapshot, plugin: string): void {
  if (!model.world.plugins.has(plugin))
    throw new NotFoundError('There is no such plugin', {
      reasons: [{ code: 'plugin-unknown', params: { plugin } }],
    })
}
