import { randomBytes, randomUUID } from 'node:crypto'
import type { JsonObject } from '#lib/kinds/object.ts'
import { ApiError, alreadyExists, badRequest, forbidden, invalid, notFound } from '../api-error.ts'
import type { Cluster } from '../cluster.ts'
import { metadataOf, own, ownObject, ownString } from '../json.ts'
import type { ResourceInfo } from '../kinds/resource-info.ts'
import { validate } from '../schema/validate.ts'
import { storedBody } from '../stored-body.ts'
import { decodeObject } from '../write/decode-object.ts'
import { metadataErrors, metadataWarnings } from '../write/meta-rules.ts'
import { trackFields, trackFirstStatus } from '../write/field-writer.ts'
import { now } from '../write/now.ts'
import type { ResourceRequest } from './request.ts'
import type { ObjectResult } from './result.ts'
import { unknownFieldWarnings, writeOptions } from './write-options.ts'

const SUFFIX_LETTERS = 'bcdfghjklmnpqrstvwxz2456789'
const MAX_NAME_BASE = 58
const GENERATE_ATTEMPTS = 8

/** Creates an object. @throws ApiError 400, 404 (namespace), 409 (name taken), 422 */
export function create(request: ResourceRequest): ObjectResult {
  const options = writeOptions(request.query, 'CreateOptions')
  if (request.body === undefined) throw badRequest('unable to decode an empty body')
  const decoded = decodeObject(request.body, request.info)
  const warnings = unknownFieldWarnings(decoded, options, request.info)
  trackFields(request, undefined, decoded.object)
  return createDecoded(request, decoded.object, options.dryRun, warnings)
}

/** Creates an object that is already the kind's own, its managedFields set. @throws ApiError like `create` */
export function createDecoded(
  request: ResourceRequest,
  object: JsonObject,
  dryRun: boolean,
  warnings: string[],
): ObjectResult {
  const { cluster, info, namespace } = request
  const metadata = metadataOf(object)
  settleNamespace(metadata, info, namespace)
  if ((ownString(metadata, 'resourceVersion') ?? '') !== '')
    throw new ApiError(500, '', 'resourceVersion should not be set on objects to be created')
  expectNamespace(cluster, info, namespace)
  const isGenerated =
    (ownString(metadata, 'name') ?? '') === '' && (ownString(metadata, 'generateName') ?? '') !== ''
  if (isGenerated) generateName(cluster, info, metadata, namespace)
  warnings.push(...metadataWarnings(object))
  setSystemFields(object, info)
  trackFirstStatus(request, object)
  const errors = [
    ...metadataErrors(object, info),
    ...(info.isCustom ? validate(object, info.schema) : []),
    ...(info.strategy.validate?.(object, undefined) ?? []),
  ]
  const name = ownString(metadata, 'name') ?? ''
  if (errors.length > 0) throw invalid(info, name, errors)
  if (cluster.get(info, namespace, name) !== undefined) throw alreadyExists(info, name)
  const stored = dryRun
    ? { rv: 0, namespace, name, labels: null, body: dryRunBody(info, object) }
    : cluster.put(info, object, undefined)
  return { type: 'object', code: 201, info, object: stored, warnings }
}

/** Makes the object's namespace that of the path. @throws ApiError 400 when it says another one */
export function settleNamespace(metadata: JsonObject, info: ResourceInfo, namespace: string): void {
  const given = ownString(metadata, 'namespace') ?? ''
  if (info.namespaced && given !== '' && given !== namespace)
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request')
  if (info.namespaced) metadata['namespace'] = namespace
  else delete metadata['namespace']
}

function expectNamespace(cluster: Cluster, info: ResourceInfo, namespace: string): void {
  if (!info.namespaced) return
  const namespaces = cluster.registry.find('', 'v1', 'namespaces')
  if (namespaces === undefined) return
  if (namespace === '') throw badRequest('an object of a namespaced kind is created in a namespace')
  const stored = cluster.get(namespaces, '', namespace)
  if (stored === undefined) throw notFound(namespaces, namespace)
  const parsed = cluster.parse(namespaces, stored)
  if (own(metadataOf(parsed), 'deletionTimestamp') !== undefined)
    throw forbidden(
      info,
      '',
      `unable to create new content in namespace ${namespace} because it is being terminated`,
      [
        {
          reason: 'NamespaceTerminating',
          message: `namespace ${namespace} is being terminated`,
          field: 'metadata.namespace',
        },
      ],
    )
}

function generateName(cluster: Cluster, info: ResourceInfo, metadata: JsonObject, namespace: string): void {
  const base = (ownString(metadata, 'generateName') ?? '').slice(0, MAX_NAME_BASE)
  for (let attempt = 0; attempt < GENERATE_ATTEMPTS; attempt++) {
    const suffix = [...randomBytes(5)].map((byte) => SUFFIX_LETTERS[byte % SUFFIX_LETTERS.length]).join('')
    metadata['name'] = base + suffix
    if (cluster.get(info, namespace, base + suffix) === undefined) return
  }
}

function setSystemFields(object: JsonObject, info: ResourceInfo): void {
  const metadata = metadataOf(object)
  for (const key of [
    'selfLink',
    'deletionTimestamp',
    'deletionGracePeriodSeconds',
    'resourceVersion',
    'generation',
  ])
    delete metadata[key]
  metadata['uid'] = randomUUID()
  metadata['creationTimestamp'] = now()
  if (info.strategy.hasGeneration === true) metadata['generation'] = 1
  if (info.isCustom && info.hasStatus) delete object['status']
  for (const key of ['labels', 'annotations'])
    if (Object.keys(ownObject(metadata, key) ?? { some: '' }).length === 0) delete metadata[key]
  info.strategy.prepare?.(object, undefined)
}

/** The answer to a dry run: like the real one, without a resourceVersion. */
function dryRunBody(info: ResourceInfo, object: JsonObject): string {
  const parsed = JSON.parse(storedBody(info, object, 0)) as JsonObject
  delete metadataOf(parsed)['resourceVersion']
  return JSON.stringify(parsed)
}
