import type { RegistryCredentials } from '#lib/packages/registry/registry-target.ts'
import type { OptionTable, OptionValues } from './option.ts'
import { readCa } from './read-ca.ts'
import { UsageError } from './usage-error.ts'

/** How a registry is talked to, and as whom. */
export const REGISTRY_OPTIONS = {
  username: {
    type: 'string',
    value: 'NAME',
    environment: 'VIOLET_USERNAME',
    summary: 'User of the registry',
  },
  password: {
    type: 'string',
    value: 'PASSWORD',
    secret: true,
    environment: 'VIOLET_PASSWORD',
    summary: "That user's password or token",
  },
  'password-stdin': { type: 'boolean', summary: "Read the registry's password from standard input" },
  'no-auth': {
    type: 'boolean',
    summary: 'Use the registry without name and password, whatever is configured',
  },
  plain: { type: 'boolean', summary: 'Talk to the registry over HTTP instead of HTTPS' },
  'registry-ca': {
    type: 'string',
    value: 'FILE',
    completes: 'file',
    environment: 'VIOLET_REGISTRY_CA',
    summary: "CA of the registry's certificate, PEM",
  },
} as const satisfies OptionTable

/** What the flags say of every registry that is used. */
export interface RegistryLogin {
  /** Left out where the registry's own scheme decides. */
  isPlain?: boolean
  ca: string | null
  credentials: RegistryCredentials | null
}

/** @throws UsageError for half of a login; the file system's own errors */
export async function registryLogin(options: OptionValues<typeof REGISTRY_OPTIONS>): Promise<RegistryLogin> {
  const { username, password, 'no-auth': isAnonymous, plain, 'registry-ca': ca } = options
  if (!isAnonymous && (username === undefined) !== (password === undefined))
    throw new UsageError(
      'The registry needs both --username and a password ($VIOLET_PASSWORD or --password-stdin), or neither.',
    )
  const hasLogin = !isAnonymous && username !== undefined && password !== undefined
  return {
    ...(plain && { isPlain: true }),
    ca: ca === undefined ? null : await readCa('registry-ca', ca),
    credentials: hasLogin ? { username, password } : null,
  }
}
