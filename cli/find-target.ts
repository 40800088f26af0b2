import type { KubeClient } from '#lib/kube/kube-client.ts'
import { findRegistry, platformRegistry } from '#lib/packages/registry/find-registry.ts'
import {
  addressOf,
  parseRegistryAddress,
  type RegistryTarget,
} from '#lib/packages/registry/registry-target.ts'
import type { PackageSettings } from '#lib/packages/package-settings.ts'
import type { OptionValues } from './option.ts'
import { registryLogin } from './registry-options.ts'
import type { TARGET_OPTIONS } from './target-options.ts'

/**
 * Where artifacts go: `--dest-repo`, else the registry that the environment names, else the platform's own; with their own
 * login unless another is given.
 * @param configured what the environment says
 * @param client the global cluster's; null when no platform is asked
 * @returns null when nobody names a registry
 * @throws UsageError, RegistryError, KubeError
 */
export async function findTarget(
  options: OptionValues<typeof TARGET_OPTIONS>,
  client: KubeClient | null,
  configured: PackageSettings['registry'],
  signal: AbortSignal,
): Promise<RegistryTarget | null> {
  const { isPlain, ca, credentials } = await registryLogin(options)
  const address = options['dest-repo']
  const login = { ...(isPlain !== undefined && { isPlain }), ca }
  if (address !== undefined) return parseRegistryAddress(address, { ...login, credentials })
  const target = await findRegistry(client, {
    explicit: configured.explicit,
    ca: ca ?? configured.ca,
    isPlain: isPlain ?? configured.isPlain,
    signal,
  })
  if (target === null) return null
  return { ...target, credentials: options['no-auth'] ? null : (credentials ?? target.credentials) }
}

/**
 * Address of the registry that artifacts would go to, without a login to it: `host[:port][/prefix]`.
 * @returns null when nobody names one
 */
export async function namedRegistry(
  options: OptionValues<typeof TARGET_OPTIONS>,
  client: KubeClient | null,
  configured: PackageSettings['registry'],
  signal: AbortSignal,
): Promise<string | null> {
  const address = options['dest-repo']
  if (address !== undefined) return addressOf(parseRegistryAddress(address))
  if (configured.explicit !== null) return addressOf(configured.explicit)
  return client === null ? null : platformRegistry(client, signal)
}
