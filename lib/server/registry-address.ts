import type { KubeClient } from '#lib/kube/kube-client.ts'
import type { PackageSettings } from '#lib/packages/package-settings.ts'
import { platformRegistry } from '#lib/packages/registry/find-registry.ts'
import { addressOf } from '#lib/packages/registry/registry-target.ts'

/** How long the platform may take to name its registry, and how often it is asked, in milliseconds. */
const ASK_MS = 3000
const EVERY_MS = 10_000

/**
 * Where packages' artifacts go, for people: null where nothing says so. What the platform names may come, go and change:
 * it is asked again and again, for pages that are open notice nothing by themselves.
 * @param onChange told when that made a difference
 * @param signal ends the asking
 */
export async function followRegistryAddress(
  client: KubeClient,
  { registry: { explicit } }: PackageSettings,
  onChange: () => void,
  signal: AbortSignal,
): Promise<() => string | null> {
  if (explicit !== null) return () => addressOf(explicit)
  let address: string | null = null
  const ask = async () => {
    const ends = AbortSignal.any([signal, AbortSignal.timeout(ASK_MS)])
    // A cluster that can't be asked now has not forgotten its registry.
    const now = await platformRegistry(client, ends).catch(() => address)
    const isNews = now !== address
    address = now
    return isNews
  }
  await ask()
  const askAgain = () =>
    void ask().then((isNews) => {
      if (isNews) onChange()
    })
  const asking = setInterval(askAgain, EVERY_MS).unref()
  signal.addEventListener('abort', () => clearInterval(asking))
  return () => address
}
