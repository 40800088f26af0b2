import type { Json, JsonObject } from '#lib/kinds/object.ts'
import { badRequest, invalid } from '../api-error.ts'
import type { FieldError } from '../field-error.ts'
import { invalidValue, notSupported } from '../field-error.ts'
import { isObject, own, ownObject, ownString, textOf } from '../json.ts'
import { writeOptions } from './write-options.ts'

/** What a deletion asks for. */
export interface DeleteOptions {
  readonly uid: string | undefined
  readonly resourceVersion: string | undefined
  /** `Foreground`, `Background`, `Orphan`, or empty: as an earlier deletion said, else in the background. */
  readonly policy: string
  readonly dryRun: boolean
}

const POLICIES = ['Foreground', 'Background', 'Orphan']

/**
 * The options of a deletion: those of the body where there is one, else those of the query.
 * @throws ApiError 400 when the body is something else, 422 for values that nobody knows
 */
export function deleteOptions(query: URLSearchParams, body: Json | undefined): DeleteOptions {
  const given = body === undefined ? fromQuery(query) : body
  if (!isObject(given)) throw badRequest('the body of a deletion must be DeleteOptions')
  const kind = ownString(given, 'kind') ?? 'DeleteOptions'
  if (kind !== 'DeleteOptions')
    throw badRequest(
      `no kind "${kind}" is registered for version "${ownString(given, 'apiVersion') ?? ''}" here`,
    )
  const preconditions = ownObject(given, 'preconditions')
  const policy = ownString(given, 'propagationPolicy') ?? ''
  const orphan = own(given, 'orphanDependents')
  const fail = (error: FieldError) => invalid({ group: 'meta.k8s.io', kind: 'DeleteOptions' }, '', [error])
  if (policy !== '' && typeof orphan === 'boolean')
    throw fail(
      invalidValue(
        'propagationPolicy',
        policy,
        'orphanDependents and deletionPropagation cannot be both set',
      ),
    )
  if (policy !== '' && !POLICIES.includes(policy))
    throw fail(notSupported('propagationPolicy', policy, [...POLICIES, 'nil']))
  const dryRun = own(given, 'dryRun')
  const params = new URLSearchParams(
    (Array.isArray(dryRun) ? dryRun : []).map((value) => ['dryRun', textOf(value)]),
  )
  return {
    uid: ownString(preconditions, 'uid'),
    resourceVersion: ownString(preconditions, 'resourceVersion'),
    policy: typeof orphan === 'boolean' ? (orphan ? 'Orphan' : 'Background') : policy,
    dryRun: writeOptions(params, 'DeleteOptions').dryRun,
  }
}

function fromQuery(query: URLSearchParams): JsonObject {
  const policy = query.get('propagationPolicy')
  const orphan = query.get('orphanDependents')
  return {
    ...(policy === null ? {} : { propagationPolicy: policy }),
    ...(orphan === null ? {} : { orphanDependents: orphan === 'true' }),
    dryRun: query.getAll('dryRun'),
  }
}
