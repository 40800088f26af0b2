import type { JsonObject } from '#lib/kinds/object.ts'
import { metadataOf, own, ownObject, ownString } from '../json.ts'
import { textColumn, NAME, at, ageOf } from '../tables/column-kit.ts'
import type { BuiltinDefinition } from './builtin-definition.ts'
import { definitionErrors } from './crd-rules.ts'
import { versionsOf } from './crd-versions.ts'
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
  strategy: { hasGeneration: true, setDefaults, prepare, firstStatus, validate: definitionErrors },
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
