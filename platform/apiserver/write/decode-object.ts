import type { Json, JsonObject } from '#lib/kinds/object.ts'
import { badRequest, invalid } from '../api-error.ts'
import type { FieldError } from '../field-error.ts'
import { invalidValue, messageOf } from '../field-error.ts'
import { cloneJson, isObject, metadataOf, own, ownString, setOwn } from '../json.ts'
import { OBJECT_META_SCHEMA } from '../kinds/object-meta.ts'
import type { ResourceInfo } from '../kinds/resource-info.ts'
import { groupVersion } from '../kinds/resource-info.ts'
import { applyDefaults, pruneNulls } from '../schema/defaults.ts'
import { prune } from '../schema/prune.ts'
import type { Schema } from '../schema/structural.ts'
import { validate } from '../schema/validate.ts'

export interface Decoded {
  object: JsonObject
  /** `unknown field "…"` for everything that was dropped. */
  readonly unknown: string[]
}

/**
 * Takes a request's object as the kind's own: drops unknown fields, fills in defaults. Changes `value` in place.
 * @param keepsNulls whether nulls in custom objects stay, even where the schema has none (as in what was applied)
 * @throws ApiError 400 when it is another kind or its metadata (for built-in kinds: anything) has a wrong type
 */
export function decodeObject(value: Json, info: ResourceInfo, keepsNulls = false): Decoded {
  if (!isObject(value)) throw cannotHandle(info, 'the body is no object')
  checkKind(value, info)
  const given = own(value, 'metadata')
  if (given !== undefined && given !== null && !isObject(given))
    throw cannotHandle(info, 'json: cannot unmarshal metadata into an object')
  const metadata = metadataOf(value)
  tidy(metadata, OBJECT_META_SCHEMA)
  if (info.isCustom && isEmpty(own(metadata, 'managedFields') ?? null)) delete metadata['managedFields']
  const unknown = prune(metadata, OBJECT_META_SCHEMA)
    .filter((path) => path !== '')
    .map((path) => `metadata.${path}`)
  const metaError = typeError(metadata, OBJECT_META_SCHEMA, 'metadata')
  if (metaError !== undefined) throw cannotHandle(info, `json: cannot unmarshal ${messageOf(metaError)}`)
  unknown.push(...prune(value, info.schema))
  if (info.isCustom) {
    unknown.sort()
    applyDefaults(value, info.schema)
    if (!keepsNulls) pruneNulls(value, info.schema)
  } else {
    for (const [key, child] of info.schema.properties) tidyField(value, key, child)
    const error = typeError(value, info.schema)
    if (error !== undefined) throw cannotHandle(info, decodeError(error))
    for (const [key, zero] of Object.entries(info.strategy.zeros ?? {})) value[key] ??= cloneJson(zero)
    info.strategy.setDefaults?.(value)
  }
  return { object: value, unknown: unknown.map((path) => `unknown field ${JSON.stringify(path)}`) }
}

/** Lists of built-in kinds may have an item twice: only patches and appliers tell items apart. */
function typeError(value: JsonObject, schema: Schema, path = ''): FieldError | undefined {
  return validate(value, schema, path).find(({ reason }) => reason !== 'FieldValueDuplicate')
}

function decodeError(error: FieldError): string {
  return error.detail.includes('must be of type byte')
    ? 'illegal base64 data'
    : `json: cannot unmarshal ${messageOf(error)}`
}

/** The error for a body that is not what the path asks for. */
export function cannotHandle(info: ResourceInfo, why: string) {
  return badRequest(
    `${info.kind} in version ${JSON.stringify(info.version)} cannot be handled as a ${info.kind}: ${why}`,
  )
}

function checkKind(value: JsonObject, info: ResourceInfo): void {
  const wanted = groupVersion(info)
  const kind = ownString(value, 'kind') ?? ''
  const apiVersion = ownString(value, 'apiVersion') ?? ''
  if (info.isCustom) checkCustomKind(value, info, kind, apiVersion)
  else if ((apiVersion !== '' && apiVersion !== wanted) || (kind !== '' && kind !== info.kind))
    throw badRequest(
      `${kind} in version ${JSON.stringify(apiVersion.replace(/^.*\//, ''))} cannot be handled as a ${info.kind}: no kind ${JSON.stringify(kind)} is registered for version ${JSON.stringify(apiVersion)} here`,
    )
  value['apiVersion'] = wanted
  value['kind'] = info.kind
}

/** Custom objects always say what they are, and a wrong kind is an invalid field. */
function checkCustomKind(value: JsonObject, info: ResourceInfo, kind: string, apiVersion: string): void {
  const wanted = groupVersion(info)
  if (kind === '') {
    const text = JSON.stringify(value)
    const head = text.length > 24 ? `${text.slice(0, 24)} ...` : text
    throw badRequest(
      `the object provided is unrecognized (must be of type ${info.kind}): Object 'Kind' is missing in '${text}' (${head})`,
    )
  }
  if (apiVersion !== wanted)
    throw badRequest(
      `the API version in the data (${apiVersion}) does not match the expected API version (${wanted})`,
    )
  if (kind !== info.kind)
    throw invalid({ group: info.group, kind }, ownString(metadataOf(value), 'name') ?? '', [
      invalidValue('kind', kind, `must be ${info.kind}`),
    ])
}

/** In Go null means the same as absent, and empty lists and maps are left out when they are written. */
function tidy(value: Json, schema: Schema): void {
  if (Array.isArray(value)) {
    if (schema.items !== undefined) for (const item of value) tidy(item, schema.items)
  } else if (isObject(value))
    for (const key of Object.keys(value)) {
      const child = schema.properties.get(key)
      if (child !== undefined) tidyField(value, key, child)
      else if (schema.additional !== undefined) tidyEntry(value, key, schema.additional)
    }
}

function tidyField(object: JsonObject, key: string, schema: Schema): void {
  const value = own(object, key)
  if (value === undefined) return
  const isMap = schema.type === 'object' && schema.additional !== undefined
  // For built-in kinds an empty list of managers is a wish: it clears them.
  const isLeftOut = (isMap || schema.type === 'array') && key !== 'managedFields' && isEmpty(value)
  if (value === null || isLeftOut) delete object[key]
  else tidy(value, schema)
}

function isEmpty(value: Json): boolean {
  return Array.isArray(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0
}

function tidyEntry(map: JsonObject, key: string, schema: Schema): void {
  const value = own(map, key)
  if (value !== null && value !== undefined) tidy(value, schema)
  else if (schema.type === 'string') setOwn(map, key, '')
  else delete map[key]
}
