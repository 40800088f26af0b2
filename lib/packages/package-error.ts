/** What can be wrong with a package, or stand against publishing it. */
export const PACKAGE_ERROR_CODES = [
  // the file
  'not-gzip',
  'truncated',
  'corrupt',
  'too-large',
  'unpacked-too-large',
  'compression-ratio',
  'too-many-entries',
  'entry-path',
  'entry-path-too-long',
  'entry-path-too-deep',
  'entry-type',
  'duplicate-entry',
  'file-too-large',
  'timeout',
  // YAML
  'yaml-invalid',
  'yaml-expansion',
  'yaml-tag',
  'yaml-key',
  'yaml-too-deep',
  'yaml-value',
  // what it holds
  'resources-missing',
  'plugin-missing',
  'plugin-ambiguous',
  'object-invalid',
  'version-missing',
  'version-invalid',
  'text-invalid',
  'logo-invalid',
  'artifacts-invalid',
  'artifact-incomplete',
  'digest-mismatch',
  'chart-invalid',
  // publishing
  'version-conflict',
] as const

export type PackageErrorCode = (typeof PACKAGE_ERROR_CODES)[number]

export interface PackageErrorDetails {
  /** Path of the entry inside the package. */
  entry?: string
  /** Field of an object, `spec.logo`. */
  field?: string
  /** The limit that was passed, in the unit that its name tells. */
  limit?: number
  /** For `version-conflict`: what differs from what stands. */
  differences?: string[]
  cause?: unknown
}

const BRAND = Symbol.for('marketplace.console/package-error')

/**
 * A package that can't be read or published. The message is one English sentence for the person uploading.
 * `instanceof` looks for a brand: a bundler gives routes their own copy of this module, and errors travel.
 */
export class PackageError extends Error {
  readonly [BRAND] = true
  readonly code: PackageErrorCode
  readonly entry: string | undefined
  readonly field: string | undefined
  readonly limit: number | undefined
  readonly differences: readonly string[]

  constructor(code: PackageErrorCode, message: string, details: PackageErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.name = 'PackageError'
    this.code = code
    this.entry = details.entry
    this.field = details.field
    this.limit = details.limit
    this.differences = details.differences ?? []
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && BRAND in value
  }
}
