import type { Json, JsonObject } from '#lib/kinds/object.ts'
import { badRequest, conflict, invalid, notFound } from '../api-error.ts'
import type { FieldError } from '../field-error.ts'
import { invalidValue } from '../field-error.ts'
import { equalJson, isObject, metadataOf, own, ownString, textOf } from '../json.ts'
import type { ResourceInfo } from '../kinds/resource-info.ts'
import { validate } from '../schema/validate.ts'
import { storedBody } from '../stored-body.ts'
import type { StoredObject } from '../storage/store-types.ts'
import { decodeObject } from '../write/decode-object.ts'
import { trackFields } from '../write/field-writer.ts'
import { metadataErrors, metadataUpdateErrors, metadataWarnings } from '../write/meta-rules.ts'
import { create, settleNamespace } from './create.ts'
import type { ResourceRequest } from './request.ts'
import type { ObjectResult } from './result.ts'
import { unknownFieldWarnings, writeOptions } from './write-options.ts'

/** Replaces an object, or only its status. @throws ApiError 400, 404, 409 (stale), 422 */
export function update(request: ResourceRequest): ObjectResult {
  const { cluster, info, namespace, name } = request
  const options = writeOptions(request.query, 'UpdateOptions')
  if (request.body === undefined) throw badRequest('unable to decode an empty body')
  const decoded = decodeObject(request.body, info)
  const warnings = unknownFieldWarnings(decoded, options, info)
  const stored = cluster.get(info, namespace, name)
  if (stored === undefined) {
    if (info.strategy.createsOnUpdate !== true) throw notFound(info, name)
    checkName(request, metadataOf(decoded.object))
    return create(request)
  }
  const old = cluster.parse(info, stored)
  trackFields(request, old, decoded.object)
  const object = replace(request, { stored, old }, decoded.object, { dryRun: options.dryRun })
  return {
    type: 'object',
    code: 200,
    info,
    object,
    warnings: [...warnings, ...metadataWarnings(decoded.object)],
  }
}

/**
 * Puts `object` in the place of what is stored, under the rules for updates: system fields stay, status and the rest are
 * written apart, the generation counts, nothing is written when nothing changes.
 * @returns what is stored now (or would be, in a dry run)
 */
export function replace(
  request: ResourceRequest,
  { stored, old }: { stored: StoredObject; old: JsonObject },
  object: JsonObject,
  options: { dryRun: boolean; isPatch?: boolean },
): StoredObject {
  const { cluster, info, name, subresource } = request
  const metadata = metadataOf(object)
  const uidErrors = checkIdentity(request, metadata, metadataOf(old), options.isPatch === true)
  checkRevision(info, name, stored, metadata, options.isPatch !== true)
  const next = subresource === 'status' ? withNewStatus(info, old, object) : withOldStatus(info, old, object)
  keepSystemFields(metadataOf(next), metadataOf(old))
  info.strategy.prepare?.(next, old)
  if (info.strategy.hasGeneration === true) countGeneration(info, next, old)
  const errors = [
    ...uidErrors,
    ...metadataErrors(next, info),
    ...metadataUpdateErrors(next, old),
    ...(info.isCustom ? validate(next, info.schema) : []),
    ...(info.strategy.validate?.(next, old) ?? []),
  ]
  if (errors.length > 0) throw invalid(info, name, errors)
  metadataOf(next)['resourceVersion'] = String(stored.rv)
  if (isUnchanged(next, old)) return stored
  if (options.dryRun) return { ...stored, body: storedBody(info, next, stored.rv) }
  return isReadyToGo(next) ? cluster.remove(info, next, stored) : cluster.put(info, next, stored)
}

/** An update's uid is a precondition, that of a patch a change. */
function checkIdentity(
  request: ResourceRequest,
  metadata: JsonObject,
  old: JsonObject,
  isPatch: boolean,
): FieldError[] {
  const { info, name, namespace } = request
  settleNamespace(metadata, info, namespace)
  checkName(request, metadata)
  const uid = ownString(metadata, 'uid') ?? ''
  if (uid === '' || uid === own(old, 'uid')) return []
  if (isPatch) return [invalidValue('metadata.uid', uid, 'field is immutable')]
  throw conflict(
    info,
    name,
    `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${textOf(own(old, 'uid'))}`,
  )
}

