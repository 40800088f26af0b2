import type { KubeClient } from '#lib/kube/kube-client.ts'
import type { PackageSettings } from '#lib/packages/package-settings.ts'
import { platformRegistry } from '#lib/packages/registry/find-registry.ts'
import { addressOf } from '#lib/packages/registry/registry-target.ts'

/** How long the platform may take to name its registry, and how long an answer holds, in milliseconds. */
const ASK_MS = 3000
const HOLDS_MS = 10_000

/**
 * Where packages' artifacts go, for people: null where nothing says so. What the platform names may come, go and change:
 * an old answer is given once more while it is asked again.
 * @param onChange told when that made a difference
 */
export async function followRegistryAddress(
  client: KubeClient,
  { registry: { explicit } }: PackageSettings,
  onChange: () => void,
): Promise<() => string | null> {
  if (explicit !== null) return () => addressOf(explicit)
  // A cluster that can't be asked now has not forgotten its registry.
  const ask = (known: string | null) =>
    platformRegistry(client, AbortSignal.timeout(ASK_MS)).catch(() => known)
  let address = await ask(null)
  let askedAt = performance.now()
  return () => {
    if (performance.now() - askedAt > HOLDS_MS) {
      askedAt = performance.now()
      void ask(address).then((now) => {
        if (now === address) return
        address = now
        onChange()
      })
    }
    return address
  }
}
