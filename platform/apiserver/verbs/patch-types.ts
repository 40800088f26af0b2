import { ApiError } from '../api-error.ts'
import type { ResourceInfo } from '../kinds/resource-info.ts'

export const JSON_PATCH = 'application/json-patch+json'
export const MERGE_PATCH = 'application/merge-patch+json'
export const STRATEGIC_MERGE = 'application/strategic-merge-patch+json'
/** A configuration to apply, in YAML. */
export const APPLY_PATCH = 'application/apply-patch+yaml'

/** The types of patches that objects of a kind take. */
export function patchTypes(info: ResourceInfo): string[] {
  return [JSON_PATCH, MERGE_PATCH, ...(info.isCustom ? [] : [STRATEGIC_MERGE]), APPLY_PATCH]
}

/** @throws ApiError 415 for another type of patch */
export function expectPatchType(info: ResourceInfo, contentType: string | undefined): void {
  const type = contentType?.split(';')[0]?.trim() ?? ''
  if (!patchTypes(info).includes(type))
    throw new ApiError(
      415,
      'UnsupportedMediaType',
      info.isCustom
        ? `the body of the request was in an unknown format - accepted media types include: ${patchTypes(info).join(', ')}`
        : '415: Unsupported Media Type',
      {},
    )
}
