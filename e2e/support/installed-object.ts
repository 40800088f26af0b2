import type { JsonObject } from '#lib/kinds/object.ts'
import { type KubeApi, openKubeApi } from './kube-api.ts'
import type { RunningConsole } from './start-console.ts'
import { expect } from './test.ts'

/** What an installation's object holds, as far as forms write it. */
export interface InstalledObject {
  metadata: { name: string; generation: number; labels: Record<string, string> }
  spec: { version: string; config?: JsonObject; valuesOverride?: JsonObject }
  status?: { phase?: string; version?: string }
}

const INFOS = '/apis/cluster.alauda.io/v1alpha1/moduleinfoes'

async function objectsOf(api: KubeApi, plugin: string, cluster: string): Promise<InstalledObject[]> {
  const selector = encodeURIComponent(`cpaas.io/module-name=${plugin},cpaas.io/cluster-name=${cluster}`)
  const { body } = await api.call('GET', `${INFOS}?labelSelector=${selector}`)
  return (body as { items: InstalledObject[] }).items
}

/** The one installation of a plugin on a cluster, once it runs; found by its labels, as its name changes. */
export async function runningObject(api: KubeApi, plugin: string, cluster: string): Promise<InstalledObject> {
  await expect
    .poll(async () =>
      (await objectsOf(api, plugin, cluster)).map(({ spec, status }) =>
        status?.version === spec.version ? status.phase : 'not yet',
      ),
    )
    .toEqual(['Running'])
  const [object] = await objectsOf(api, plugin, cluster)
  if (object === undefined) throw new Error(`${plugin} is gone from ${cluster}`)
  return object
}

/** Removes a plugin from a cluster, where it is there, and waits until it is gone. */
export async function removeInstalled(api: KubeApi, plugin: string, cluster: string): Promise<void> {
  for (const { metadata } of await objectsOf(api, plugin, cluster))
    await api.call('DELETE', `${INFOS}/${metadata.name}`)
  await expect.poll(async () => (await objectsOf(api, plugin, cluster)).length).toBe(0)
}

/** The labels that name clusters which serve other plugins. */
export function crossClusterLabelsOf(object: InstalledObject): Record<string, string> {
  return Object.fromEntries(
    Object.entries(object.metadata.labels).filter(([key]) => key.endsWith('.plugins.cpaas.io/cluster')),
  )
}

/** Makes simulated rollouts take no time on these clusters. */
export async function hastenRollouts(running: RunningConsole, clusters: readonly string[]): Promise<void> {
  for (const cluster of clusters) {
    const api = await openKubeApi(running.kubeconfig, cluster)
    const { status } = await api.call(
      'PATCH',
      '/api/v1/namespaces/cpaas-system/configmaps/simulated-delivery',
      { data: { stageMilliseconds: '0' } },
      { 'content-type': 'application/merge-patch+json' },
    )
    expect(status).toBe(200)
    await api.close()
  }
}
