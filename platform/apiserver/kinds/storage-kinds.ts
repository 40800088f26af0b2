import type { JsonObject } from '#lib/kinds/object.ts'
import type { FieldError } from '../field-error.ts'
import { forbiddenField, invalidValue, notSupported, required } from '../field-error.ts'
import { equalJson, isObject, metadataOf, own, ownObject, ownString, textOf } from '../json.ts'
import { CLAIM_COLUMNS, STORAGE_CLASS_COLUMNS, VOLUME_COLUMNS } from '../tables/storage-columns.ts'
import { now } from '../write/now.ts'
import type { BuiltinDefinition } from './builtin-definition.ts'
import {
  anyObject,
  atomic,
  conditions,
  flag,
  listOf,
  mapOf,
  object,
  objectReference,
  openObject,
  quantity,
  text,
  time,
} from './schema-notation.ts'

const ACCESS_MODES = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod']
const VOLUME_MODES = ['Block', 'Filesystem']

/** Volumes, claims for them, and the classes they come from. */
export const STORAGE_KINDS: readonly BuiltinDefinition[] = [
  {
    kind: 'PersistentVolume',
    shortNames: ['pv'],
    namespaced: false,
    hasStatus: true,
    properties: {
      spec: openObject({
        capacity: mapOf(quantity),
        accessModes: listOf(text),
        claimRef: { ...objectReference, 'x-kubernetes-map-type': 'granular' },
        persistentVolumeReclaimPolicy: text,
        storageClassName: text,
        volumeMode: text,
        mountOptions: listOf(text),
      }),
      status: object({ phase: text, message: text, reason: text, lastPhaseTransitionTime: time }),
    },
    columns: VOLUME_COLUMNS,
    strategy: {
      returnsDeleted: true,
      setDefaults: setVolumeDefaults,
      prepare: prepareVolume,
      validate: volumeErrors,
    },
  },
  {
    kind: 'PersistentVolumeClaim',
    shortNames: ['pvc'],
    namespaced: true,
    hasStatus: true,
    description: 'A wish for a volume.',
    properties: {
      spec: object({
        accessModes: listOf(text),
        selector: atomic(anyObject),
        resources: object({ limits: mapOf(quantity), requests: mapOf(quantity) }),
        volumeName: text,
        storageClassName: text,
        volumeMode: text,
        dataSource: atomic(anyObject),
        dataSourceRef: anyObject,
        volumeAttributesClassName: text,
      }),
      status: openObject({
        phase: text,
        accessModes: listOf(text),
        capacity: mapOf(quantity),
        conditions,
      }),
    },
    columns: CLAIM_COLUMNS,
    strategy: {
      returnsDeleted: true,
      setDefaults: setClaimDefaults,
      prepare: prepareClaim,
      validate: validateClaim,
    },
  },
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
      setDefaults: (storageClass) => {
        storageClass['reclaimPolicy'] ??= 'Delete'
        storageClass['volumeBindingMode'] ??= 'Immediate'
      },
      validate: validateStorageClass,
    },
  },
]

/** As admission does on a real cluster: what is in use is not to go by accident. */
function protect(object: JsonObject, finalizer: string): void {
  const metadata = metadataOf(object)
  const finalizers = Array.isArray(metadata['finalizers']) ? metadata['finalizers'] : []
  if (!finalizers.includes(finalizer)) metadata['finalizers'] = [...finalizers, finalizer]
}

function setVolumeDefaults(volume: JsonObject): void {
  const spec = ownObject(volume, 'spec')
  if (spec === undefined) return
  spec['persistentVolumeReclaimPolicy'] ??= 'Retain'
  spec['volumeMode'] ??= 'Filesystem'
}

function prepareVolume(volume: JsonObject, old: JsonObject | undefined): void {
  if (old !== undefined) return
  volume['status'] = { phase: 'Pending', lastPhaseTransitionTime: now() }
  protect(volume, 'kubernetes.io/pv-protection')
}

function setClaimDefaults(claim: JsonObject): void {
  const spec = ownObject(claim, 'spec') ?? {}
  claim['spec'] = spec
  spec['volumeMode'] ??= 'Filesystem'
}

function prepareClaim(claim: JsonObject, old: JsonObject | undefined): void {
  const spec = ownObject(claim, 'spec') ?? {}
  claim['spec'] = spec
  spec['resources'] ??= {}
  if (old !== undefined) return
  claim['status'] = { phase: 'Pending' }
  protect(claim, 'kubernetes.io/pvc-protection')
}

