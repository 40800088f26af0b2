import type { JsonObject } from '#lib/kinds/object.ts'
import { compileSchema } from '../schema/structural.ts'
import { isObject, own, ownObject, ownString, textOf } from '../json.ts'
import { customColumns } from '../tables/custom-columns.ts'
import { compileJsonPath, evaluateJsonPath } from '../tables/json-path.ts'
import { versionsOf } from './crd-versions.ts'
import type { ResourceInfo, Strategy } from './resource-info.ts'
import { ALL_VERBS } from './resource-info.ts'

/** The kinds that a stored, valid CustomResourceDefinition makes: one for each version that it serves. */
export function kindsOf(definition: JsonObject): ResourceInfo[] {
  const spec = ownObject(definition, 'spec') ?? {}
  const names = ownObject(spec, 'names') ?? {}
  const all = versionsOf(spec)
  const storage = ownString(
    all.find((version) => own(version, 'storage') === true),
    'name',
  )
  return all
    .filter((version) => own(version, 'served') === true)
    .map((version) => {
      const rawSchema = ownObject(ownObject(version, 'schema'), 'openAPIV3Schema') ?? {}
      return {
        group: ownString(spec, 'group') ?? '',
        version: ownString(version, 'name') ?? '',
        plural: ownString(names, 'plural') ?? '',
        singular: ownString(names, 'singular') ?? '',
        kind: ownString(names, 'kind') ?? '',
        listKind: ownString(names, 'listKind') ?? '',
        shortNames: textsOf(names, 'shortNames'),
        categories: textsOf(names, 'categories'),
        namespaced: ownString(spec, 'scope') === 'Namespaced',
        verbs: ALL_VERBS,
        storageVersion: storage ?? '',
        hasStatus: isObject(own(ownObject(version, 'subresources') ?? {}, 'status')),
        isCustom: true,
        schema: compileSchema(rawSchema),
        rawSchema,
        columns: customColumns(own(version, 'additionalPrinterColumns')),
        strategy: strategyOf(version),
      }
    })
}

function strategyOf(version: JsonObject): Strategy {
  const given = own(version, 'selectableFields')
  const fields = (Array.isArray(given) ? given.filter(isObject) : []).map((field) => {
    const text = ownString(field, 'jsonPath') ?? ''
    return { name: text.replace(/^\./, ''), path: compileJsonPath(text) }
  })
  return {
    hasGeneration: true,
    needsResourceVersion: true,
    selectableFields: (object) =>
      Object.fromEntries(
        fields.map(({ name, path }) => {
          const [value] = evaluateJsonPath(path, object)
          return [name, textOf(value)]
        }),
      ),
  }
}

function textsOf(object: JsonObject, key: string): string[] {
  const value = own(object, key)
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}
