import type { FieldProblem } from '#lib/contract/problem.ts'
import * as kube from '#lib/kube/kube-error.ts'
import {
  ConflictError,
  ForbiddenError,
  InvalidError,
  NotFoundError,
  ServiceError,
  TooLargeError,
  UnauthorizedError,
  UnavailableError,
} from './service-error.ts'

function fieldProblems(error: kube.KubeError): FieldProblem[] {
  return error.causes.map(({ field, reason, message }) => ({
    path: field.replace(/^spec\./, ''),
    code: reason,
    detail: message,
  }))
}

/** What an API server's answer means to who asked us. Anything that is no KubeError is handed back as it is. */
export function serviceErrorOf(error: unknown): unknown {
  if (!(error instanceof kube.KubeError) || error instanceof ServiceError) return error
  const details = { cause: error, retryAfterMs: error.retryAfterMs }
  const { message } = error
  if (error instanceof kube.NotFoundError) return new NotFoundError(message, details)
  if (error instanceof kube.ConflictError || error instanceof kube.AlreadyExistsError)
    return new ConflictError(message, details)
  if (error instanceof kube.InvalidError || error instanceof kube.BadRequestError)
    return new InvalidError(message, fieldProblems(error), details)
  if (error instanceof kube.ForbiddenError) return new ForbiddenError(message, details)
  if (error instanceof kube.UnauthorizedError) return new UnauthorizedError(message, details)
  if (error instanceof kube.TooLargeError) return new TooLargeError(message, details)
  return new UnavailableError(message, details)
}

/**
 * Runs calls to a cluster's API on behalf of a service.
 * @throws ServiceError in place of each KubeError
 */
export async function kubeCall<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw serviceErrorOf(error)
  }
}
