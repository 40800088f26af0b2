import type { Json, JsonObject } from '#lib/kinds/object.ts'
import { ApiError, badRequest, invalid, notFound } from '../api-error.ts'
import { invalidValue } from '../field-error.ts'
import { cloneJson, isObject } from '../json.ts'
import type { ResourceInfo } from '../kinds/resource-info.ts'
import { PatchError, applyJsonPatch } from '../patch/json-patch.ts'
import { applyMergePatch } from '../patch/merge-patch.ts'
import { applyStrategicMerge } from '../patch/strategic-merge.ts'
import { decodeObject } from '../write/decode-object.ts'
import { metadataWarnings } from '../write/meta-rules.ts'
import type { ResourceRequest } from './request.ts'
import type { ObjectResult } from './result.ts'
import { replace } from './update.ts'
import { writeOptions } from './write-options.ts'

const JSON_PATCH = 'application/json-patch+json'
const MERGE_PATCH = 'application/merge-patch+json'
const STRATEGIC_MERGE = 'application/strategic-merge-patch+json'

/** Changes an object by a patch. @throws ApiError 400, 404, 409, 415, 422 */
export function patch(request: ResourceRequest): ObjectResult {
  const { cluster, info, namespace, name, body } = request
  const options = writeOptions(request.query, 'PatchOptions')
  if (body === undefined) throw badRequest('unable to decode an empty patch')
  expectPatchType(info, request.contentType)
  const stored = cluster.get(info, namespace, name)
  if (stored === undefined) throw notFound(info, name)
  const patched = applyPatch(cluster.parse(info, stored), body, request.contentType)
  const { object, unknown } = decodeObject(patched, info)
  if (unknown.length > 0 && options.fieldValidation === 'Strict')
    throw invalid({ group: '', kind: '' }, '', [
      invalidValue('patch', JSON.stringify(body), `strict decoding error: ${unknown.join(', ')}`),
    ])
  const warnings = options.fieldValidation === 'Warn' ? unknown : []
  const next = replace(request, stored, object, options.dryRun, false)
  return {
    type: 'object',
    code: 200,
    info,
    object: next,
    warnings: [...warnings, ...metadataWarnings(object)],
  }
}

function expectPatchType(info: ResourceInfo, contentType: string): void {
  const accepted = [JSON_PATCH, MERGE_PATCH, ...(info.isCustom ? [] : [STRATEGIC_MERGE])]
  if (!accepted.includes(contentType))
    throw new ApiError(
      415,
      'UnsupportedMediaType',
      `the body of the request was in an unknown format - accepted media types include: ${accepted.join(', ')}`,
      {},
    )
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
