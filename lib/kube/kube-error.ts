/** One field that an API server complained about. */
export interface KubeErrorCause {
  /** Path in the object, such as `spec.version`; empty when the server named none. */
  field: string
  reason: string
  message: string
}

export interface KubeErrorDetails {
  /** HTTP status; 503 or 504 when no answer came at all. */
  code: number
  /** The server's reason (`AlreadyExists`, `Invalid`, …) or one of ours (`ConnectionRefused`, `Timeout`, …). */
  reason: string
  causes?: readonly KubeErrorCause[]
  /** How long the server asks callers to stay away, in milliseconds. */
  retryAfterMs?: number
  cause?: unknown
}

const BRAND = Symbol.for('marketplace.console/kube-error')

/**
 * Base of everything a KubeClient throws. `instanceof` compares names, not constructors: a bundler gives pages and
 * routes their own copies of this module, and errors travel between them.
 */
export class KubeError extends Error {
  static readonly errorName: string = 'KubeError'
  readonly [BRAND] = true
  readonly code: number
  readonly reason: string
  readonly causes: readonly KubeErrorCause[]
  readonly retryAfterMs?: number

  constructor(message: string, details: KubeErrorDetails) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.name = new.target.errorName
    this.code = details.code
    this.reason = details.reason
    this.causes = details.causes ?? []
    if (details.retryAfterMs !== undefined) this.retryAfterMs = details.retryAfterMs
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    if (typeof value !== 'object' || value === null || !(BRAND in value)) return false
    return this.errorName === 'KubeError' || (value as unknown as Error).name === this.errorName
  }
}

/** 404: no such object, or no such kind. */
export class NotFoundError extends KubeError {
  static override readonly errorName = 'NotFoundError'
}
/** 409 on create: the name is taken. */
export class AlreadyExistsError extends KubeError {
  static override readonly errorName = 'AlreadyExistsError'
}
/** 409: somebody else was faster, a precondition failed, or another field manager owns the field. */
export class ConflictError extends KubeError {
  static override readonly errorName = 'ConflictError'
}
/** 422: `causes` name the fields. */
export class InvalidError extends KubeError {
  static override readonly errorName = 'InvalidError'
}
/** 400 and its relatives: the request itself makes no sense to the server. */
export class BadRequestError extends KubeError {
  static override readonly errorName = 'BadRequestError'
}
/** 403 */
export class ForbiddenError extends KubeError {
  static override readonly errorName = 'ForbiddenError'
}
/** 401 */
export class UnauthorizedError extends KubeError {
  static override readonly errorName = 'UnauthorizedError'
}
/** 410: a resourceVersion or continue token that the server no longer knows. */
export class ExpiredError extends KubeError {
  static override readonly errorName = 'ExpiredError'
}
/** 413: the request body is larger than the server takes. */
export class TooLargeError extends KubeError {
  static override readonly errorName = 'TooLargeError'
}
/** 429 */
export class TooManyRequestsError extends KubeError {
  static override readonly errorName = 'TooManyRequestsError'
}
/** No usable answer: network, TLS, deadline, 5xx, or a body that isn't Kubernetes. A write may have happened. */
export class UnavailableError extends KubeError {
  static override readonly errorName = 'UnavailableError'
}
