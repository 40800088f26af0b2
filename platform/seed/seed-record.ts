import { CONFIG_MAP, type ConfigMap } from '#lib/kinds/core.ts'
import { PLATFORM_NAMESPACE } from '#lib/kinds/labels.ts'
import type { KubeClient } from '#lib/kube/kube-client.ts'
import { ConflictError, NotFoundError } from '#lib/kube/kube-error.ts'

const NAME = 'embedded-platform-seed'
const ATTEMPTS = 5

/** Which first contents were made once, so that what people remove afterwards stays away. */
export interface SeedRecord {
  has(item: string): boolean
  /** Notes items as made; they need not be there for ever. */
  add(items: readonly string[]): Promise<void>
}

/** Reads the record of the global cluster; an empty one where there is none yet. */
export async function openSeedRecord(client: KubeClient): Promise<SeedRecord> {
  const place = { namespace: PLATFORM_NAMESPACE }
  const read = async (): Promise<ConfigMap | undefined> =>
    client.get(CONFIG_MAP, NAME, place).catch((error: unknown) => {
      if (error instanceof NotFoundError) return undefined
      throw error
    })
  let done = (await read())?.data ?? {}
  return {
    has: (item) => Object.hasOwn(done, item),
    async add(items) {
      if (items.length === 0) return
      const made = Object.fromEntries(items.map((item) => [item, new Date().toISOString()]))
      for (let attempt = 1; ; attempt++) {
        try {
          const live = await read()
          const data = { ...live?.data, ...made }
          const metadata = { name: NAME, namespace: PLATFORM_NAMESPACE }
          if (live === undefined)
            await client.create(
              CONFIG_MAP,
              { apiVersion: 'v1', kind: CONFIG_MAP.kind, metadata, data },
              place,
            )
          else await client.replace(CONFIG_MAP, { ...live, data }, place)
          done = data
          return
        } catch (error) {
          if (!(error instanceof ConflictError) || attempt === ATTEMPTS) throw error
        }
      }
    },
  }
}
