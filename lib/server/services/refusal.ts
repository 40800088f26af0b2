import type { FieldProblem } from '#lib/contract/problem.ts'
import type { Reason, ReasonCode } from '#lib/domain/reason.ts'
import { ConflictError, InvalidError, NotFoundError, RefusedError } from './service-error.ts'
import type { ServiceError } from './service-error.ts'

/** Reasons that are about a name in the request, and the field that holds it. */
const FIELD_OF: Partial<Record<ReasonCode, string>> = {
  'cluster-unknown': 'cluster',
  'plugin-unknown': 'plugin',
  'version-unknown': 'version',
  'no-version-published': 'version',
}

/** The error for reasons against an installation: what is there already conflicts, unknown names are wrong fields. */
export function installRefusal(reasons: readonly Reason[]): ServiceError {
  if (reasons.some(({ code }) => code === 'already-installed'))
    return new ConflictError('The plugin is on this cluster already', { reasons })
  const errors = reasons.flatMap(({ code }): FieldProblem[] => {
    const path = FIELD_OF[code]
    return path === undefined ? [] : [{ path, code: 'unknown', detail: `There is no such ${path}` }]
  })
  if (errors.length > 0) return new InvalidError('The request names what does not exist', errors, { reasons })
  return new RefusedError('A rule forbids installing it here', reasons)
}

/** The error for reasons against a change; the place stands in the path, so what isn't there is not found. */
export function changeRefusal(reasons: readonly Reason[]): ServiceError {
  const missing = reasons.find(({ code }) =>
    ['cluster-unknown', 'plugin-unknown', 'not-installed'].includes(code),
  )
  if (missing !== undefined) return new NotFoundError('There is no such installation', { reasons })
  if (reasons.some(({ code }) => code === 'version-unknown'))
    return new InvalidError(
      'This version has not been published',
      [{ path: 'version', code: 'unknown', detail: 'There is no such version' }],
      { reasons },
    )
  return new RefusedError('A rule forbids this change', reasons)
}
