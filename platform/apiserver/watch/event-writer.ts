import type { JsonObject } from '#lib/kinds/object.ts'
import { parseStored, servedBody } from '../stored-body.ts'
import type { ResourceInfo } from '../kinds/resource-info.ts'
import { groupVersion } from '../kinds/resource-info.ts'
import type { Form } from '../http/negotiate.ts'
import type { StoredObject } from '../storage/store-types.ts'
import type { RowObject } from '../tables/table.ts'
import { partialMetadata, tableOf } from '../tables/table.ts'

/** Writes watch events, one a line, in the form that the client asked for. */
export interface EventWriter {
  readonly contentType: string
  event(type: string, object: StoredObject): string
  bookmark(revision: number, endOfInitial: boolean): string
  error(status: JsonObject): string
}

/** @param form what the client accepts; a watch is JSON whatever the syntax says */
export function eventWriter(info: ResourceInfo, form: Form, rowObject: RowObject): EventWriter {
  let hasColumns = false
  const line = (type: string, body: string) => `{"type":"${type}","object":${body}}\n`

  function encode(object: JsonObject): string {
    if (form.as === 'Table') {
      const withColumns = !hasColumns
      hasColumns = true
      const resourceVersion = (object['metadata'] as JsonObject)['resourceVersion'] ?? ''
      return JSON.stringify(tableOf(info, [object], { resourceVersion }, rowObject, withColumns))
    }
    return JSON.stringify(partialMetadata(object))
  }

  /** A row of an object that has nothing but the metadata. */
  function bookmarkTable(metadata: JsonObject): JsonObject {
    const withColumns = !hasColumns
    hasColumns = true
    const { resourceVersion = '' } = metadata
    return tableOf(info, [{ metadata }], { resourceVersion }, rowObject, withColumns)
  }

  return {
    contentType: 'application/json',
    event: (type, object) =>
      line(type, form.as === '' ? servedBody(info, object) : encode(parseStored(object))),
    bookmark(revision, endOfInitial) {
      const metadata = {
        resourceVersion: String(revision),
        ...(endOfInitial ? { annotations: { 'k8s.io/initial-events-end': 'true' } } : {}),
      }
      const body =
        form.as === 'Table'
          ? bookmarkTable(metadata)
          : form.as === ''
            ? { kind: info.kind, apiVersion: groupVersion(info), metadata }
            : partialMetadata({ metadata })
      return line('BOOKMARK', JSON.stringify(body))
    },
    error: (status) => line('ERROR', JSON.stringify(status)),
  }
}
