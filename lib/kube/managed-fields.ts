import type { KubeObject } from '#lib/kinds/object.ts'

/** Who wrote which fields last. Caches leave these out: read an object itself to see them. */
export interface ManagedFields {
  readonly manager?: string
  readonly operation?: string
  readonly time?: string
  readonly subresource?: string
  readonly fieldsV1?: Readonly<Record<string, unknown>>
}

/** An object's managed fields; none where the server doesn't keep them. */
export function managedFieldsOf(object: KubeObject): readonly ManagedFields[] {
  const { managedFields } = object.metadata as { managedFields?: unknown }
  if (!Array.isArray(managedFields)) return []
  return managedFields.filter((entry): entry is ManagedFields => typeof entry === 'object' && entry !== null)
}

/** Whether an entry owns something at or below a path of fields, such as `spec`. */
export function ownsField({ fieldsV1 }: ManagedFields, ...path: readonly string[]): boolean {
  let at: unknown = fieldsV1
  for (const name of path) {
    if (typeof at !== 'object' || at === null) return false
    at = (at as Record<string, unknown>)[`f:${name}`]
  }
  return at !== undefined
}

/** The entry that was written last; of equal times (they have seconds) the later one in the list. */
export function newest(entries: readonly ManagedFields[]): ManagedFields | undefined {
  let best: ManagedFields | undefined
  for (const entry of entries) if (best === undefined || (entry.time ?? '') >= (best.time ?? '')) best = entry
  return best
}
