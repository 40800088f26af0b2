import { expect } from '@playwright/test'
import { openKubeApi } from './kube-api.ts'

const GROUP = '/apis/cluster.alauda.io/v1alpha1'

/** Publishes one more version of a plugin by its ModulePlugin, which carries defaults and descriptors itself. */
export async function publishVersion(
  kubeconfig: string,
  name: string,
  version: string,
  spec: Record<string, unknown>,
): Promise<void> {
  const api = await openKubeApi(kubeconfig)
  const path = `${GROUP}/moduleplugins/${name}`
  const plugin = {
    apiVersion: 'cluster.alauda.io/v1alpha1',
    kind: 'ModulePlugin',
    metadata: { name, labels: { 'cpaas.io/module-name': name, 'cpaas.io/module-type': 'plugin' } },
    spec: {
      name,
      version,
      deleteable: true,
      logo: '',
      description: { en: 'A plugin of the tests', zh: '测试插件' },
      ...spec,
    },
  }
  // The controller writes it, too: what it was faster with is read again.
  const write = async () => {
    const found = await api.call('GET', path)
    if (found.status === 404) return (await api.call('POST', `${GROUP}/moduleplugins`, plugin)).status
    const { metadata } = found.body as { metadata: object }
    const next = { ...plugin, metadata: { ...metadata, ...plugin.metadata } }
    return (await api.call('PUT', path, next)).status
  }
  await expect.poll(write, { message: `${name} ${version} is accepted` }).toBeLessThan(300)
  const isPublished = async () =>
    (await api.call('GET', `${GROUP}/moduleconfigs/${name}-${version}`)).status === 200
  await expect.poll(isPublished, { message: `${name} ${version} is published` }).toBe(true)
  await api.close()
}

/** `spec` of the one installation of a plugin on a cluster. */
export async function installedSpec(
  kubeconfig: string,
  plugin: string,
  cluster: string,
): Promise<Record<string, unknown>> {
  const api = await openKubeApi(kubeconfig)
  const selector = `cpaas.io/module-name=${plugin},cpaas.io/cluster-name=${cluster}`
  const { body } = await api.call(
    'GET',
    `${GROUP}/moduleinfoes?labelSelector=${encodeURIComponent(selector)}`,
  )
  await api.close()
  const [only, ...others] = (body as { items: { spec: Record<string, unknown> }[] }).items
  if (only === undefined || others.length > 0)
    throw new Error(`not one installation of ${plugin} on ${cluster}`)
  return only.spec
}

/** Installs v1.0.0 of a plugin without a configuration, as who applies YAML does: no form is asked. */
export async function installAsYaml(kubeconfig: string, plugin: string, cluster: string): Promise<void> {
  const api = await openKubeApi(kubeconfig)
  const { status } = await api.call('POST', `${GROUP}/moduleinfoes`, {
    apiVersion: 'cluster.alauda.io/v1alpha1',
    kind: 'ModuleInfo',
    metadata: {
      generateName: `${cluster}-${plugin}-`,
      labels: {
        'cpaas.io/cluster-name': cluster,
        'cpaas.io/module-name': plugin,
        'cpaas.io/module-type': 'plugin',
      },
    },
    spec: { version: 'v1.0.0' },
  })
  await api.close()
  expect(status).toBe(201)
}
