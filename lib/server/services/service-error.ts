import type { FieldProblem, ProblemCode } from '#lib/contract/problem.ts'
import type { Reason } from '#lib/domain/reason.ts'

export interface ServiceErrorDetails {
  reasons?: readonly Reason[]
  errors?: readonly FieldProblem[]
  /** How long to stay away, in milliseconds. */
  retryAfterMs?: number
  cause?: unknown
}

/** Base of what services throw on purpose. The message is one English sentence and holds nothing secret. */
export class ServiceError extends Error {
  readonly code: ProblemCode
  readonly reasons: readonly Reason[]
  readonly errors: readonly FieldProblem[]
  readonly retryAfterMs: number | undefined

  constructor(code: ProblemCode, message: string, details: ServiceErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.name = new.target.name
    this.code = code
    this.reasons = details.reasons ?? []
    this.errors = details.errors ?? []
    this.retryAfterMs = details.retryAfterMs
  }
}

/** What was asked for isn't there. */
export class NotFoundError extends ServiceError {
  constructor(message: string, details?: ServiceErrorDetails) {
    super('not-found', message, details)
  }
}

/** Somebody else was faster: a stale resourceVersion, or the plugin is there already. */
export class ConflictError extends ServiceError {
  constructor(message: string, details?: ServiceErrorDetails) {
    super('conflict', message, details)
  }
}

/** Fields of the request are wrong. */
export class InvalidError extends ServiceError {
  constructor(message: string, errors: readonly FieldProblem[], details?: ServiceErrorDetails) {
    super('invalid', message, { ...details, errors })
  }
}

/** A rule of the domain forbids it. */
export class RefusedError extends ServiceError {
  constructor(message: string, reasons: readonly Reason[]) {
    super('refused', message, { reasons })
  }
}

/** The caller's credentials don't allow it. */
export class ForbiddenError extends ServiceError {
  constructor(message: string, details?: ServiceErrorDetails) {
    super('forbidden', message, details)
  }
}

/** The caller's credentials are no longer accepted. */
export class UnauthorizedError extends ServiceError {
  constructor(message: string, details?: ServiceErrorDetails) {
    super('unauthorized', message, details)
  }
}

/** The cluster doesn't answer, or nothing is known of it yet. */
export class UnavailableError extends ServiceError {
  constructor(message: string, details?: ServiceErrorDetails) {
    super('unavailable', message, details)
  }
}

/** The console's own disk is full. */
export class NoSpaceError extends ServiceError {
  constructor(message: string, details?: ServiceErrorDetails) {
    super('no-space', message, details)
  }
}

export class TooLargeError extends ServiceError {
  constructor(message: string, details?: ServiceErrorDetails) {
    super('too-large', message, details)
  }
}
