import { ServiceError } from '#lib/server/services/service-error.ts'
import { serviceErrorOf } from '#lib/server/services/kube-call.ts'
import type { ProblemFacts } from './problem-response.ts'
import { RequestError } from './request-error.ts'

/** What an error says to the outside. */
export type ErrorFacts = ProblemFacts & { retryAfterSeconds?: number }

/**
 * The problem behind anything that a request may run into. Only errors that were thrown on purpose speak for
 * themselves; everything else is one line in the log and a bare 500.
 */
export function errorFacts(error: unknown, requestId: string): ErrorFacts {
  if (error instanceof RequestError) return error.facts
  const known = serviceErrorOf(error)
  if (known instanceof ServiceError)
    return {
      code: known.code,
      detail: known.message,
      ...(known.reasons.length === 0 ? {} : { reasons: [...known.reasons] }),
      ...(known.errors.length === 0 ? {} : { errors: [...known.errors] }),
      ...(known.retryAfterMs === undefined ? {} : { retryAfterSeconds: known.retryAfterMs / 1000 }),
    }
  if (error instanceof Error && error.name === 'TimeoutError')
    return {
      code: 'timeout',
      detail: 'the cluster did not answer in time; what was asked for may have happened',
    }
  if (error instanceof Error && error.name === 'AbortError')
    return { code: 'timeout', status: 499, detail: 'the request was given up' }
  logFailure(error, requestId)
  return { code: 'internal', detail: 'the console failed to answer; its log tells more under the request id' }
}

/**
 * Writes one line about an error that nobody expected: name, message and place. Errors of clients may carry requests
 * with tokens: never their fields.
 */
export function logFailure(error: unknown, requestId: string): void {
  console.error(`request ${requestId} failed: ${logLine(error)}`)
}

function logLine(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const place = error.stack?.split('\n').find((line) => line.trimStart().startsWith('at '))
  return `${error.name}: ${error.message} ${place?.trim() ?? ''}`.replace(/\s+/g, ' ').slice(0, 1000)
}
