import { readFile } from 'node:fs/promises'
import { DEFAULT_LIMITS, type PackageLimits } from './package-limits.ts'
import { RegistryError } from './registry/registry-error.ts'
import {
  parseRegistryAddress,
  type RegistryCredentials,
  type RegistryTarget,
} from './registry/registry-target.ts'
import { EMPTY_KEYRING, KeyringError, readKeyring, type Keyring } from './verify/keyring.ts'
import { VERIFICATION_POLICIES, type VerificationPolicy } from './verify/verdict.ts'

/** What was said about packages; the same for console and command line. */
export interface PackageSettings {
  limits: Partial<PackageLimits>
  registry: {
    /** Wins over what the platform says; null where nothing was said. */
    explicit: RegistryTarget | null
    /** How to talk to the registry that the platform names. */
    ca: string | null
    isPlain: boolean | undefined
  }
  /** Blobs that are pushed at the same time. */
  parallel: number
  policy: VerificationPolicy
  keyring: Keyring
}

/** A variable that makes no sense; the message is one line and holds no value of a secret one. */
export class PackageSettingsError extends Error {
  override name = 'PackageSettingsError'
}

type Variables = Readonly<Record<string, string | undefined>>

const DEFAULT_PARALLEL = 4
const MOST_PARALLEL = 16

/** What holds where nothing was said. */
export const DEFAULT_PACKAGE_SETTINGS: PackageSettings = {
  limits: {},
  registry: { explicit: null, ca: null, isPlain: undefined },
  parallel: DEFAULT_PARALLEL,
  policy: 'warn',
  keyring: EMPTY_KEYRING,
}

/**
 * Reads REGISTRY_ADDRESS (`host[:port][/prefix]`), REGISTRY_PLAIN, REGISTRY_CA_FILE, REGISTRY_USERNAME with
 * REGISTRY_PASSWORD or REGISTRY_PASSWORD_FILE, PACKAGE_PUSH_PARALLEL, PACKAGE_VERIFICATION (`off`, `warn`, `require`),
 * PACKAGE_KEYRING_FILES (comma-separated), and one `PACKAGE_LIMIT_<NAME>` for each of the limits of package-limits.ts,
 * such as PACKAGE_LIMIT_UNPACKED_BYTES.
 * @throws PackageSettingsError naming the variable
 */
export async function loadPackageSettings(env: Variables): Promise<PackageSettings> {
  const policy = textOf(env, 'PACKAGE_VERIFICATION') ?? DEFAULT_PACKAGE_SETTINGS.policy
  if (!VERIFICATION_POLICIES.some((known) => known === policy))
    throw new PackageSettingsError(`PACKAGE_VERIFICATION must be one of ${VERIFICATION_POLICIES.join(', ')}`)
  const caFile = textOf(env, 'REGISTRY_CA_FILE')
  const ca = caFile === undefined ? null : (await fileOf('REGISTRY_CA_FILE', caFile)).toString('utf8')
  const isPlain = booleanOf(env, 'REGISTRY_PLAIN')
  const keyring = await keyringOf(env)
  if (policy === 'require' && keyring.keys.length === 0)
    throw new PackageSettingsError('PACKAGE_VERIFICATION=require needs PACKAGE_KEYRING_FILES')
  return {
    limits: limitsOf(env),
    registry: { explicit: await explicitRegistry(env, { ca, isPlain }), ca, isPlain },
    parallel: integerOf(env, 'PACKAGE_PUSH_PARALLEL', MOST_PARALLEL) ?? DEFAULT_PARALLEL,
    policy: policy as VerificationPolicy,
    keyring,
  }
}

async function explicitRegistry(
  env: Variables,
  { ca, isPlain }: { ca: string | null; isPlain: boolean | undefined },
): Promise<RegistryTarget | null> {
  const address = textOf(env, 'REGISTRY_ADDRESS')
  if (address === undefined) return null
  const credentials = await credentialsOf(env)
  try {
    return parseRegistryAddress(address, { ca, credentials, ...(isPlain !== undefined && { isPlain }) })
  } catch (error) {
    if (error instanceof RegistryError) throw new PackageSettingsError(`REGISTRY_ADDRESS: ${error.message}`)
    throw error
  }
}

async function credentialsOf(env: Variables): Promise<RegistryCredentials | null> {
  const username = textOf(env, 'REGISTRY_USERNAME')
  const file = textOf(env, 'REGISTRY_PASSWORD_FILE')
  const password =
    file === undefined
      ? env['REGISTRY_PASSWORD']
      : (await fileOf('REGISTRY_PASSWORD_FILE', file)).toString('utf8').replace(/\r?\n$/, '')
  if (username === undefined && (password === undefined || password === '')) return null
  if (username === undefined || password === undefined || password === '')
    throw new PackageSettingsError('REGISTRY_USERNAME and REGISTRY_PASSWORD are needed together')
  return { username, password }
}

async function keyringOf(env: Variables): Promise<Keyring> {
  const files = (textOf(env, 'PACKAGE_KEYRING_FILES') ?? '')
    .split(',')
    .map((file) => file.trim())
    .filter((file) => file !== '')
  const contents: Buffer[] = []
  for (const file of files) contents.push(await fileOf('PACKAGE_KEYRING_FILES', file))
  try {
    return await readKeyring(contents)
  } catch (error) {
    if (error instanceof KeyringError)
      throw new PackageSettingsError(`PACKAGE_KEYRING_FILES: ${error.message}`)
    throw error
  }
}

function limitsOf(env: Variables): Partial<PackageLimits> {
  const limits: Partial<PackageLimits> = {}
  for (const key of Object.keys(DEFAULT_LIMITS) as (keyof PackageLimits)[]) {
    const value = integerOf(env, limitVariable(key), Number.MAX_SAFE_INTEGER)
    if (value !== undefined) limits[key] = value
  }
  return limits
}

/** Name of the variable for a limit: `unpackedBytes` is PACKAGE_LIMIT_UNPACKED_BYTES. */
export function limitVariable(limit: keyof PackageLimits): string {
  return `PACKAGE_LIMIT_${limit.replaceAll(/[A-Z]/g, '_$&').toUpperCase()}`
}

async function fileOf(variable: string, path: string): Promise<Buffer> {
  try {
    return await readFile(path)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable'
    throw new PackageSettingsError(`${variable}: ${path} can’t be read (${code})`)
  }
}

function textOf(env: Variables, name: string): string | undefined {
  const value = env[name]?.trim()
  return value === '' ? undefined : value
}

function booleanOf(env: Variables, name: string): boolean | undefined {
  const text = textOf(env, name)
  if (text === undefined) return undefined
  if (text !== 'true' && text !== 'false') throw new PackageSettingsError(`${name} must be true or false`)
  return text === 'true'
}

function integerOf(env: Variables, name: string, maximum: number): number | undefined {
  const text = textOf(env, name)
  if (text === undefined) return undefined
  const value = Number(text)
  if (!/^\d+$/.test(text) || value < 1 || value > maximum)
    throw new PackageSettingsError(`${name} must be a whole number from 1 to ${maximum}`)
  return value
}
