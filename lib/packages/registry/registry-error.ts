import type { RegistryErrorCode } from '#lib/domain/registry-error-code.ts'

export interface RegistryErrorDetails {
  /** HTTP status of the answer. */
  status?: number
  /** How long the registry asks to wait, in milliseconds. */
  retryAfterMs?: number
  cause?: unknown
}

const BRAND = Symbol.for('marketplace.console/registry-error')

/**
 * A registry that can't be reached or says no. The message is one English sentence; it holds no credentials, no token
 * and no query of an address. `instanceof` looks for a brand, for bundlers copy modules.
 */
export class RegistryError extends Error {
  readonly [BRAND] = true
  readonly code: RegistryErrorCode
  readonly status: number | undefined
  readonly retryAfterMs: number | undefined

  constructor(code: RegistryErrorCode, message: string, details: RegistryErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.name = 'RegistryError'
    this.code = code
    this.status = details.status
    this.retryAfterMs = details.retryAfterMs
  }

  /** Whether the same request may succeed a little later. */
  get isTransient(): boolean {
    return ['unreachable', 'timeout', 'rate-limited', 'unavailable'].includes(this.code)
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && BRAND in value
  }
}
