import { CONFIG_MAP, NAMESPACE, NODE, SECRET, STORAGE_CLASS } from '#lib/kinds/core.ts'
import type { ConfigMap, Namespace, Node, Secret, StorageClass } from '#lib/kinds/core.ts'
import { PLATFORM_NAMESPACE } from '#lib/kinds/labels.ts'
import type { KubeObject, Resource } from '#lib/kinds/object.ts'

interface PersistentVolume extends KubeObject {
  spec: object
}

const PERSISTENT_VOLUME: Resource<PersistentVolume> = {
  group: '',
  version: 'v1',
  plural: 'persistentvolumes',
  kind: 'PersistentVolume',
  namespaced: false,
}

/** Node addresses (documentation range, RFC 5737) and architecture of each embedded cluster. */
const NODES: Readonly<Record<string, { arch: string; addresses: readonly string[] }>> = {
  global: { arch: 'amd64', addresses: ['192.0.2.21', '192.0.2.22', '192.0.2.23'] },
  business: { arch: 'amd64', addresses: ['192.0.2.11', '192.0.2.12', '192.0.2.13'] },
  edge: { arch: 'arm64', addresses: ['192.0.2.31', '192.0.2.32'] },
}

/** Nodes that take no new Pods: they can be picked all the same, and say so. */
const EMPTIED: ReadonlySet<string> = new Set(['192.0.2.13'])

const STORAGE_CLASSES: Readonly<Record<string, readonly string[]>> = {
  global: ['ceph-rbd', 'cephfs'],
  business: ['ceph-rbd', 'cephfs', 'topolvm-hdd', 'topolvm-ssd'],
  edge: ['local-path'],
}

const PROVISIONERS: Readonly<Record<string, string>> = {
  'ceph-rbd': 'rbd.csi.ceph.com',
  cephfs: 'cephfs.csi.ceph.com',
  'topolvm-hdd': 'topolvm.io',
  'topolvm-ssd': 'topolvm.io',
  'local-path': 'rancher.io/local-path',
}

/** Beside those that every cluster has. */
const NAMESPACES: Readonly<Record<string, readonly string[]>> = {
  global: ['devops'],
  business: ['checkout', 'monitoring', 'orders'],
  edge: ['gateway'],
}

export const EMBEDDED_CLUSTERS = Object.keys(NODES)

/** An object and where it goes; the type of the kind is checked where it is made. */
export interface ClusterObject {
  resource: Resource
  object: KubeObject
}

function place<T extends KubeObject>(resource: Resource<T>, object: T): ClusterObject {
  return { resource, object }
}

/**
 * What the pickers of plugin forms find on an embedded cluster: nodes, storage classes, volumes, S3 credentials beside
 * other Secrets, ConfigMaps, namespaces. What is namespaced comes after its namespace.
 */
export function clusterContents(cluster: string): ClusterObject[] {
  const { arch = 'amd64', addresses = [] } = NODES[cluster] ?? {}
  const classes = STORAGE_CLASSES[cluster] ?? []
  const namespaces = NAMESPACES[cluster] ?? []
  return [
    ...namespaces.map((name) => place(NAMESPACE, namespace(name))),
    ...addresses.map((address, index) => place(NODE, node(address, arch, index))),
    ...classes.map((name, index) => place(STORAGE_CLASS, storageClass(name, index === 0))),
    ...['clickhouse-s3-config', 'clickhouse-cold-s3-config', 'backup-s3-config'].map((name) =>
      place(SECRET, s3Secret(name)),
    ),
    ...namespaces.map((name) => place(SECRET, secret('database-credentials', name, LOGIN_VALUES))),
    ...namespaces.map((name) => place(CONFIG_MAP, configMap('application-settings', name))),
    place(CONFIG_MAP, configMap('cluster-settings', PLATFORM_NAMESPACE)),
    ...addresses.map((address, index) =>
      place(PERSISTENT_VOLUME, volume(`${cluster}-monitoring-${index + 1}`, address)),
    ),
  ]
}

function node(address: string, arch: string, index: number): Node {
  const role = index === 0 ? 'control-plane' : index === 1 ? 'infra' : 'worker'
  const resources = { cpu: '8', memory: '16Gi', pods: '110' }
  return {
    apiVersion: 'v1',
    kind: NODE.kind,
    metadata: {
      name: address,
      labels: {
        'kubernetes.io/hostname': address,
        'kubernetes.io/os': 'linux',
        'kubernetes.io/arch': arch,
        [`node-role.kubernetes.io/${role}`]: role === 'infra' ? 'true' : '',
      },
    },
    spec:
      role === 'infra'
        ? { taints: [{ key: 'node-role.kubernetes.io/infra', value: 'reserved', effect: 'NoSchedule' }] }
        : { ...(EMPTIED.has(address) && { unschedulable: true }) },
    status: {
      addresses: [
        { type: 'InternalIP', address },
        { type: 'Hostname', address },
      ],
      conditions: [{ type: 'Ready', status: 'True', reason: 'KubeletReady', message: 'kubelet is ready' }],
      nodeInfo: { architecture: arch, operatingSystem: 'linux', kubeletVersion: 'v1.35.4' },
      capacity: resources,
      allocatable: resources,
    },
  }
}

function storageClass(name: string, isDefault: boolean): StorageClass & { volumeBindingMode: string } {
  const annotations = isDefault ? { 'storageclass.kubernetes.io/is-default-class': 'true' } : undefined
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: STORAGE_CLASS.kind,
    metadata: { name, annotations },
    provisioner: PROVISIONERS[name],
    volumeBindingMode: 'WaitForFirstConsumer',
  }
}

/** Placeholders: there is no such store, and no such user. */
const S3_VALUES = { endpoint: 'https://s3.example.com', accessKey: 'example', secretKey: 'example' }
const LOGIN_VALUES = { username: 'example', password: 'example' }

function s3Secret(name: string): Secret {
  return secret(name, PLATFORM_NAMESPACE, { ...S3_VALUES, bucket: name }, { 'cpaas.io/credentials': 'S3' })
}

function secret(
  name: string,
  inNamespace: string,
  values: Readonly<Record<string, string>>,
  labels?: Record<string, string>,
): Secret {
  return {
    apiVersion: 'v1',
    kind: SECRET.kind,
    metadata: { name, namespace: inNamespace, ...(labels !== undefined && { labels }) },
    type: 'username' in values ? 'kubernetes.io/basic-auth' : 'Opaque',
    data: Object.fromEntries(Object.entries(values).map(([key, value]) => [key, btoa(value)])),
  }
}

function configMap(name: string, inNamespace: string): ConfigMap {
  return {
    apiVersion: 'v1',
    kind: CONFIG_MAP.kind,
    metadata: { name, namespace: inNamespace },
    data: { 'log-level': 'info', timezone: 'UTC' },
  }
}

function namespace(name: string): Namespace {
  return { apiVersion: 'v1', kind: NAMESPACE.kind, metadata: { name } }
}

function volume(name: string, address: string): PersistentVolume {
  return {
    apiVersion: 'v1',
    kind: PERSISTENT_VOLUME.kind,
    metadata: { name, labels: { 'app.kubernetes.io/name': 'prometheus' } },
    spec: {
      capacity: { storage: '100Gi' },
      accessModes: ['ReadWriteOnce'],
      persistentVolumeReclaimPolicy: 'Retain',
      local: { path: '/cpaas/monitoring' },
      nodeAffinity: {
        required: {
          nodeSelectorTerms: [
            { matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [address] }] },
          ],
        },
      },
    },
  }
}
