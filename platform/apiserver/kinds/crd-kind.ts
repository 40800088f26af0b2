import type { JsonObject } from '#lib/kinds/object.ts'
import type { FieldError } from '../field-error.ts'
import { invalidValue, required } from '../field-error.ts'
import { isObject, metadataOf, own, ownObject, ownString } from '../json.ts'
import { textColumn, NAME, at, ageOf } from '../tables/column-kit.ts'
import type { BuiltinDefinition } from './builtin-definition.ts'
import { compileJsonPath } from '../tables/json-path.ts'
import { structuralErrors } from '../schema/structural-errors.ts'
import { anyObject, anything, conditions, flag, integer, listOf, object, text } from './schema-notation.ts'

/** While instances of a custom kind exist, its definition carries this finalizer. */
export const CRD_CLEANUP_FINALIZER = 'customresourcecleanup.apiextensions.k8s.io'

const names = object({
  plural: text,
  singular: text,
  shortNames: listOf(text),
  kind: text,
  listKind: text,
  categories: listOf(text),
})

const versions = listOf(
  object({
    name: text,
    served: flag,
    storage: flag,
    deprecated: flag,
    deprecationWarning: text,
    schema: object({ openAPIV3Schema: anyObject }),
    subresources: object({ status: anyObject, scale: anyObject }),
    additionalPrinterColumns: listOf(
      object({ name: text, type: text, format: text, description: text, priority: integer, jsonPath: text }),
    ),
    selectableFields: listOf(object({ jsonPath: text })),
  }),
)

/** CustomResourceDefinitions: objects that make kinds. */
export const CRD_KIND: BuiltinDefinition = {
  group: 'apiextensions.k8s.io',
  kind: 'CustomResourceDefinition',
  shortNames: ['crd', 'crds'],
  categories: ['api-extensions'],
  namespaced: false,
  hasStatus: true,
  properties: {
    spec: object({
      group: text,
      names,
      scope: text,
      versions,
      conversion: object({ strategy: text, webhook: anything }),
      preserveUnknownFields: flag,
    }),
    status: object({
      conditions,
      acceptedNames: names,
      storedVersions: listOf(text),
    }),
  },
  columns: [
    NAME,
    textColumn(
      'Created At',
      (definition) => at(definition, 'metadata', 'creationTimestamp'),
      0,
      ageOf(undefined, 0),
    ),
  ],
  strategy: { hasGeneration: true, setDefaults, prepare, firstStatus, validate },
}

function setDefaults(definition: JsonObject): void {
  const spec = ownObject(definition, 'spec')
  if (spec === undefined) return
  const given = ownObject(spec, 'names')
  if (given !== undefined) {
    const kind = ownString(given, 'kind') ?? ''
    given['singular'] ??= kind.toLowerCase()
    given['listKind'] ??= `${kind}List`
  }
  spec['conversion'] ??= { strategy: 'None' }
  if (spec['preserveUnknownFields'] === false) delete spec['preserveUnknownFields']
}

/** As the API server stores it; its controllers add the rest at once. */
function firstStatus(definition: JsonObject): JsonObject {
  const storedVersions = own(ownObject(definition, 'status'), 'storedVersions') ?? []
  return { storedVersions, conditions: null, acceptedNames: { plural: '', kind: '' } }
}

function prepare(definition: JsonObject, old: JsonObject | undefined): void {
  const spec = ownObject(definition, 'spec')
  if (spec === undefined) return
  definition['status'] = statusOf(spec, ownObject(old, 'status'))
  const metadata = metadataOf(definition)
  if (old === undefined) {
    const finalizers = Array.isArray(metadata['finalizers']) ? metadata['finalizers'] : []
    metadata['finalizers'] = [...new Set([...finalizers, CRD_CLEANUP_FINALIZER])]
  }
}

/** Kinds are served at once, so that the definition says so from the start. */
function statusOf(spec: JsonObject, old: JsonObject | undefined): JsonObject {
  const storage = versionsOf(spec).find((version) => own(version, 'storage') === true)
  const storedBefore = own(old, 'storedVersions')
  const stored = Array.isArray(storedBefore) ? storedBefore : []
  const storageName = ownString(storage, 'name')
  const conditions = own(old, 'conditions')
  const now = new Date().toISOString().replace(/\.\d+Z$/, 'Z')
  return {
    conditions: Array.isArray(conditions)
      ? conditions
      : [
          {
            type: 'NamesAccepted',
            status: 'True',
            lastTransitionTime: now,
            reason: 'NoConflicts',
            message: 'no conflicts found',
          },
          {
            type: 'Established',
            status: 'True',
            lastTransitionTime: now,
            reason: 'InitialNamesAccepted',
            message: 'the initial names have been accepted',
          },
        ],
    acceptedNames: ownObject(spec, 'names') ?? {},
    storedVersions: storageName === undefined ? stored : [...new Set([...stored, storageName])],
  }
}

