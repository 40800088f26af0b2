import type { Json, JsonObject } from '#lib/kinds/object.ts'
import { ApiError, badRequest, invalid, notFound } from '../api-error.ts'
import { invalidValue } from '../field-error.ts'
import { cloneJson, isObject } from '../json.ts'
import { PatchError, applyJsonPatch } from '../patch/json-patch.ts'
import { applyMergePatch } from '../patch/merge-patch.ts'
import { applyStrategicMerge } from '../patch/strategic-merge.ts'
import type { ResourceInfo } from '../kinds/resource-info.ts'
import type { Decoded } from '../write/decode-object.ts'
import { decodeObject } from '../write/decode-object.ts'
import { trackFields } from '../write/field-writer.ts'
import { metadataWarnings } from '../write/meta-rules.ts'
import { apply } from './apply.ts'
import type { ResourceRequest } from './request.ts'
import type { ObjectResult } from './result.ts'
import { replace } from './update.ts'
import { APPLY_PATCH, JSON_PATCH, MERGE_PATCH } from './patch-types.ts'
import { patchOptions } from './write-options.ts'

/** Changes an object by a patch. @throws ApiError 400, 404, 409, 415, 422 */
export function patch(request: ResourceRequest): ObjectResult {
  const { cluster, info, namespace, name, body } = request
  if (request.contentType === APPLY_PATCH) return apply(request)
  const options = patchOptions(request.query, false)
  if (body === undefined) throw badRequest('unable to decode an empty patch')
  const stored = cluster.get(info, namespace, name)
  if (stored === undefined) throw notFound(info, name)
  const old = cluster.parse(info, stored)
  const patched = applyPatch(old, body, request.contentType)
  const { object, unknown } = decodePatched(patched, info)
  if (unknown.length > 0 && options.fieldValidation === 'Strict')
    throw invalid({ group: '', kind: '' }, '', [
      invalidValue('patch', JSON.stringify(body), `strict decoding error: ${unknown.join(', ')}`),
    ])
  const warnings = options.fieldValidation === 'Warn' ? unknown : []
  trackFields(request, old, object)
  const next = replace(request, { stored, old }, object, { dryRun: options.dryRun, isPatch: true })
  return {
    type: 'object',
    code: 200,
    info,
    object: next,
    warnings: [...warnings, ...metadataWarnings(object)],
  }
}

/** What a patch makes of an object may be no such object any more. @throws ApiError 422 */
function decodePatched(patched: Json, info: ResourceInfo): Decoded {
  try {
    return decodeObject(patched, info)
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    throw invalid({ group: '', kind: '' }, '', [
      invalidValue('patch', JSON.stringify(patched), error.message),
    ])
  }
}

function applyPatch(object: JsonObject, body: Json, contentType: string): Json {
  if (contentType === JSON_PATCH)
    try {
      return applyJsonPatch(object, body)
    } catch (error) {
      if (error instanceof PatchError)
        throw new ApiError(
          422,
          'Invalid',
          'the server rejected our request due to an error in our request',
          {},
        )
      throw badRequest((error as Error).message)
    }
  if (!isObject(body)) throw badRequest('the patch is no object')
  return contentType === MERGE_PATCH
    ? applyMergePatch(object, body)
    : applyStrategicMerge(object, cloneJson(body))
}