function checkName({ name }: ResourceRequest, metadata: JsonObject): void {
  const given = ownString(metadata, 'name') ?? ''
  if (given === '')
    throw badRequest(
      `the name of the object (${name} based on URL) was undeterminable: name must be provided`,
    )
  if (given !== name)
    throw badRequest(`the name of the object (${given}) does not match the name on the URL (${name})`)
}

function checkRevision(
  info: ResourceInfo,
  name: string,
  stored: StoredObject,
  metadata: JsonObject,
  revisionRequired: boolean,
): void {
  const given = ownString(metadata, 'resourceVersion') ?? ''
  if (given === '' || given === '0') {
    if (info.strategy.needsResourceVersion !== true || !revisionRequired) return
    const error = invalidValue('metadata.resourceVersion', 0, 'must be specified for an update')
    throw invalid({ group: info.group, kind: info.plural }, name, [error])
  }
  if (given !== String(stored.rv)) throw conflict(info, name)
}

/** An update of the status takes nothing else; for built-in kinds it takes metadata, too. */
function withNewStatus(info: ResourceInfo, old: JsonObject, object: JsonObject): JsonObject {
  const { managedFields, ...metadata } = metadataOf(info.isCustom ? old : object)
  const owners = info.isCustom ? metadataOf(object)['managedFields'] : managedFields
  const next: JsonObject = {
    ...old,
    metadata: owners === undefined ? metadata : { ...metadata, managedFields: owners },
  }
  if (Object.hasOwn(object, 'status')) next['status'] = object['status'] ?? null
  else delete next['status']
  return next
}

function withOldStatus(info: ResourceInfo, old: JsonObject, object: JsonObject): JsonObject {
  if (!info.hasStatus) return object
  const next = { ...object }
  if (Object.hasOwn(old, 'status')) next['status'] = old['status'] ?? null
  else delete next['status']
  return next
}

const SYSTEM_FIELDS = [
  'uid',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'generation',
  'selfLink',
]

function keepSystemFields(metadata: JsonObject, old: JsonObject): void {
  for (const key of SYSTEM_FIELDS) {
    const value = own(old, key)
    if (value === undefined) delete metadata[key]
    else metadata[key] = value
  }
  for (const key of ['labels', 'annotations', 'finalizers', 'ownerReferences']) {
    const value = own(metadata, key)
    if (value !== undefined && (value === null || Object.keys(value).length === 0)) delete metadata[key]
  }
}

/** Times of managers alone are no change. */
function isUnchanged(next: JsonObject, old: JsonObject): boolean {
  const { metadata: _next, ...rest } = next
  const { metadata: _old, ...oldRest } = old
  if (!equalJson(rest, oldRest)) return false
  const { managedFields, ...metadata } = metadataOf(next)
  const { managedFields: oldFields, ...oldMetadata } = metadataOf(old)
  return equalJson(metadata, oldMetadata) && equalJson(withoutTimes(managedFields), withoutTimes(oldFields))
}

function withoutTimes(entries: Json | undefined): Json[] {
  return (Array.isArray(entries) ? entries : []).filter(isObject).map((entry) => ({ ...entry, time: null }))
}

function countGeneration(info: ResourceInfo, next: JsonObject, old: JsonObject): void {
  const ignored = new Set(['metadata', ...(info.hasStatus ? ['status'] : [])])
  const rest = (object: JsonObject) =>
    Object.fromEntries(Object.entries(object).filter(([key]) => !ignored.has(key)))
  if (equalJson(rest(next), rest(old))) return
  metadataOf(next)['generation'] = Number(own(metadataOf(old), 'generation') ?? 0) + 1
}

/** Whether an object whose deletion was asked for has lost its last finalizer. */
function isReadyToGo(object: JsonObject): boolean {
  const metadata = metadataOf(object)
  const finalizers = own(metadata, 'finalizers')
  const specFinalizers = own(
    (object['kind'] === 'Namespace' ? object['spec'] : {}) as JsonObject,
    'finalizers',
  )
  const isEmpty = (list: unknown) => !Array.isArray(list) || list.length === 0
  return own(metadata, 'deletionTimestamp') !== undefined && isEmpty(finalizers) && isEmpty(specFinalizers)
}
