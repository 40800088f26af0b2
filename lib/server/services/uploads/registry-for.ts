import { findRegistry } from '#lib/packages/registry/find-registry.ts'
import type { RegistryTarget } from '#lib/packages/registry/registry-target.ts'
import type { ServiceContext } from '../context.ts'
import { globalClient } from '../live-installation.ts'

/**
 * Where artifacts go now, asked with the caller's rights; null for nowhere.
 * @throws RegistryError, KubeError, UnavailableError
 */
export async function registryFor(ctx: ServiceContext): Promise<RegistryTarget | null> {
  const { explicit, ca, isPlain } = ctx.uploads.settings.registry
  const options = { explicit, ca, signal: ctx.signal, ...(isPlain !== undefined && { isPlain }) }
  return findRegistry(globalClient(ctx), options)
}
