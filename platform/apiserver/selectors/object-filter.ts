import { badRequest } from '../api-error.ts'
import type { Cluster } from '../cluster.ts'
import { ownString } from '../json.ts'
import type { ResourceInfo } from '../kinds/resource-info.ts'
import { groupVersion } from '../kinds/resource-info.ts'
import type { StoredObject } from '../storage/store-types.ts'
import { parseStored } from '../stored-body.ts'
import { matchesFields, parseFieldSelector } from './field-selector.ts'
import { matchesLabels, parseLabelSelector } from './label-selector.ts'

/** What a list or a watch is restricted to. */
export interface ObjectFilter {
  /** Lets everything of the collection pass. */
  readonly isEmpty: boolean
  /** The one name that can match, from `metadata.name=`. */
  readonly name: string | undefined
  matches(object: StoredObject): boolean
}

/**
 * Compiles the selectors of a request.
 * @throws ApiError 400 for a malformed selector or a field that the kind can't be selected by
 */
export function objectFilter(cluster: Cluster, info: ResourceInfo, query: URLSearchParams): ObjectFilter {
  const labels = parseLabelSelector(query.get('labelSelector') ?? '')
  const fieldText = query.get('fieldSelector') ?? ''
  const fields = parseFieldSelector(fieldText)
  const known = new Set([
    'metadata.name',
    'metadata.namespace',
    ...Object.keys(info.strategy.selectableFields?.({}) ?? {}),
  ])
  const bad = fields.find(({ field }) => !known.has(field))
  if (bad !== undefined) throw badRequest(unknownField(info, query, bad.field, known.size > 2))
  const named = fields.find(({ field, equal }) => field === 'metadata.name' && equal)?.value
  const needsBody = fields.some(({ field }) => !field.startsWith('metadata.'))
  return {
    isEmpty: labels.length === 0 && fields.length === 0,
    name: named,
    matches(object) {
      if (labels.length > 0) {
        const values = object.labels === null ? {} : (JSON.parse(object.labels) as Record<string, string>)
        if (!matchesLabels(labels, values)) return false
      }
      if (fields.length === 0) return true
      const parsed = needsBody ? parseStored(object) : {}
      const extra = needsBody ? (info.strategy.selectableFields?.(parsed) ?? {}) : {}
      return matchesFields(fields, (field) => {
        if (field === 'metadata.name') return object.name
        if (field === 'metadata.namespace') return object.namespace
        return ownString(extra, field)
      })
    },
  }
}

/** Custom kinds, built-in kinds with fields of their own and those without say it in different words. */
function unknownField(info: ResourceInfo, query: URLSearchParams, field: string, hasOwn: boolean): string {
  const why = `field label not supported: ${field}`
  if (info.isCustom)
    return `Unable to find "${groupVersion(info)}, Resource=${info.plural}" that match label selector "${query.get('labelSelector') ?? ''}", field selector "${query.get('fieldSelector') ?? ''}": ${why}`
  return hasOwn ? why : `"${field}" is not a known field selector: only "metadata.name", "metadata.namespace"`
}
