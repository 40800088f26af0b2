import type { Json, JsonObject } from '#lib/kinds/object.ts'
import { isObject, setOwn } from '../json.ts'
import { OBJECT_META, OWNER_REFERENCE } from '../kinds/object-meta.ts'
import type { ResourceInfo } from '../kinds/resource-info.ts'
import { SERVER_VERSION } from './server-version.ts'

const META = 'io.k8s.apimachinery.pkg.apis.meta.v1'
const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` })

/** The OpenAPI v3 document of one group and version: what `kubectl explain` and field validation read. */
export function openApiDocument(kinds: readonly ResourceInfo[]): JsonObject {
  const schemas: JsonObject = {
    [`${META}.ObjectMeta`]: objectMeta(),
    [`${META}.OwnerReference`]: {
      ...OWNER_REFERENCE,
      description: 'Names an object that this one depends on.',
    },
    [`${META}.ManagedFieldsEntry`]: MANAGED_FIELDS_ENTRY,
    [`${META}.ListMeta`]: {
      type: 'object',
      properties: {
        continue: { type: 'string' },
        remainingItemCount: { type: 'integer', format: 'int64' },
        resourceVersion: { type: 'string' },
      },
    },
  }
  const paths: JsonObject = {}
  for (const info of kinds) {
    const name = schemaName(info)
    schemas[name] = objectSchema(info)
    schemas[`${name}List`] = listSchema(info, name)
    Object.assign(paths, pathsOf(info, name))
  }
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: SERVER_VERSION['gitVersion'] ?? '' },
    paths,
    components: { schemas },
  }
}

/** Its lists refer to schemas of their own, as on a real server. */
function objectMeta(): JsonObject {
  const properties = { ...(OBJECT_META['properties'] as JsonObject) }
  const listOfRefs = (key: string, name: string): void => {
    const given = properties[key]
    properties[key] = { ...(isObject(given) ? given : {}), type: 'array', items: ref(`${META}.${name}`) }
  }
  listOfRefs('ownerReferences', 'OwnerReference')
  listOfRefs('managedFields', 'ManagedFieldsEntry')
  return { ...OBJECT_META, description: 'Metadata that every object has.', properties }
}

const MANAGED_FIELDS_ENTRY: JsonObject = {
  type: 'object',
  description: 'Which manager set which fields, in what way and when.',
  properties: {
    apiVersion: { type: 'string' },
    fieldsType: { type: 'string' },
    fieldsV1: { type: 'object' },
    manager: { type: 'string' },
    operation: { type: 'string' },
    subresource: { type: 'string' },
    time: { type: 'string', format: 'date-time' },
  },
}

/** The group turned around, as schema names have it: `io.alauda.cluster.v1alpha1.ModuleInfo`. */
function schemaName({ group, version, kind }: ResourceInfo): string {
  const prefix = group === '' ? 'io.k8s.api.core' : group.split('.').reverse().join('.')
  return `${prefix}.${version}.${kind}`
}

function kindTag({ group, version, kind }: ResourceInfo, suffix = ''): Json[] {
  return [{ group, version, kind: kind + suffix }]
}

function objectSchema(info: ResourceInfo): JsonObject {
  const raw = publicSchema(info.rawSchema) as JsonObject
  const properties = isObject(raw['properties']) ? raw['properties'] : {}
  return {
    ...raw,
    properties: {
      apiVersion: { type: 'string', description: 'Group and version of the schema of this object.' },
      kind: { type: 'string', description: 'Kind of the object.' },
      ...properties,
      metadata: { ...ref(`${META}.ObjectMeta`) },
    },
    'x-kubernetes-group-version-kind': kindTag(info),
  }
}

function listSchema(info: ResourceInfo, name: string): JsonObject {
  return {
    type: 'object',
    description: `A list of ${info.kind} objects.`,
    required: ['items'],
    properties: {
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      metadata: ref(`${META}.ListMeta`),
      items: { type: 'array', items: ref(name) },
    },
    'x-kubernetes-group-version-kind': kindTag(info, 'List'),
  }
}

/** A copy of a schema, so that the document shares nothing with the registry. */
function publicSchema(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(publicSchema)
  if (!isObject(schema)) return schema
  const result: JsonObject = {}
  for (const [key, value] of Object.entries(schema))
    setOwn(result, key, value === 'micro-time' ? 'date-time' : publicSchema(value))
  return result
}

const parameter = (name: string, description: string): JsonObject => ({
  name,
  in: 'query',
  description,
  schema: { type: 'string', uniqueItems: true },
})
const DRY_RUN = parameter('dryRun', 'All: check everything, store nothing.')
const FIELD_MANAGER = parameter('fieldManager', 'Who makes this change.')
const FIELD_VALIDATION = parameter('fieldValidation', 'What unknown fields mean: Ignore, Warn or Strict.')
const WRITE = [DRY_RUN, FIELD_MANAGER, FIELD_VALIDATION]

function pathsOf(info: ResourceInfo, name: string): JsonObject {
  const { group, version, plural, namespaced } = info
  const base = group === '' ? `/api/${version}` : `/apis/${group}/${version}`
  const collection = `${base}${namespaced ? '/namespaces/{namespace}' : ''}/${plural}`
  const operation = (action: string, parameters: JsonObject[], schema: string): JsonObject => ({
    operationId: `${action}${info.kind}${info.version}${group}`,
    parameters,
    responses: { '200': { description: 'OK', content: { 'application/json': { schema: ref(schema) } } } },
    'x-kubernetes-action': action,
    'x-kubernetes-group-version-kind': { group, version, kind: info.kind },
  })
  const has = (verb: string) => info.verbs.includes(verb)
  const paths: JsonObject = {
    [collection]: {
      ...(has('list') ? { get: operation('list', [], `${name}List`) } : {}),
      post: operation('post', WRITE, name),
    },
  }
  if (has('get'))
    paths[`${collection}/{name}`] = {
      get: operation('get', [], name),
      put: operation('put', WRITE, name),
      patch: operation('patch', WRITE, name),
      delete: operation('delete', [DRY_RUN], name),
    }
  return paths
}
