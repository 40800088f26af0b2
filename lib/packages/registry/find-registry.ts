import { SECRET, type Secret } from '#lib/kinds/core.ts'
import { PLATFORM_NAMESPACE } from '#lib/kinds/labels.ts'
import type { Resource } from '#lib/kinds/object.ts'
import { PRODUCT_BASE_NAME, PRODUCT_GROUP, type ProductBase } from '#lib/kinds/product-base.ts'
import type { KubeClient } from '#lib/kube/kube-client.ts'
import { ForbiddenError, NotFoundError } from '#lib/kube/kube-error.ts'
import { RegistryError } from './registry-error.ts'
import { parseRegistryAddress, type RegistryCredentials, type RegistryTarget } from './registry-target.ts'

const SECRET_NAME = 'registry-admin'

export interface FindRegistryOptions {
  /** What was configured: wins. */
  explicit?: RegistryTarget | null
  /** Trusted, and talked to, where the platform names its registry without saying how. */
  ca?: string | null
  isPlain?: boolean
  signal?: AbortSignal
}

/**
 * Where artifacts are pushed: where configuration says, else where the platform's ProductBase says, with the Secret
 * `registry-admin`; null where neither says anything.
 * @param client the global cluster's API, with the rights of the person uploading; null where there is none
 * @throws RegistryError `address-invalid`, `credentials-unreadable`; KubeError when the cluster can't be asked
 */
export async function findRegistry(
  client: KubeClient | null,
  options: FindRegistryOptions = {},
): Promise<RegistryTarget | null> {
  if (options.explicit !== undefined && options.explicit !== null) return options.explicit
  if (client === null) return null
  const address = await platformRegistry(client, options.signal)
  if (address === null) return null
  const target = parseRegistryAddress(address, {
    ca: options.ca ?? null,
    ...(options.isPlain !== undefined && { isPlain: options.isPlain }),
  })
  return { ...target, credentials: await platformCredentials(client, target.host, options.signal) }
}

/** The registry's address as the ProductBase `base` has it; null where there is no such object or it may not be read. */
export async function platformRegistry(client: KubeClient, signal?: AbortSignal): Promise<string | null> {
  const call = signal === undefined ? {} : { signal }
  try {
    const group = (await client.getPath(`/apis/${PRODUCT_GROUP}`, call)) as {
      preferredVersion?: { version?: string }
    }
    const resource: Resource<ProductBase> = {
      group: PRODUCT_GROUP,
      version: group.preferredVersion?.version ?? 'v1',
      plural: 'productbases',
      kind: 'ProductBase',
      namespaced: false,
    }
    const { spec } = await client.get(resource, PRODUCT_BASE_NAME, call)
    const address: unknown = spec?.registry?.address
    return typeof address === 'string' && address.trim() !== '' ? address.trim() : null
  } catch (error) {
    if (error instanceof NotFoundError || error instanceof ForbiddenError) return null
    throw error
  }
}

async function platformCredentials(
  client: KubeClient,
  host: string,
  signal: AbortSignal | undefined,
): Promise<RegistryCredentials | null> {
  try {
    const call = { namespace: PLATFORM_NAMESPACE, ...(signal !== undefined && { signal }) }
    return credentialsIn(await client.get(SECRET, SECRET_NAME, call), host)
  } catch (error) {
    if (error instanceof NotFoundError) return null
    if (error instanceof ForbiddenError)
      throw new RegistryError(
        'credentials-unreadable',
        `The registry’s credentials (Secret ${SECRET_NAME} in ${PLATFORM_NAMESPACE}) may not be read by this user`,
      )
    throw error
  }
}

/**
 * User and password in a Secret: as `username` and `password`, or as a Docker configuration.
 * @param host the registry that a Docker configuration must name
 */
export function credentialsIn({ data }: Secret, host: string): RegistryCredentials | null {
  const decode = (key: string): string | undefined => {
    const value: unknown = data?.[key]
    return typeof value === 'string' ? Buffer.from(value, 'base64').toString('utf8') : undefined
  }
  const username = decode('username')?.trim()
  const password = decode('password')?.replace(/\r?\n$/, '')
  if (username !== undefined && username !== '' && password !== undefined) return { username, password }
  return dockerCredentials(decode('.dockerconfigjson') ?? '', host)
}

/** What a Docker configuration (`{auths: {host: {username, password} or {auth}}}`) says for a host. */
export function dockerCredentials(json: string, host: string): RegistryCredentials | null {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    return null
  }
  const auths = recordOf(recordOf(value)['auths'])
  const key = [host, `https://${host}`, `http://${host}`].find((name) => Object.hasOwn(auths, name))
  const entry = recordOf(key === undefined ? undefined : auths[key])
  const { username, password, auth } = entry
  if (typeof username === 'string' && typeof password === 'string') return { username, password }
  if (typeof auth !== 'string') return null
  const text = Buffer.from(auth, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  return colon < 1 ? null : { username: text.slice(0, colon), password: text.slice(colon + 1) }
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}
