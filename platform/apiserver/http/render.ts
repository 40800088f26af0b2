import { stringify } from 'yaml'
import type { JsonObject } from '#lib/kinds/object.ts'
import { ApiError } from '../api-error.ts'
import { metadataOf, own } from '../json.ts'
import { groupVersion } from '../kinds/resource-info.ts'
import type { RowObject } from '../tables/table.ts'
import { partialMetadata, tableOf } from '../tables/table.ts'
import { listItemBody, parseStored, servedBody } from '../stored-body.ts'
import type { ListResult, ObjectResult, Result } from '../verbs/result.ts'
import type { Form } from './negotiate.ts'

/** YAML 1.1, so that texts like `yes` and times are quoted for older readers. */
const YAML = { version: '1.1', sortMapEntries: true, indentSeq: false, lineWidth: 0 } as const

/** The text of an answer in the form that the client asked for. @throws ApiError 406 for a form that doesn't fit */
export function render(result: Result, form: Form, rowObject: RowObject): string {
  const json = renderJson(result, form, rowObject)
  return form.syntax === 'yaml' ? stringify(JSON.parse(json), YAML) : json
}

function renderJson(result: Result, form: Form, rowObject: RowObject): string {
  if (result.type === 'plain') return JSON.stringify(result.body)
  switch (form.as) {
    case '':
      return result.type === 'object' ? servedBody(result.info, result.object) : renderList(result)
    case 'Table':
      return JSON.stringify(renderTable(result, rowObject))
    case 'PartialObjectMetadata':
      if (result.type === 'object') return JSON.stringify(partialMetadata(parseStored(result.object)))
      break
    case 'PartialObjectMetadataList':
      if (result.type === 'list') return JSON.stringify(metadataList(result))
      break
  }
  throw new ApiError(406, 'NotAcceptable', `this request can't be answered as ${form.as}`)
}

function renderList(result: ListResult): string {
  const { info, items, metadata } = result
  const head = JSON.stringify({ kind: info.listKind, apiVersion: groupVersion(info), metadata })
  return `${head.slice(0, -1)},"items":[${items.map((item) => listItemBody(info, item)).join(',')}]}`
}

function renderTable(result: ObjectResult | ListResult, rowObject: RowObject): JsonObject {
  if (result.type === 'list') {
    const objects = result.items.map(parseStored)
    return tableOf(result.info, objects, { ...result.metadata }, rowObject)
  }
  const object = parseStored(result.object)
  const resourceVersion = own(metadataOf(object), 'resourceVersion') ?? ''
  return tableOf(result.info, [object], { resourceVersion }, rowObject)
}

function metadataList(result: ListResult): JsonObject {
  return {
    kind: 'PartialObjectMetadataList',
    apiVersion: 'meta.k8s.io/v1',
    metadata: { ...result.metadata },
    items: result.items.map((item) => partialMetadata(parseStored(item))),
  }
}
