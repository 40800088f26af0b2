import type { JsonObject } from '#lib/kinds/object.ts'
import { compileSchema } from '../schema/structural.ts'
import { CORE_KINDS } from './core-kinds.ts'
import { GROUP_KINDS } from './group-kinds.ts'
import { RBAC_KINDS } from './rbac-kinds.ts'
import { REVIEW_KINDS } from './review-kinds.ts'
import { STORAGE_KINDS } from './storage-kinds.ts'
import { CRD_KIND } from './crd-kind.ts'
import type { BuiltinDefinition } from './builtin-definition.ts'
import type { ResourceInfo } from './resource-info.ts'
import { ALL_VERBS } from './resource-info.ts'
import { NAME_AND_AGE } from '../tables/column-kit.ts'

/** The kinds that every cluster serves without a CustomResourceDefinition. */
export const BUILTIN_KINDS: readonly ResourceInfo[] = [
  ...CORE_KINDS,
  ...STORAGE_KINDS,
  ...GROUP_KINDS,
  ...RBAC_KINDS,
  ...REVIEW_KINDS,
  CRD_KIND,
].map(build)

function build(definition: BuiltinDefinition): ResourceInfo {
  const { group = '', version = 'v1', kind } = definition
  const singular = kind.toLowerCase()
  const rawSchema: JsonObject = {
    type: 'object',
    ...(definition.description === undefined ? {} : { description: definition.description }),
    properties: definition.properties,
  }
  return {
    group,
    version,
    plural: definition.plural ?? `${singular}s`,
    singular,
    kind,
    listKind: `${kind}List`,
    shortNames: definition.shortNames ?? [],
    categories: definition.categories ?? [],
    namespaced: definition.namespaced,
    verbs: definition.verbs ?? ALL_VERBS,
    storageVersion: version,
    hasStatus: definition.hasStatus ?? false,
    isCustom: false,
    schema: compileSchema(rawSchema),
    rawSchema,
    columns: definition.columns ?? NAME_AND_AGE,
    strategy: definition.strategy ?? {},
  }
}
