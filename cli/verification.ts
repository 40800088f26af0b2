import { readFile, stat } from 'node:fs/promises'
import type { PackageLimits } from '#lib/packages/package-limits.ts'
import { loadPackageSettings, type PackageSettings } from '#lib/packages/package-settings.ts'
import { KeyringError, readKeyring, type Keyring } from '#lib/packages/verify/keyring.ts'
import type { VerificationPolicy } from '#lib/packages/verify/verdict.ts'
import { LARGEST_SIDECAR, type Sidecars } from '#lib/packages/verify/verify-package.ts'
import type { OptionValues } from './option.ts'
import { UsageError } from './usage-error.ts'
import type { VERIFICATION_OPTIONS } from './verification-options.ts'

export interface Verification {
  policy: VerificationPolicy
  keyring: Keyring
  limits: Partial<PackageLimits>
  /** A registry that the environment names. */
  registry: PackageSettings['registry']
}

/**
 * What flags and environment say about packages; the variables are those of the console.
 * @throws UsageError, PackageSettingsError; the file system's own errors
 */
export async function verificationOf(
  options: OptionValues<typeof VERIFICATION_OPTIONS>,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Verification> {
  const policy = options.verification as VerificationPolicy
  const settings = await loadPackageSettings({ ...environment, PACKAGE_VERIFICATION: undefined })
  const keyring = options.keyring.length === 0 ? settings.keyring : await keyringOf(options.keyring)
  if (policy === 'require' && keyring.keys.length === 0)
    throw new UsageError('--verification require needs the keys that count: --keyring FILE.')
  return { policy, keyring, limits: settings.limits, registry: settings.registry }
}

/** The files beside a package, where there are any. @throws the file system's own errors */
export async function readSidecars(file: string): Promise<Sidecars> {
  return { checksum: await readBeside(`${file}.sha256`), signature: await readBeside(`${file}.sig`) }
}

async function readBeside(path: string): Promise<Uint8Array | undefined> {
  const size = await stat(path).then(
    (stats) => stats.size,
    () => undefined,
  )
  if (size === undefined) return undefined
  // Anything larger is none; what stands for it fails as such.
  return size > LARGEST_SIDECAR ? new Uint8Array() : readFile(path)
}

async function keyringOf(files: readonly string[]): Promise<Keyring> {
  try {
    return await readKeyring(await Promise.all(files.map((file) => readFile(file))))
  } catch (error) {
    if (error instanceof KeyringError) throw new UsageError(`--keyring: ${error.message}.`)
    throw error
  }
}
