import type { JsonObject } from '#lib/kinds/object.ts'
import { equalJson, own } from '../json.ts'
import type { FieldError } from '../field-error.ts'
import { forbiddenField, invalidValue, required } from '../field-error.ts'
import {
  CONTROLLER_REVISION_COLUMNS,
  LEASE_COLUMNS,
  STORAGE_CLASS_COLUMNS,
} from '../tables/builtin-columns.ts'
import type { BuiltinDefinition } from './builtin-definition.ts'
import { anyObject, anything, flag, integer, listOf, mapOf, object, text, time } from './schema-notation.ts'

const REVIEW_VERBS = ['create']

/** Built-in kinds of the named groups. */
export const GROUP_KINDS: readonly BuiltinDefinition[] = [
  {
    group: 'storage.k8s.io',
    kind: 'StorageClass',
    plural: 'storageclasses',
    shortNames: ['sc'],
    namespaced: false,
    description: 'A way to provide volumes.',
    properties: {
      provisioner: text,
      parameters: mapOf(text),
      reclaimPolicy: text,
      mountOptions: listOf(text),
      allowVolumeExpansion: flag,
      volumeBindingMode: text,
      allowedTopologies: listOf(anyObject),
    },
    columns: STORAGE_CLASS_COLUMNS,
    strategy: {
      returnsDeleted: true,
      prepare: (storageClass) => {
        storageClass['reclaimPolicy'] ??= 'Delete'
        storageClass['volumeBindingMode'] ??= 'Immediate'
      },
      validate: validateStorageClass,
    },
  },
  {
    group: 'coordination.k8s.io',
    kind: 'Lease',
    namespaced: true,
    description: 'A claim that somebody renews.',
    properties: {
      spec: object({
        holderIdentity: text,
        leaseDurationSeconds: integer,
        acquireTime: time,
        renewTime: time,
        leaseTransitions: integer,
        strategy: text,
        preferredHolder: text,
      }),
    },
    columns: LEASE_COLUMNS,
    strategy: { needsResourceVersion: true },
  },
  {
    group: 'apps',
    kind: 'ControllerRevision',
    namespaced: true,
    description: 'An immutable snapshot of state.',
    properties: { data: anything, revision: { type: 'integer', format: 'int64' } },
    columns: CONTROLLER_REVISION_COLUMNS,
    strategy: {
      validate: (revision, old) =>
        old !== undefined && !equalJson(own(revision, 'data'), own(old, 'data'))
          ? [invalidValue('data', own(revision, 'data'), 'field is immutable')]
          : [],
    },
  },
  {
    group: 'authorization.k8s.io',
    kind: 'SelfSubjectAccessReview',
    namespaced: false,
    verbs: REVIEW_VERBS,
    properties: {
      spec: object({ resourceAttributes: anyObject, nonResourceAttributes: anyObject }),
      status: anyObject,
    },
  },
  {
    group: 'authorization.k8s.io',
    kind: 'SelfSubjectRulesReview',
    namespaced: false,
    verbs: REVIEW_VERBS,
    properties: { spec: object({ namespace: text }), status: anyObject },
  },
  {
    group: 'authentication.k8s.io',
    kind: 'SelfSubjectReview',
    namespaced: false,
    verbs: REVIEW_VERBS,
    properties: { status: anyObject },
  },
]

function validateStorageClass(storageClass: JsonObject, old: JsonObject | undefined): FieldError[] {
  if (old === undefined)
    return own(storageClass, 'provisioner') === undefined ? [required('provisioner')] : []
  return ['provisioner', 'parameters', 'reclaimPolicy', 'volumeBindingMode']
    .filter((field) => !equalJson(own(storageClass, field), own(old, field)))
    .map((field) => forbiddenField(field, 'updates to ' + field + ' are forbidden.'))
}
