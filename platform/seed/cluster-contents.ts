import { NODE, SECRET, STORAGE_CLASS, type Node, type Secret, type StorageClass } from '#lib/kinds/core.ts'
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

const STORAGE_CLASSES: Readonly<Record<string, readonly string[]>> = {
  global: ['ceph-rbd'],
  business: ['ceph-rbd', 'topolvm-ssd'],
  edge: ['local-path'],
}

const PROVISIONERS: Readonly<Record<string, string>> = {
  'ceph-rbd': 'rbd.csi.ceph.com',
  'topolvm-ssd': 'topolvm.io',
  'local-path': 'rancher.io/local-path',
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

/** What the pickers of plugin forms find on an embedded cluster: nodes, storage classes, volumes, S3 credentials. */
export function clusterContents(cluster: string): ClusterObject[] {
  const { arch = 'amd64', addresses = [] } = NODES[cluster] ?? {}
  const classes = STORAGE_CLASSES[cluster] ?? []
  return [
    ...addresses.map((address, index) => place(NODE, node(address, arch, index))),
    ...classes.map((name, index) => place(STORAGE_CLASS, storageClass(name, index === 0))),
    ...['clickhouse-s3-config', 'clickhouse-cold-s3-config'].map((name) => place(SECRET, s3Secret(name))),
    place(PERSISTENT_VOLUME, volume(`${cluster}-monitoring`, addresses[0] ?? '')),
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
        : {},
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

/** Placeholders: there is no such store. */
function s3Secret(name: string): Secret {
  const values = {
    endpoint: 'https://s3.example.com',
    bucket: name,
    accessKey: 'example',
    secretKey: 'example',
  }
  return {
    apiVersion: 'v1',
    kind: SECRET.kind,
    metadata: { name, namespace: PLATFORM_NAMESPACE, labels: { 'cpaas.io/credentials': 'S3' } },
    type: 'Opaque',
    data: Object.fromEntries(Object.entries(values).map(([key, value]) => [key, btoa(value)])),
  }
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
