import { isObject, metadataOf, own, ownObject, ownString, setOwn } from '../json.ts'
import {
  COUNT_OF_DATA,
  NAMESPACE_COLUMNS,
  NODE_COLUMNS,
  POD_COLUMNS,
  SECRET_COLUMNS,
} from '../tables/builtin-columns.ts'
import type { JsonObject } from '#lib/kinds/object.ts'
import type { BuiltinDefinition } from './builtin-definition.ts'
import { configMapErrors, secretErrors, setSecretDefaults } from './data-rules.ts'
import { EVENT_KIND } from './event-kind.ts'
import { ALL_VERBS } from './resource-info.ts'
import {
  anyObject,
  conditions,
  described,
  flag,
  keyedList,
  listOf,
  localReference,
  mapOf,
  object,
  objectReference,
  openObject,
  quantity,
  setOf,
  text,
  time,
} from './schema-notation.ts'

/** Kinds of the core group. */
export const CORE_KINDS: readonly BuiltinDefinition[] = [
  {
    kind: 'Namespace',
    shortNames: ['ns'],
    namespaced: false,
    verbs: ALL_VERBS.filter((verb) => verb !== 'deletecollection'),
    hasStatus: true,
    description: 'A scope for names.',
    properties: {
      spec: object({ finalizers: listOf(text) }),
      status: object({ phase: text, conditions: conditions }),
    },
    columns: NAMESPACE_COLUMNS,
    strategy: {
      hasLabelNames: true,
      returnsDeleted: true,
      setDefaults: labelNamespace,
      prepare: prepareNamespace,
      selectableFields: (namespace) => ({
        'status.phase': ownString(ownObject(namespace, 'status'), 'phase') ?? '',
      }),
    },
  },
  {
    kind: 'Node',
    shortNames: ['no'],
    namespaced: false,
    hasStatus: true,
    description: 'A machine of the cluster.',
    properties: {
      spec: object({
        podCIDR: text,
        podCIDRs: setOf(text),
        providerID: text,
        unschedulable: flag,
        externalID: text,
        configSource: anyObject,
        taints: listOf(object({ key: text, value: text, effect: text, timeAdded: time })),
      }),
      status: openObject({
        capacity: mapOf(quantity),
        allocatable: mapOf(quantity),
        phase: text,
        conditions: conditions,
        addresses: keyedList(['type'], object({ type: text, address: text })),
        nodeInfo: mapOf(text),
      }),
    },
    columns: NODE_COLUMNS,
    strategy: {
      selectableFields: (node) => ({
        'spec.unschedulable': String(own(ownObject(node, 'spec'), 'unschedulable') === true),
      }),
    },
  },
  {
    kind: 'Secret',
    namespaced: true,
    description: 'Small pieces of sensitive data.',
    properties: {
      type: described(text, 'What the data is for; Opaque when nothing else.'),
      data: described(mapOf({ type: 'string', format: 'byte' }), 'Values in base64.'),
      stringData: described(mapOf(text), 'Values in plain text, written into data.'),
      immutable: flag,
    },
    columns: SECRET_COLUMNS,
    strategy: {
      setDefaults: setSecretDefaults,
      validate: secretErrors,
      selectableFields: (secret) => ({ type: ownString(secret, 'type') ?? '' }),
    },
  },
  {
    kind: 'ConfigMap',
    shortNames: ['cm'],
    namespaced: true,
    description: 'Configuration as keys and values.',
    properties: { data: mapOf(text), binaryData: mapOf({ type: 'string', format: 'byte' }), immutable: flag },
    columns: COUNT_OF_DATA,
    strategy: {
      validate: configMapErrors,
    },
  },
  {
    kind: 'ServiceAccount',
    shortNames: ['sa'],
    namespaced: true,
    properties: {
      secrets: keyedList(['name'], objectReference),
      imagePullSecrets: listOf(localReference),
      automountServiceAccountToken: flag,
    },
    strategy: { returnsDeleted: true, prepare: cleanSecretReferences },
  },
  EVENT_KIND,
  {
    kind: 'Pod',
    shortNames: ['po'],
    categories: ['all'],
    namespaced: true,
    hasStatus: true,
    properties: { spec: anyObject, status: anyObject },
    columns: POD_COLUMNS,
    strategy: {
      returnsDeleted: true,
      prepare: (pod, old) => {
        if (old === undefined) setOwn(pod, 'status', { phase: 'Pending', qosClass: 'BestEffort' })
      },
      selectableFields: (pod) => ({
        'spec.nodeName': ownString(ownObject(pod, 'spec'), 'nodeName') ?? '',
        'status.phase': ownString(ownObject(pod, 'status'), 'phase') ?? '',
        'spec.serviceAccountName': ownString(ownObject(pod, 'spec'), 'serviceAccountName') ?? '',
      }),
    },
  },
]

/** Of a service account's secrets only the names count. */
function cleanSecretReferences(account: JsonObject): void {
  const secrets = own(account, 'secrets')
  if (Array.isArray(secrets))
    account['secrets'] = secrets.map((secret) => ({
      name: ownString(isObject(secret) ? secret : {}, 'name') ?? '',
    }))
}

function labelNamespace(namespace: JsonObject): void {
  const metadata = metadataOf(namespace)
  const name = ownString(metadata, 'name') ?? ''
  if (name === '') return
  metadata['labels'] = { ...ownObject(metadata, 'labels'), 'kubernetes.io/metadata.name': name }
}

function prepareNamespace(namespace: JsonObject, old: JsonObject | undefined): void {
  labelNamespace(namespace)
  namespace['spec'] = old?.['spec'] ?? { finalizers: ['kubernetes'] }
  if (old === undefined) namespace['status'] = { phase: 'Active' }
}
