/** How a field's value becomes JSON. */
export type FieldType =
  | 'string'
  | 'bool'
  | 'int'
  | 'bytes'
  | 'time'
  | 'microTime'
  | 'quantity'
  | 'raw'
  /** Known, and left out on purpose. */
  | 'skip'
  | Message

/** A field: its name, its type, and whether it is a list or a map by strings. */
export interface Field {
  readonly name: string
  readonly type: FieldType
  readonly many?: 'list' | 'map'
}

/** Fields by their numbers. */
export type Message = ReadonlyMap<number, Field>

const one = (name: string, type: FieldType = 'string'): Field => ({ name, type })
const list = (name: string, type: FieldType = 'string'): Field => ({ name, type, many: 'list' })
const map = (name: string, type: FieldType = 'string'): Field => ({ name, type, many: 'map' })
const message = (fields: Record<number, Field>): Message =>
  new Map(Object.entries(fields).map(([number, field]) => [Number(number), field]))

const OWNER_REFERENCE = message({
  1: one('kind'),
  3: one('name'),
  4: one('uid'),
  5: one('apiVersion'),
  6: one('controller', 'bool'),
  7: one('blockOwnerDeletion', 'bool'),
})

const OBJECT_META = message({
  1: one('name'),
  2: one('generateName'),
  3: one('namespace'),
  4: one('selfLink'),
  5: one('uid'),
  6: one('resourceVersion'),
  7: one('generation', 'int'),
  8: one('creationTimestamp', 'time'),
  9: one('deletionTimestamp', 'time'),
  10: one('deletionGracePeriodSeconds', 'int'),
  11: map('labels'),
  12: map('annotations'),
  13: list('ownerReferences', OWNER_REFERENCE),
  14: list('finalizers'),
  15: one('clusterName', 'skip'),
  17: one('managedFields', 'skip'),
})
const METADATA = one('metadata', OBJECT_META)

const OBJECT_REFERENCE = message({
  1: one('kind'),
  2: one('namespace'),
  3: one('name'),
  4: one('uid'),
  5: one('apiVersion'),
  6: one('resourceVersion'),
  7: one('fieldPath'),
})

const CONDITION = message({
  1: one('type'),
  2: one('status'),
  3: one('lastHeartbeatTime', 'time'),
  4: one('lastTransitionTime', 'time'),
  5: one('reason'),
  6: one('message'),
})

const NODE_INFO = [
  'machineID',
  'systemUUID',
  'bootID',
  'kernelVersion',
  'osImage',
  'containerRuntimeVersion',
  'kubeletVersion',
  'kubeProxyVersion',
  'operatingSystem',
  'architecture',
]

/** Fields of `NodeStatus`; what this server does not keep is left out. */
const NODE_STATUS = message({
  1: map('capacity', 'quantity'),
  2: map('allocatable', 'quantity'),
  3: one('phase'),
  4: list('conditions', CONDITION),
  5: list('addresses', message({ 1: one('type'), 2: one('address') })),
  6: one('daemonEndpoints', 'skip'),
  7: one('nodeInfo', new Map(NODE_INFO.map((name, index) => [index + 1, one(name)]))),
  8: list('images', 'skip'),
})

