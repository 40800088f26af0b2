import { RegistryError } from './registry-error.ts'

export interface RegistryCredentials {
  username: string
  password: string
}

/** Where artifacts are pushed, and as whom. */
export interface RegistryTarget {
  /** `host[:port]`. */
  host: string
  /** HTTP instead of HTTPS. */
  isPlain: boolean
  /** Goes before every repository, without slashes at its ends; empty for none. */
  prefix: string
  /** PEM certificates that are trusted beside the system's. */
  ca: string | null
  credentials: RegistryCredentials | null
}

const HOST = /^(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?)(?::\d{1,5})?$/
const PREFIX = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/

/**
 * Reads `[http[s]://]host[:port][/prefix]`, as `--dest-repo` and the ProductBase have it.
 * @throws RegistryError `address-invalid`
 */
export function parseRegistryAddress(
  text: string,
  options: Partial<Omit<RegistryTarget, 'host' | 'prefix'>> = {},
): RegistryTarget {
  const [, scheme, rest = ''] = /^(?:(https?):\/\/)?(.*)$/s.exec(text.trim()) ?? []
  const [host = '', ...segments] = rest.replace(/\/+$/, '').split('/')
  const prefix = segments.join('/')
  if (!HOST.test(host) || Number(/:(\d+)$/.exec(host)?.[1] ?? 0) > 65_535)
    throw new RegistryError('address-invalid', 'The registry’s address must be host[:port][/prefix]')
  if (prefix !== '' && (prefix.length > 128 || !PREFIX.test(prefix)))
    throw new RegistryError(
      'address-invalid',
      'What follows the registry’s host must be a repository’s name in lower case',
    )
  return {
    host,
    isPlain: options.isPlain ?? scheme === 'http',
    prefix,
    ca: options.ca ?? null,
    credentials: options.credentials ?? null,
  }
}

/** The repository's name in the registry. @param repository as the package has it */
export function repositoryAt({ prefix }: RegistryTarget, repository: string): string {
  return prefix === '' ? repository : `${prefix}/${repository}`
}

/** `host[:port][/prefix]`, for people and for `Artifact.spec.registry`. */
export function addressOf({ host, prefix }: RegistryTarget): string {
  return prefix === '' ? host : `${host}/${prefix}`
}

/** Address of the API, without a slash at its end. */
export function originOf({ host, isPlain }: RegistryTarget): string {
  return new URL(`${isPlain ? 'http' : 'https'}://${host}`).origin
}
