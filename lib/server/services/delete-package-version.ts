import { removeVersion } from '#lib/packages/remove-version.ts'
import { VersionInUseError } from '#lib/packages/version-in-use-error.ts'
import type { ServiceContext } from './context.ts'
import { kubeCall } from './kube-call.ts'
import { globalClient } from './live-installation.ts'
import { RefusedError } from './service-error.ts'

/** What was removed, as `Kind name`; nothing where there was nothing. */
export interface DeletedVersion {
  removed: string[]
}

/**
 * Takes back a published version that is installed nowhere. Its artifacts stay in the registry.
 * @throws RefusedError naming where it is installed; ServiceError what the cluster says
 */
export async function deletePackageVersion(
  ctx: ServiceContext,
  { plugin, version }: { plugin: string; version: string },
): Promise<DeletedVersion> {
  try {
    const removed = await kubeCall(() =>
      ctx.platform.exclusive(`package/${plugin}`, () =>
        removeVersion({ client: globalClient(ctx), plugin, version, signal: ctx.signal }),
      ),
    )
    ctx.log.info('package version deleted', { operationId: ctx.operationId, plugin, version })
    return { removed: removed.map(({ kind, name }) => `${kind} ${name}`) }
  } catch (error) {
    if (!(error instanceof VersionInUseError)) throw error
    const cluster = error.clusters.join(', ')
    throw new RefusedError(error.message, [{ code: 'version-in-use', params: { cluster } }])
  }
}
