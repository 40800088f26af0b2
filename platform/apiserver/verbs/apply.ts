import type { Json, JsonObject } from '#lib/kinds/object.ts'
import { ApiError, badRequest, conflict, notFound } from '../api-error.ts'
import { applyConflict } from '../apply/conflict-error.ts'
import { applyTo } from '../apply/field-manager.ts'
import { FieldConflicts } from '../apply/ownership.ts'
import { MergeTypeError, checkType } from '../apply/type-errors.ts'
import { isObject, metadataOf, own, ownObject, ownString } from '../json.ts'
import type { ResourceInfo } from '../kinds/resource-info.ts'
import { decodeObject } from '../write/decode-object.ts'
import { fieldVersions } from '../write/field-versions.ts'
import { setManagedFields, writerOf } from '../write/field-writer.ts'
import { metadataWarnings } from '../write/meta-rules.ts'
import { createDecoded } from './create.ts'
import { parseConfiguration } from './parse-configuration.ts'
import type { ResourceRequest } from './request.ts'
import type { ObjectResult } from './result.ts'
import { replace } from './update.ts'
import { patchOptions } from './write-options.ts'

/**
 * Applies a configuration: what it says is merged into the object, which is created if need be.
 * @throws ApiError 400, 404, 409 (fields of others, stale), 422, 500 (fields that the schema does not know)
 */
export function apply(request: ResourceRequest): ObjectResult {
  const { cluster, info, namespace, name, subresource } = request
  const options = patchOptions(request.query, true)
  const stored = cluster.get(info, namespace, name)
  if (stored === undefined && subresource !== '') throw notFound(info, name)
  const live = stored === undefined ? undefined : cluster.parse(info, stored)
  const { value, duplicates } = parseConfiguration(typeof request.body === 'string' ? request.body : '')
  const config = configuration(value, info)
  const { object, managedFields } = merged(request, live, config, options.isForced)
  if (duplicates.length > 0 && options.fieldValidation === 'Strict')
    throw badRequest(
      `error strict decoding YAML: error converting YAML to JSON: yaml: unmarshal errors:\n  ${duplicates.join('\n  ')}`,
    )
  const warnings = options.fieldValidation === 'Warn' ? duplicates : []
  const metadata = metadataOf(object)
  if (live === undefined) expectNoIdentity(info, name, metadata)
  const { object: decoded } = decodeObject(object, info, true)
  setManagedFields(decoded, managedFields)
  if (live === undefined || stored === undefined) {
    expectName(metadata, name)
    delete metadata['resourceVersion']
    return createDecoded(request, decoded, options.dryRun, warnings)
  }
  const next = replace(request, { stored, old: live }, decoded, { dryRun: options.dryRun, isPatch: true })
  return {
    type: 'object',
    code: 200,
    info,
    object: next,
    warnings: [...warnings, ...metadataWarnings(decoded)],
  }
}

function configuration(value: Json, info: ResourceInfo): JsonObject {
  const config = value ?? {}
  if (!isObject(config))
    throw badRequest(
      `error decoding YAML: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ${typeName(config)} into Go value of type map[string]interface {}`,
    )
  const apiVersion = ownString(config, 'apiVersion') ?? ''
  const kind = ownString(config, 'kind') ?? ''
  if (kind !== info.kind || apiVersion !== versionOf(info))
    throw badRequest(`invalid object type: ${apiVersion.includes('/') ? '' : '/'}${apiVersion}, Kind=${kind}`)
  if (Array.isArray(own(ownObject(config, 'metadata'), 'managedFields')))
    throw badRequest('metadata.managedFields must be nil')
  return config
}

function typeName(value: Json): string {
  if (Array.isArray(value)) return 'array'
  return typeof value === 'boolean' ? 'bool' : typeof value
}

const versionOf = ({ group, version }: ResourceInfo) => (group === '' ? version : `${group}/${version}`)

function merged(
  request: ResourceRequest,
  live: JsonObject | undefined,
  config: JsonObject,
  isForced: boolean,
): ReturnType<typeof applyTo> {
  const { cluster, info, subresource } = request
  const versions = fieldVersions(cluster, info, subresource)
  const metadata = ownObject(config, 'metadata')
  try {
    checkType(config, versions.typeOf(versions.apiVersion) ?? {}, false)
  } catch (error) {
    if (!(error instanceof MergeTypeError)) throw error
    const id = `${ownString(metadata, 'namespace') ?? ''}/${ownString(metadata, 'name') ?? ''}`
    const kind = `${info.group}/${info.version}, Kind=${info.kind}`
    throw new ApiError(500, '', `failed to create typed patch object (${id}; ${kind}): ${error.message}`)
  }
  try {
    return applyTo(live, config, { ...writerOf(request), isForced }, versions)
  } catch (error) {
    if (error instanceof FieldConflicts) throw applyConflict(error.conflicts)
    throw error
  }
}

function expectNoIdentity(info: ResourceInfo, name: string, metadata: JsonObject): void {
  const uid = ownString(metadata, 'uid') ?? ''
  if (uid !== '')
    throw conflict(
      info,
      name,
      `uid mismatch: the provided object specified uid ${uid}, and no existing object was found`,
    )
}

function expectName(metadata: JsonObject, name: string): void {
  const given = ownString(metadata, 'name') ?? ''
  if (given === '')
    throw badRequest(
      `the name of the object (${name} based on URL) was undeterminable: name must be provided`,
    )
  if (given !== name)
    throw badRequest(`the name of the object (${given}) does not match the name on the URL (${name})`)
}
