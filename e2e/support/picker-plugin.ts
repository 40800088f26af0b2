import { openKubeApi } from './kube-api.ts'

const P = 'urn:alm:descriptor:'
const MULTIPLE = `${P}com.tectonic.ui:multiple`

/** Name of the plugin whose form picks live objects of every sort. */
export const PICKER_PLUGIN = 'picker-trial'

const MODULE_PLUGIN = {
  apiVersion: 'cluster.alauda.io/v1alpha1',
  kind: 'ModulePlugin',
  metadata: {
    name: PICKER_PLUGIN,
    labels: { 'cpaas.io/module-name': PICKER_PLUGIN, 'cpaas.io/module-type': 'plugin' },
  },
  spec: {
    name: PICKER_PLUGIN,
    version: 'v1.0.0',
    deleteable: true,
    description: { en: 'Picks what there is', zh: '选择现有资源' },
    logo: '',
    crossClusterDependencies: ['logcenter', 'nowhere-store'],
    config: {
      nodes: [],
      storageClass: '',
      credentials: '',
      home: 'monitoring',
      settings: '',
      crossClusterDependency: { logcenter: null, 'nowhere-store': null },
    },
    deployDescriptors: [
      {
        path: 'nodes',
        displayName: 'Nodes',
        'x-descriptors': [`${P}io.kubernetes:Node`, MULTIPLE, `${P}com.tectonic.ui:validation:required`],
      },
      {
        path: 'storageClass',
        displayName: 'Storage class',
        'x-descriptors': [`${P}io.kubernetes:StorageClass`],
      },
      {
        path: 'credentials',
        displayName: 'Credentials',
        'x-descriptors': [`${P}io.kubernetes:Secret?=labelSelector=cpaas.io%2Fcredentials%3DS3`],
      },
      { path: 'home', displayName: 'Home', 'x-descriptors': [`${P}io.kubernetes:Namespace`] },
      {
        path: 'settings',
        displayName: 'Settings of global',
        'x-descriptors': [`${P}io.kubernetes:ConfigMap?=isGlobal=true`],
      },
      {
        path: 'odd',
        displayName: 'Odd',
        'x-descriptors': [`${P}io.kubernetes:Secret?=labelSelector=a%3D%3D%3Db%00`],
      },
      {
        path: 'crossClusterDependency.logcenter',
        displayName: 'Storage Cluster',
        'x-descriptors': [`${P}io.kubernetes:Cluster?=isGlobal=true`],
      },
    ],
  },
}

/** Publishes it; its one version is ready a moment later. */
export async function publishPickerPlugin(kubeconfig: string): Promise<void> {
  const api = await openKubeApi(kubeconfig)
  const { status } = await api.call('POST', '/apis/cluster.alauda.io/v1alpha1/moduleplugins', MODULE_PLUGIN)
  await api.close()
  if (status !== 201) throw new Error(`the plugin was answered with ${status}`)
}
