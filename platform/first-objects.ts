import { CLUSTER, GLOBAL_CLUSTER } from '#lib/kinds/cluster.ts'
import type { Cluster } from '#lib/kinds/cluster.ts'
import { CONFIG_MAP, NAMESPACE } from '#lib/kinds/core.ts'
import type { ConfigMap } from '#lib/kinds/core.ts'
import { SIMULATED_DELIVERY_MARKER } from '#lib/kinds/delivery-marker.ts'
import { LABEL } from '#lib/kinds/labels.ts'
import { apiVersionOf } from '#lib/kinds/object.ts'
import { AlreadyExistsError, NotFoundError } from '#lib/kube/kube-error.ts'
import type { KubeClient } from '#lib/kube/kube-client.ts'

/** On the marker while first contents are being made: deliveries then take no time. */
const SEEDING = 'marketplace.console/seeding'
const KUBERNETES_VERSION = 'v1.35.4'

interface EmbeddedCluster {
  readonly name: string
  readonly displayName: string
  readonly type: string
  readonly arch: 'amd64' | 'arm64'
  readonly nodes: number
}

/** The clusters that an embedded platform plays. */
export const EMBEDDED: readonly EmbeddedCluster[] = [
  { name: GLOBAL_CLUSTER, displayName: 'Global', type: 'Baremetal', arch: 'amd64', nodes: 3 },
  { name: 'business', displayName: 'Business', type: 'Baremetal', arch: 'amd64', nodes: 3 },
  { name: 'edge', displayName: 'Edge', type: 'Imported', arch: 'arm64', nodes: 2 },
]

function resources(nodes: number, share: number): Record<string, string> {
  return {
    cpu: String(8 * nodes * share),
    memory: `${16 * nodes * share}Gi`,
    pods: String(Math.round(110 * nodes * share)),
  }
}

function clusterObject({ name, displayName, type, arch }: EmbeddedCluster): Cluster {
  return {
    apiVersion: apiVersionOf(CLUSTER),
    kind: CLUSTER.kind,
    metadata: {
      name,
      labels: {
        [LABEL.osLinux]: '',
        [`cpaas.io/arch-${arch}`]: 'true',
        ...(name === GLOBAL_CLUSTER ? { [LABEL.isGlobal]: 'true' } : {}),
      },
    },
    spec: { displayName, type, version: KUBERNETES_VERSION },
  }
}

function clusterStatus({ name, nodes }: EmbeddedCluster, server: URL, now: string): Cluster['status'] {
  const isTrue = (type: string): { type: string; status: string; reason: string; message: string } => ({
    type,
    status: 'True',
    reason: 'Embedded',
    message: '',
  })
  return {
    phase: 'Running',
    version: KUBERNETES_VERSION,
    addresses: [
      {
        type: 'Advertise',
        host: server.hostname,
        port: Number(server.port),
        path: `/kubernetes/${name}`,
      },
    ],
    conditions: ['Ready', 'HealthCheck'].map((type) => ({
      ...isTrue(type),
      lastTransitionTime: now,
      lastProbeTime: now,
    })),
    resource: {
      capacity: resources(nodes, 1),
      allocatable: resources(nodes, 1),
      allocated: resources(nodes, 0.25),
    },
  }
}

async function createOnce(create: () => Promise<unknown>): Promise<boolean> {
  try {
    await create()
    return true
  } catch (error) {
    if (error instanceof AlreadyExistsError) return false
    throw error
  }
}

/** Makes the Cluster objects that aren't there, and brings their addresses up to date. */
export async function createClusters(client: KubeClient, now: Date): Promise<void> {
  const time = now.toISOString().replace(/\.\d+Z$/, 'Z')
  for (const cluster of EMBEDDED) {
    await createOnce(() => client.create(CLUSTER, clusterObject(cluster)))
    const live = await client.get(CLUSTER, cluster.name)
    const fresh = clusterStatus(cluster, new URL(client.server), time)
    const status =
      live.status?.phase === undefined ? fresh : { ...live.status, addresses: fresh?.addresses ?? [] }
    if (JSON.stringify(status) !== JSON.stringify(live.status))
      await client.replace(CLUSTER, { ...live, status }, { subresource: 'status' })
  }
}

const { namespace, name } = SIMULATED_DELIVERY_MARKER

/** Marks a cluster as one where deliveries are simulated; they are instant until `endSeeding`. */
export async function createMarker(client: KubeClient): Promise<void> {
  const home = { apiVersion: 'v1', kind: NAMESPACE.kind, metadata: { name: namespace } }
  await createOnce(() => client.create(NAMESPACE, home))
  const marker: ConfigMap = {
    apiVersion: 'v1',
    kind: CONFIG_MAP.kind,
    metadata: { name, namespace, annotations: { [SEEDING]: 'true' } },
    data: { stageMilliseconds: '0' },
  }
  await createOnce(() => client.create(CONFIG_MAP, marker, { namespace }))
}

async function readMarker(client: KubeClient): Promise<ConfigMap | undefined> {
  return client.get(CONFIG_MAP, name, { namespace }).catch((error: unknown) => {
    if (error instanceof NotFoundError) return undefined
    throw error
  })
}

/** Whether the first contents are still being made. */
export async function isSeeding(client: KubeClient): Promise<boolean> {
  return (await readMarker(client))?.metadata.annotations?.[SEEDING] !== undefined
}

/** Gives rollouts their usual pace, once the first contents are there. */
export async function endSeeding(client: KubeClient): Promise<void> {
  const marker = await readMarker(client)
  const { [SEEDING]: seeding, ...annotations } = marker?.metadata.annotations ?? {}
  if (marker === undefined || seeding === undefined) return
  const { stageMilliseconds: _, ...data } = marker.data ?? {}
  await client.replace(
    CONFIG_MAP,
    { ...marker, metadata: { ...marker.metadata, annotations }, data },
    { namespace },
  )
}
