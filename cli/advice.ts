import type { PackageErrorCode } from '#lib/domain/package-error-code.ts'
import type { PackageLimits } from '#lib/packages/package-limits.ts'
import { PackageError } from '#lib/packages/package-error.ts'
import { RegistryError } from '#lib/packages/registry/registry-error.ts'

/** Which limit stands behind an error about size or number. */
export const LIMITS_BEHIND: Readonly<Partial<Record<PackageErrorCode, keyof PackageLimits>>> = {
  'too-large': 'compressedBytes',
  'unpacked-too-large': 'unpackedBytes',
  'compression-ratio': 'ratio',
  'too-many-entries': 'entries',
  'entry-path-too-long': 'pathBytes',
  'entry-path-too-deep': 'pathDepth',
  'too-many-artifacts': 'artifacts',
  'manifests-too-large': 'heldManifestBytes',
  'charts-too-large': 'heldChartBytes',
  timeout: 'milliseconds',
}

const PACKAGE_ADVICE: Readonly<Partial<Record<PackageErrorCode, string>>> = {
  truncated: 'Get the file again, whole.',
  corrupt: 'Get the file again; `violet verify` compares it with its checksum.',
  'digest-mismatch': 'Get the file again; `violet verify` compares it with its checksum.',
  'verification-failed': 'Get the file again, from where it was signed.',
  'not-verified':
    'Put the signature beside it as FILE.sig, and name the keys that count with --keyring FILE.',
  'tag-conflict': '--replace puts the package in its place.',
  'version-conflict': 'Give the package another version, or replace what stands with --replace.',
  'artifact-absent': 'Push it to the registry first, or make the package anew with it.',
  'artifact-ambiguous': 'Name its images repository:tag (org.opencontainers.image.ref.name).',
  'version-missing': 'Say spec.version in the ModulePlugin.',
}

const REGISTRY_ADVICE: Readonly<Partial<Record<RegistryError['code'], string>>> = {
  unauthorized: 'Say who asks: --username NAME with $VIOLET_PASSWORD or --password-stdin.',
  unreachable: 'Check the address, and HTTPS_PROXY and NO_PROXY if there is a proxy.',
  'credentials-unreadable': 'Say who asks: --username NAME with $VIOLET_PASSWORD or --password-stdin.',
}

/** Errors of modules that most commands don't load, by their names; and of API servers, by their reasons. */
const NAMED_ADVICE: Readonly<Record<string, string>> = {
  KubeconfigError: 'Say which platform: --kubeconfig FILE, or --platform-address URL with a token.',
  Unauthorized: 'The token or kubeconfig is of another platform, has expired or was revoked: get a new one.',
  HostNotFound: 'Check the address, and HTTPS_PROXY and NO_PROXY if there is a proxy.',
  CertificateError:
    '--platform-ca FILE names the CA of its certificate (for a kubeconfig, certificate-authority does).',
}

/** What to do about a failure, in one sentence; null where the message says all there is. */
export function adviceFor(error: unknown): string | null {
  if (error instanceof PackageError) {
    const limit = LIMITS_BEHIND[error.code]
    if (limit === undefined) return PACKAGE_ADVICE[error.code] ?? null
    return `If the package is to be trusted, PACKAGE_LIMIT_${limit.replaceAll(/[A-Z]/g, '_$&').toUpperCase()} raises the limit.`
  }
  if (error instanceof RegistryError) {
    if (error.code === 'certificate')
      return error.message.includes('does not speak HTTPS')
        ? '--plain talks to the registry over HTTP.'
        : '--registry-ca FILE names the CA of its certificate.'
    if (error.code === 'invalid-answer' && error.status === 400) return 'Leave --plain out.'
    if (error.status === 407) return 'HTTPS_PROXY and HTTP_PROXY take them: http://NAME:PASSWORD@HOST:PORT.'
    return REGISTRY_ADVICE[error.code] ?? null
  }
  if (!(error instanceof Error)) return null
  const { reason } = error as { reason?: unknown }
  return NAMED_ADVICE[error.name] ?? (typeof reason === 'string' ? NAMED_ADVICE[reason] : undefined) ?? null
}
