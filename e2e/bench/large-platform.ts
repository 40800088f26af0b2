import { openKubeApi } from '#e2e/support/kube-api.ts'
import { startApiServer } from '#e2e/support/api-server.ts'

export const PLUGINS = 500
export const CLUSTERS = 20
const NAMES = Array.from({ length: CLUSTERS }, (_, index) => (index === 0 ? 'global' : `cluster-${index}`))

const LOGO = `data:image/svg+xml;base64,${Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><rect width="8" height="8"/></svg>').toString('base64')}`

function pluginLabels(plugin: string) {
  return { 'cpaas.io/module-name': plugin, 'cpaas.io/module-type': 'plugin' }
}

function spec(plugin: string, version: string) {
  return {
    name: plugin,
    version,
    description: { en: `What ${plugin} does for a cluster`, zh: `${plugin} 的用途` },
    logo: LOGO,
    deleteable: true,
    affinity: { clusterAffinity: { matchLabels: { 'cpaas.io/arch-amd64': 'true' } } },
    appReleases: [{ name: plugin, chartVersions: [{ name: `ait/${plugin}`, releaseName: plugin, version }] }],
  }
}

/** Objects of a large platform: 500 plugins in two versions, each installed on all of 20 clusters. */
function* objects(): Generator<{ path: string; object: object; status?: object }> {
  const group = { apiVersion: 'cluster.alauda.io/v1alpha1' }
  for (const name of NAMES) {
    yield {
      path: '/apis/platform.tkestack.io/v1/clusters',
      object: {
        apiVersion: 'platform.tkestack.io/v1',
        kind: 'Cluster',
        metadata: {
          name,
          labels: {
            'cpaas.io/os-linux': '',
            'cpaas.io/arch-amd64': 'true',
            ...(name === 'global' ? { 'is-global': 'true' } : {}),
          },
        },
        spec: { tenantID: 'default', type: 'Imported', version: '1.33.4', displayName: name },
      },
    }
  }
  for (let index = 0; index < PLUGINS; index++) {
    const plugin = `plugin-${String(index).padStart(3, '0')}`
    const labels = pluginLabels(plugin)
    yield {
      path: '/apis/cluster.alauda.io/v1alpha1/moduleplugins',
      object: {
        ...group,
        kind: 'ModulePlugin',
        metadata: { name: plugin, labels },
        spec: spec(plugin, 'v1.1.0'),
      },
    }
    for (const version of ['v1.0.0', 'v1.1.0'])
      yield {
        path: '/apis/cluster.alauda.io/v1alpha1/moduleconfigs',
        object: {
          ...group,
          kind: 'ModuleConfig',
          metadata: {
            name: `${plugin}-${version}`,
            labels: { ...labels, 'cpaas.io/module-version': version },
          },
          spec: spec(plugin, version),
        },
        status: { readyForDeploy: true },
      }
    for (const name of NAMES) {
      yield {
        path: '/apis/cluster.alauda.io/v1alpha1/moduleinfoes',
        object: {
          ...group,
          kind: 'ModuleInfo',
          metadata: { name: `${name}-${plugin}`, labels: { ...labels, 'cpaas.io/cluster-name': name } },
          spec: { version: 'v1.0.0', config: {} },
        },
        status: {
          phase: 'Running',
          version: 'v1.0.0',
          appReleases: [{ name: plugin, ready: true, synced: true, failed: false }],
        },
      }
    }
  }
}

/**
 * Starts an API server that holds a large platform (no controllers: nothing moves).
 * @returns its kubeconfig, the number of ModuleInfos and the way to stop it
 */
export async function startLargePlatform() {
  const server = await startApiServer({ clusters: NAMES.join(',') })
  const api = await openKubeApi(server.kubeconfig)
  const queue = objects()
  const create = async () => {
    for (const { path, object, status } of queue) {
      const answer = await api.call('POST', path, object)
      if (answer.status !== 201 && answer.status !== 409)
        throw new Error(`${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`)
      if (status === undefined) continue
      const created = answer.body as { metadata: { name: string } }
      const put = await api.call('PUT', `${path}/${created.metadata.name}/status`, { ...created, status })
      if (put.status !== 200) throw new Error(`status answered ${put.status}: ${JSON.stringify(put.body)}`)
    }
  }
  // One generator shared by all loops: each object is created once, Clusters before what follows by then.
  await Promise.all(Array.from({ length: 8 }, create))
  await api.close()
  return {
    kubeconfig: server.kubeconfig,
    installations: PLUGINS * CLUSTERS,
    stop: () => server[Symbol.asyncDispose](),
  }
}
