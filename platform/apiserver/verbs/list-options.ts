import { ApiError, badRequest, invalid } from '../api-error.ts'
import type { FieldError } from '../field-error.ts'
import { forbiddenField, notSupported } from '../field-error.ts'
import type { SqliteStore } from '../storage/sqlite-store.ts'

const MATCH = 'resourceVersionMatch'

/** A flag of the query as the API server reads it: anything but `false` and `0` is true; undefined when it is absent. */
export function flagOption(query: URLSearchParams, name: string): boolean | undefined {
  const text = query.get(name)
  return text === null ? undefined : !/^(?:false|0)$/i.test(text)
}

/** A whole number of the query, 0 when it is absent. @throws ApiError 400 */
export function numberOption(query: URLSearchParams, name: string): number {
  const text = query.get(name) ?? ''
  if (text === '') return 0
  if (!/^[-+]?\d+$/.test(text))
    throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`)
  return Number(text)
}

/** @throws ApiError 422 for options of a list that exclude each other */
export function checkListOptions(query: URLSearchParams): void {
  const match = query.get(MATCH) ?? ''
  const errors: FieldError[] = []
  if (match !== '') {
    if ((query.get('resourceVersion') ?? '') === '')
      errors.push(
        forbiddenField(MATCH, 'resourceVersionMatch is forbidden unless resourceVersion is provided'),
      )
    if ((query.get('continue') ?? '') !== '')
      errors.push(forbiddenField(MATCH, 'resourceVersionMatch is forbidden when continue is provided'))
    if (match !== 'Exact' && match !== 'NotOlderThan')
      errors.push(notSupported(MATCH, match, ['Exact', 'NotOlderThan', '']))
    if (match === 'Exact' && query.get('resourceVersion') === '0')
      errors.push(forbiddenField(MATCH, 'resourceVersionMatch "exact" is forbidden for resourceVersion "0"'))
  }
  if (query.has('sendInitialEvents'))
    errors.push(forbiddenField('sendInitialEvents', 'sendInitialEvents is forbidden for list'))
  if (errors.length > 0) throw invalidOptions(errors)
}

/** @throws ApiError 422 for options of a watch that exclude each other */
export function checkWatchOptions(query: URLSearchParams): void {
  const match = query.get(MATCH) ?? ''
  const sendsInitial = query.has('sendInitialEvents')
  const errors: FieldError[] = []
  if (sendsInitial && match !== 'NotOlderThan')
    errors.push(
      forbiddenField(MATCH, 'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan'),
    )
  if (match !== '') {
    if (!sendsInitial)
      errors.push(
        forbiddenField(
          MATCH,
          'resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
        ),
      )
    if (match !== 'NotOlderThan') errors.push(notSupported(MATCH, match, ['NotOlderThan']))
  }
  if ((query.get('continue') ?? '') !== '')
    errors.push(forbiddenField(MATCH, 'resourceVersionMatch is forbidden when continue is provided'))
  if (errors.length > 0) throw invalidOptions(errors)
}

function invalidOptions(errors: readonly FieldError[]): ApiError {
  return invalid({ group: 'meta.k8s.io', kind: 'ListOptions' }, '', errors)
}

/**
 * Reads a resourceVersion option; nothing and `0` are 0.
 * @throws ApiError 500 when it is no number: that is what the API server says
 */
export function parseRevision(text: string | null): number {
  if (text === null || text === '') return 0
  if (/^\d{1,19}$/.test(text)) return Number(text)
  throw new ApiError(
    500,
    '',
    `resourceVersion: Invalid value: ${JSON.stringify(text)}: strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`,
  )
}

/** `parseRevision`, for what is there already. @throws ApiError 504 when the store has not got there yet */
export function expectRevision(store: SqliteStore, text: string | null): number {
  const wanted = parseRevision(text)
  if (wanted > store.revision)
    throw new ApiError(
      504,
      'Timeout',
      `Timeout: Too large resource version: ${wanted}, current: ${store.revision}`,
      {
        causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
        retryAfterSeconds: 1,
      },
    )
  return wanted
}
