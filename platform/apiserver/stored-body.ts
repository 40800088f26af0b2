import type { JsonObject } from '#lib/kinds/object.ts'
import { metadataOf } from './json.ts'
import type { ResourceInfo } from './kinds/resource-info.ts'
import { groupVersion } from './kinds/resource-info.ts'
import type { StoredObject } from './storage/store-types.ts'

function typeMeta(info: ResourceInfo): string {
  const apiVersion = groupVersion({ group: info.group, version: info.storageVersion })
  return `{"kind":${JSON.stringify(info.kind)},"apiVersion":${JSON.stringify(apiVersion)},`
}

/** The text under which an object is stored: its kind and version first, so that lists can leave them out. */
export function storedBody(info: ResourceInfo, object: JsonObject, revision: number): string {
  const { kind: _kind, apiVersion: _apiVersion, metadata: _metadata, ...rest } = object
  const metadata = { ...metadataOf(object), resourceVersion: String(revision) }
  return typeMeta(info) + JSON.stringify({ metadata, ...rest }).slice(1)
}

export function parseStored(stored: StoredObject): JsonObject {
  return JSON.parse(stored.body) as JsonObject
}

/** The stored text as a client of `info`'s version gets it. */
export function servedBody(info: ResourceInfo, stored: StoredObject): string {
  if (info.version === info.storageVersion) return stored.body
  const object = parseStored(stored)
  return JSON.stringify({ ...object, apiVersion: groupVersion(info) })
}

/** The same inside of a list: items of built-in kinds carry no kind and no version there. */
export function listItemBody(info: ResourceInfo, stored: StoredObject): string {
  return info.isCustom ? servedBody(info, stored) : `{${stored.body.slice(typeMeta(info).length)}`
}