/** The kinds that this server takes as protobuf, by `apiVersion/kind`; clients in Go send the built-in ones so. */
export const MESSAGES: ReadonlyMap<string, Message> = new Map([
  [
    'v1/Namespace',
    message({
      1: METADATA,
      2: one('spec', message({ 1: list('finalizers') })),
      3: one('status', message({ 1: one('phase'), 2: list('conditions', 'skip') })),
    }),
  ],
  [
    'v1/Secret',
    message({
      1: METADATA,
      2: map('data', 'bytes'),
      3: one('type'),
      4: map('stringData'),
      5: one('immutable', 'bool'),
    }),
  ],
  [
    'v1/ConfigMap',
    message({ 1: METADATA, 2: map('data'), 3: map('binaryData', 'bytes'), 4: one('immutable', 'bool') }),
  ],
  [
    'v1/ServiceAccount',
    message({
      1: METADATA,
      2: list('secrets', OBJECT_REFERENCE),
      3: list('imagePullSecrets', message({ 1: one('name') })),
      4: one('automountServiceAccountToken', 'bool'),
    }),
  ],
  [
    'v1/Event',
    message({
      1: METADATA,
      2: one('involvedObject', OBJECT_REFERENCE),
      3: one('reason'),
      4: one('message'),
      5: one('source', message({ 1: one('component'), 2: one('host') })),
      6: one('firstTimestamp', 'time'),
      7: one('lastTimestamp', 'time'),
      8: one('count', 'int'),
      9: one('type'),
      10: one('eventTime', 'microTime'),
      11: one('series', message({ 1: one('count', 'int'), 2: one('lastObservedTime', 'microTime') })),
      12: one('action'),
      13: one('related', OBJECT_REFERENCE),
      14: one('reportingComponent'),
      15: one('reportingInstance'),
    }),
  ],
  [
    'v1/Node',
    message({
      1: METADATA,
      2: one(
        'spec',
        message({
          1: one('podCIDR'),
          2: one('externalID'),
          3: one('providerID'),
          4: one('unschedulable', 'bool'),
          5: list(
            'taints',
            message({ 1: one('key'), 2: one('value'), 3: one('effect'), 4: one('timeAdded', 'time') }),
          ),
          7: list('podCIDRs'),
        }),
      ),
      3: one('status', NODE_STATUS),
    }),
  ],
  [
    'coordination.k8s.io/v1/Lease',
    message({
      1: METADATA,
      2: one(
        'spec',
        message({
          1: one('holderIdentity'),
          2: one('leaseDurationSeconds', 'int'),
          3: one('acquireTime', 'microTime'),
          4: one('renewTime', 'microTime'),
          5: one('leaseTransitions', 'int'),
          6: one('strategy'),
          7: one('preferredHolder'),
        }),
      ),
    }),
  ],
  [
    'storage.k8s.io/v1/StorageClass',
    message({
      1: METADATA,
      2: one('provisioner'),
      3: map('parameters'),
      4: one('reclaimPolicy'),
      5: list('mountOptions'),
      6: one('allowVolumeExpansion', 'bool'),
      7: one('volumeBindingMode'),
      8: list(
        'allowedTopologies',
        message({ 1: list('matchLabelExpressions', message({ 1: one('key'), 2: list('values') })) }),
      ),
    }),
  ],
  ['apps/v1/ControllerRevision', message({ 1: METADATA, 2: one('data', 'raw'), 3: one('revision', 'int') })],
  [
    'authorization.k8s.io/v1/SelfSubjectAccessReview',
    message({
      1: METADATA,
      2: one(
        'spec',
        message({
          1: one(
            'resourceAttributes',
            message({
              1: one('namespace'),
              2: one('verb'),
              3: one('group'),
              4: one('version'),
              5: one('resource'),
              6: one('subresource'),
              7: one('name'),
            }),
          ),
          2: one('nonResourceAttributes', message({ 1: one('path'), 2: one('verb') })),
        }),
      ),
      3: one('status', 'skip'),
    }),
  ],
  ...rbacMessages(),
  [
    'authorization.k8s.io/v1/SelfSubjectRulesReview',
    message({ 1: METADATA, 2: one('spec', message({ 1: one('namespace') })), 3: one('status', 'skip') }),
  ],
  ['authentication.k8s.io/v1/SelfSubjectReview', message({ 1: METADATA, 2: one('status', 'skip') })],
])

/** The body of deletions, under whatever version the client calls it. */
export const DELETE_OPTIONS = message({
  1: one('gracePeriodSeconds', 'int'),
  2: one('preconditions', message({ 1: one('uid'), 2: one('resourceVersion') })),
  3: one('orphanDependents', 'bool'),
  4: one('propagationPolicy'),
  5: list('dryRun'),
  6: one('ignoreStoreReadErrorWithClusterBreakingPotential', 'skip'),
})

function rbacMessages(): [string, Message][] {
  const rule = message({
    1: list('verbs'),
    2: list('apiGroups'),
    3: list('resources'),
    4: list('resourceNames'),
    5: list('nonResourceURLs'),
  })
  const expression = message({ 1: one('key'), 2: one('operator'), 3: list('values') })
  const selector = message({ 1: map('matchLabels'), 2: list('matchExpressions', expression) })
  const aggregation = message({ 1: list('clusterRoleSelectors', selector) })
  const subject = message({ 1: one('kind'), 2: one('apiGroup'), 3: one('name'), 4: one('namespace') })
  const role = message({ 1: one('apiGroup'), 2: one('kind'), 3: one('name') })
  const binding = message({ 1: METADATA, 2: list('subjects', subject), 3: one('roleRef', role) })
  const version = 'rbac.authorization.k8s.io/v1'
  return [
    [`${version}/Role`, message({ 1: METADATA, 2: list('rules', rule) })],
    [
      `${version}/ClusterRole`,
      message({ 1: METADATA, 2: list('rules', rule), 3: one('aggregationRule', aggregation) }),
    ],
    [`${version}/RoleBinding`, binding],
    [`${version}/ClusterRoleBinding`, binding],
  ]
}
