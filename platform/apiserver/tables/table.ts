import type { JsonObject } from '#lib/kinds/object.ts'
import { metadataOf } from '../json.ts'
import type { ResourceInfo } from '../kinds/resource-info.ts'

/** Which object each row carries. */
export type RowObject = 'None' | 'Metadata' | 'Object'

/** A server-side table of objects, with the columns of their kind. */
export function tableOf(
  info: ResourceInfo,
  objects: readonly JsonObject[],
  metadata: JsonObject,
  rowObject: RowObject,
  withColumns = true,
): JsonObject {
  const now = Date.now()
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata,
    columnDefinitions: withColumns
      ? info.columns.map(({ name, type, format, description, priority }) => ({
          name,
          type,
          format: format ?? '',
          description: description ?? '',
          priority,
        }))
      : null,
    rows: objects.map((object) => ({
      cells: info.columns.map((column) => column.cell(object, now)),
      ...(rowObject === 'None' ? {} : { object: rowObject === 'Object' ? object : partialMetadata(object) }),
    })),
  }
}

/** Only the metadata of an object. */
export function partialMetadata(object: JsonObject): JsonObject {
  return { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: metadataOf(object) }
}
