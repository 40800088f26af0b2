import { invalid } from '../api-error.ts'
import type { FieldError } from '../field-error.ts'
import { forbiddenField, notSupported, required } from '../field-error.ts'
import { fieldManagerErrors } from '../write/meta-rules.ts'
import type { Decoded } from '../write/decode-object.ts'
import { cannotHandle } from '../write/decode-object.ts'
import type { ResourceInfo } from '../kinds/resource-info.ts'

export interface WriteOptions {
  readonly dryRun: boolean
  readonly fieldValidation: 'Ignore' | 'Warn' | 'Strict'
}

/**
 * Options of a write from its query.
 * @param kind the options' own kind, for the error: `CreateOptions` …
 * @throws ApiError 422 for values that nobody knows
 */
export function writeOptions(
  query: URLSearchParams,
  kind: string,
  more: readonly FieldError[] = [],
): WriteOptions {
  const dryRuns = query.getAll('dryRun').filter((value) => value !== '')
  const fieldValidation = query.get('fieldValidation') ?? ''
  const errors = [
    ...more,
    ...fieldManagerErrors(query.get('fieldManager') ?? '', 'fieldManager'),
    ...(dryRuns.every((value) => value === 'All') ? [] : [notSupported('dryRun', dryRuns, ['All'])]),
    ...(['', 'Ignore', 'Warn', 'Strict'].includes(fieldValidation)
      ? []
      : [notSupported('fieldValidation', fieldValidation, ['', 'Ignore', 'Strict', 'Warn'])]),
  ]
  if (errors.length > 0) throw invalid({ group: 'meta.k8s.io', kind }, '', errors)
  return {
    dryRun: dryRuns.length > 0,
    fieldValidation: fieldValidation === '' ? 'Warn' : (fieldValidation as WriteOptions['fieldValidation']),
  }
}

/**
 * Options of a patch.
 * @param isApply whether a configuration is applied: that needs to say by whom, and nothing else can be forced
 * @throws ApiError 400 or 422 for values that nobody knows
 */
export function patchOptions(query: URLSearchParams, isApply: boolean): WriteOptions & { isForced: boolean } {
  const force = query.get('force')
  const isForced = force !== null && flagOf(force)
  const more: FieldError[] = []
  if (isApply && (query.get('fieldManager') ?? '') === '')
    more.push(required('fieldManager', 'is required for apply patch'))
  if (!isApply && force !== null)
    more.push(forbiddenField('force', 'may not be specified for non-apply patch'))
  return { ...writeOptions(query, 'PatchOptions', more), isForced }
}

function flagOf(text: string): boolean {
  return text !== 'false' && text !== '0'
}

/**
 * What unknown fields mean under the chosen validation.
 * @returns warnings for the client
 * @throws ApiError 400 when it is strict and there are some
 */
export function unknownFieldWarnings(decoded: Decoded, options: WriteOptions, info: ResourceInfo): string[] {
  if (decoded.unknown.length === 0 || options.fieldValidation === 'Ignore') return []
  if (options.fieldValidation === 'Strict')
    throw cannotHandle(info, `strict decoding error: ${decoded.unknown.join(', ')}`)
  return decoded.unknown
}
