import { findRegistry } from '#lib/packages/registry/find-registry.ts'
import { RegistryClient, type RegistryClientOptions } from '#lib/packages/registry/registry-client.ts'
import type { RegistryTarget } from '#lib/packages/registry/registry-target.ts'
import type { ServiceContext } from '../context.ts'
import { globalClient } from '../live-installation.ts'

/** For questions that somebody waits for: what is down is said to be down within seconds. */
export const QUICK_REGISTRY: RegistryClientOptions = {
  retry: { attempts: 3, baseMs: 200, capMs: 1000 },
  stallMs: 5000,
  answerMs: 10_000,
}

/**
 * Where artifacts go now, asked with the caller's rights; null for nowhere.
 * @throws RegistryError, KubeError, UnavailableError
 */
export async function registryFor(ctx: ServiceContext): Promise<RegistryTarget | null> {
  const { explicit, ca, isPlain } = ctx.uploads.settings.registry
  const options = { explicit, ca, signal: ctx.signal, ...(isPlain !== undefined && { isPlain }) }
  return findRegistry(globalClient(ctx), options)
}

/**
 * Asks a registry whether it is there and takes its credentials, before anything is begun.
 * @throws RegistryError; the signal's reason
 */
export async function checkRegistry(target: RegistryTarget, signal: AbortSignal): Promise<void> {
  const client = new RegistryClient(target, QUICK_REGISTRY, signal)
  try {
    await client.check()
  } finally {
    await client.close()
  }
}
