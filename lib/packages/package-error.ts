import type { PackageErrorCode } from '#lib/domain/package-error-code.ts'

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