function validateClaim(claim: JsonObject, old: JsonObject | undefined): FieldError[] {
  const spec = ownObject(claim, 'spec') ?? {}
  if (old !== undefined) return claimChanges(spec, ownObject(old, 'spec') ?? {}, ownObject(old, 'status'))
  const errors: FieldError[] = []
  const modes = own(spec, 'accessModes')
  if (!Array.isArray(modes) || modes.length === 0)
    errors.push(required('spec.accessModes', 'at least 1 access mode is required'))
  else
    for (const mode of modes)
      if (!ACCESS_MODES.includes(textOf(mode)))
        errors.push(notSupported('spec.accessModes', mode, ACCESS_MODES))
  const storage = own(ownObject(ownObject(spec, 'resources'), 'requests'), 'storage')
  if (storage === undefined) errors.push(required('spec.resources[storage]'))
  else if (/^-|^0+[A-Za-z]*$/.test(textOf(storage)))
    errors.push(invalidValue('spec.resources[storage]', storage, 'must be greater than zero'))
  const mode = own(spec, 'volumeMode')
  if (mode !== undefined && !VOLUME_MODES.includes(textOf(mode)))
    errors.push(notSupported('spec.volumeMode', mode, VOLUME_MODES))
  return errors
}

/** A bound claim may ask for more; nothing else of a claim changes, save that it gets its volume and class. */
function claimChanges(spec: JsonObject, old: JsonObject, status: JsonObject | undefined): FieldError[] {
  const isBound = ownString(status, 'phase') === 'Bound'
  const fixed = Object.keys({ ...old, ...spec }).filter((key) => {
    if (equalJson(own(spec, key), own(old, key))) return false
    if (key === 'volumeAttributesClassName') return !isBound
    if (key === 'resources') return !isBound || !equalJson(withoutRequests(spec), withoutRequests(old))
    return own(old, key) !== undefined || (key !== 'volumeName' && key !== 'storageClassName')
  })
  if (fixed.length === 0) return []
  return [
    forbiddenField(
      'spec',
      'spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims',
    ),
  ]
}

function withoutRequests(spec: JsonObject): JsonObject {
  const resources = own(spec, 'resources')
  const { requests: _requests, ...rest } = isObject(resources) ? resources : {}
  return rest
}

/** What describes a volume besides where its contents are. */
const VOLUME_FIELDS = new Set([
  'capacity',
  'accessModes',
  'claimRef',
  'persistentVolumeReclaimPolicy',
  'storageClassName',
  'volumeMode',
  'mountOptions',
  'nodeAffinity',
  'volumeAttributesClassName',
])

function volumeErrors(volume: JsonObject): FieldError[] {
  const spec = ownObject(volume, 'spec') ?? {}
  const modes = own(spec, 'accessModes')
  const capacity = ownObject(spec, 'capacity')
  const hasModes = Array.isArray(modes) && modes.length > 0
  const hasCapacity = own(capacity, 'storage') !== undefined
  return [
    ...(hasModes ? [] : [required('spec.accessModes')]),
    ...(capacity === undefined ? [required('spec.capacity')] : []),
    ...(hasCapacity ? [] : [notSupported('spec.capacity', capacity ?? null, ['storage'])]),
    ...(Object.keys(spec).every((key) => VOLUME_FIELDS.has(key))
      ? [required('spec', 'must specify a volume type')]
      : []),
  ]
}

function validateStorageClass(storageClass: JsonObject, old: JsonObject | undefined): FieldError[] {
  if (old === undefined)
    return [
      ...(own(storageClass, 'provisioner') === undefined ? [required('provisioner')] : []),
      ...oneOf(storageClass, 'reclaimPolicy', ['Delete', 'Retain']),
      ...oneOf(storageClass, 'volumeBindingMode', ['Immediate', 'WaitForFirstConsumer']),
    ]
  return ['provisioner', 'parameters', 'reclaimPolicy', 'volumeBindingMode']
    .filter((field) => !equalJson(own(storageClass, field), own(old, field)))
    .map((field) => forbiddenField(field, 'updates to ' + field + ' are forbidden.'))
}

function oneOf(object: JsonObject, key: string, supported: string[]): FieldError[] {
  const value = textOf(own(object, key))
  return supported.includes(value) ? [] : [notSupported(key, value, supported)]
}