/** The versions of a definition's spec. */
export function versionsOf(spec: JsonObject | undefined): JsonObject[] {
  const list = own(spec, 'versions')
  return Array.isArray(list) ? list.filter(isObject) : []
}

function validate(definition: JsonObject, old: JsonObject | undefined): FieldError[] {
  const spec = ownObject(definition, 'spec')
  if (spec === undefined) return [required('spec')]
  const errors: FieldError[] = []
  const given = ownObject(spec, 'names')
  const group = ownString(spec, 'group') ?? ''
  const plural = ownString(given, 'plural') ?? ''
  const name = ownString(metadataOf(definition), 'name')
  if (group === '') errors.push(required('spec.group'))
  else if (!group.includes('.'))
    errors.push(invalidValue('spec.group', group, 'should be a domain with at least one dot'))
  if (plural === '') errors.push(required('spec.names.plural'))
  if ((ownString(given, 'kind') ?? '') === '') errors.push(required('spec.names.kind'))
  if (name !== `${plural}.${group}`)
    errors.push(invalidValue('metadata.name', name, 'must be spec.names.plural+"."+spec.group'))
  const scope = ownString(spec, 'scope') ?? ''
  if (scope === '') errors.push(required('spec.scope'))
  else if (scope !== 'Cluster' && scope !== 'Namespaced')
    errors.push({
      reason: 'FieldValueNotSupported',
      field: 'spec.scope',
      detail: `Unsupported value: ${JSON.stringify(scope)}: supported values: "Cluster", "Namespaced"`,
    })
  errors.push(...versionErrors(spec), ...immutableErrors(spec, ownObject(old, 'spec')))
  return errors
}

function immutableErrors(spec: JsonObject, old: JsonObject | undefined): FieldError[] {
  if (old === undefined) return []
  const changed = (field: string, before: unknown, after: unknown) =>
    before === after ? [] : [invalidValue(field, String(after), 'field is immutable')]
  return [
    ...changed('spec.scope', old['scope'], spec['scope']),
    ...changed('spec.group', old['group'], spec['group']),
    ...changed(
      'spec.names.plural',
      ownObject(old, 'names')?.['plural'],
      ownObject(spec, 'names')?.['plural'],
    ),
    ...changed('spec.names.kind', ownObject(old, 'names')?.['kind'], ownObject(spec, 'names')?.['kind']),
  ]
}

function versionErrors(spec: JsonObject): FieldError[] {
  const list = versionsOf(spec)
  const errors: FieldError[] = []
  if (list.filter((version) => own(version, 'storage') === true).length !== 1)
    errors.push(
      invalidValue('spec.versions', null, 'must have exactly one version marked as storage version'),
    )
  list.forEach((version, index) => {
    const path = `spec.versions[${index}]`
    if ((ownString(version, 'name') ?? '') === '') errors.push(required(`${path}.name`))
    const schema = ownObject(ownObject(version, 'schema'), 'openAPIV3Schema')
    const schemaPath = `${path}.schema.openAPIV3Schema`
    if (schema === undefined) errors.push(required(schemaPath, 'schemas are required'))
    else errors.push(...structuralErrors(schema, schemaPath))
    errors.push(
      ...pathErrors(version, 'additionalPrinterColumns', path),
      ...pathErrors(version, 'selectableFields', path),
    )
  })
  return errors
}

/** Paths that can't be read, in a list of columns or fields. */
function pathErrors(version: JsonObject, list: string, path: string): FieldError[] {
  const items = own(version, list)
  return (Array.isArray(items) ? items.filter(isObject) : []).flatMap((item, index) => {
    try {
      compileJsonPath(ownString(item, 'jsonPath') ?? '')
      return []
    } catch (error) {
      const at = `${path}.${list}[${index}].jsonPath`
      return [invalidValue(at, item['jsonPath'], `is an invalid path: ${(error as Error).message}`)]
    }
  })
}
