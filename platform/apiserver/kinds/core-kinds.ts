import { invalidValue, forbiddenField } from '../field-error.ts'
import { equalJson, isObject, metadataOf, own, ownObject, ownString, setOwn, textOf } from '../json.ts'
import {
  COUNT_OF_DATA,
  EVENT_COLUMNS,
  NAMESPACE_COLUMNS,
  NODE_COLUMNS,
  POD_COLUMNS,
  SECRET_COLUMNS,
} from '../tables/builtin-columns.ts'
import type { JsonObject } from '#lib/kinds/object.ts'
import type { FieldError } from '../field-error.ts'
import type { BuiltinDefinition } from './builtin-definition.ts'
import { ALL_VERBS } from './resource-info.ts'
import {
  anyObject,
  conditions,
  described,
  flag,
  integer,
  keyedList,
  listOf,
  localReference,
  mapOf,
  microTime,
  object,
  objectReference,
  openObject,
  quantity,
  setOf,
  text,
  time,
} from './schema-notation.ts'

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/
const DATA_KEY = /^[-._a-zA-Z0-9]{1,253}$/

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
      data: described(mapOf(text), 'Values in base64.'),
      stringData: described(mapOf(text), 'Values in plain text, written into data.'),
      immutable: flag,
    },
    columns: SECRET_COLUMNS,
    strategy: {
      setDefaults: setSecretDefaults,
      validate: validateSecret,
      selectableFields: (secret) => ({ type: ownString(secret, 'type') ?? '' }),
    },
  },
  {
    kind: 'ConfigMap',
    shortNames: ['cm'],
    namespaced: true,
    description: 'Configuration as keys and values.',
    properties: { data: mapOf(text), binaryData: mapOf(text), immutable: flag },
    columns: COUNT_OF_DATA,
    strategy: {
      validate: (map, old) => [
        ...validateKeys(map, 'data'),
        ...validateKeys(map, 'binaryData'),
        ...validateImmutable(map, old, ['data', 'binaryData']),
      ],
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
  {
    kind: 'Event',
    shortNames: ['ev'],
    namespaced: true,
    description: 'A report of something that happened.',
    properties: {
      involvedObject: objectReference,
      related: objectReference,
      reason: text,
      message: text,
      source: object({ component: text, host: text }),
      firstTimestamp: time,
      lastTimestamp: time,
      eventTime: microTime,
      count: integer,
      type: text,
      action: text,
      series: anyObject,
      reportingComponent: text,
      reportingInstance: text,
    },
    columns: EVENT_COLUMNS,
    strategy: { createsOnUpdate: true, selectableFields: eventFields },
  },
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

function setSecretDefaults(secret: JsonObject): void {
  const plain = ownObject(secret, 'stringData')
  delete secret['stringData']
  if (plain !== undefined) {
    const data = ownObject(secret, 'data') ?? {}
    for (const [key, value] of Object.entries(plain))
      setOwn(data, key, Buffer.from(textOf(value)).toString('base64'))
    secret['data'] = data
  }
  if (ownString(secret, 'type') === undefined || secret['type'] === '') secret['type'] = 'Opaque'
}

function validateSecret(secret: JsonObject, old: JsonObject | undefined): FieldError[] {
  const errors = [...validateKeys(secret, 'data'), ...validateImmutable(secret, old, ['data'])]
  for (const [key, value] of Object.entries(ownObject(secret, 'data') ?? {}))
    if (typeof value === 'string' && !BASE64.test(value))
      errors.push(invalidValue(`data[${key}]`, '<secret contents redacted>', 'illegal base64 data'))
  if (old !== undefined && old['type'] !== secret['type'])
    errors.push(invalidValue('type', secret['type'], 'field is immutable'))
  return errors
}

function validateKeys(object: JsonObject, field: string): FieldError[] {
  return Object.keys(ownObject(object, field) ?? {})
    .filter((key) => !DATA_KEY.test(key) || key === '.' || key === '..')
    .map((key) =>
      invalidValue(
        `${field}[${key}]`,
        key,
        "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')",
      ),
    )
}

function validateImmutable(object: JsonObject, old: JsonObject | undefined, fields: string[]): FieldError[] {
  if (own(old, 'immutable') !== true) return []
  const errors = fields
    .filter((field) => !equalJson(own(object, field) ?? {}, own(old, field) ?? {}))
    .map((field) => forbiddenField(field, 'field is immutable when `immutable` is set'))
  if (own(object, 'immutable') !== true)
    errors.push(forbiddenField('immutable', 'field is immutable when `immutable` is set'))
  return errors
}

function eventFields(event: JsonObject): Record<string, string> {
  const involved = ownObject(event, 'involvedObject') ?? ownObject(event, 'regarding')
  const fields = ['kind', 'namespace', 'name', 'uid', 'apiVersion', 'resourceVersion', 'fieldPath']
  return {
    ...Object.fromEntries(
      fields.map((field) => [`involvedObject.${field}`, ownString(involved, field) ?? '']),
    ),
    reason: ownString(event, 'reason') ?? '',
    type: ownString(event, 'type') ?? '',
    source: ownString(ownObject(event, 'source'), 'component') ?? '',
    reportingComponent: ownString(event, 'reportingComponent') ?? '',
  }
}
