import type { KubeObject, Resource } from '#lib/kinds/object.ts'
import type { KubeClient } from '#lib/kube/kube-client.ts'
import { documentsOf } from './manifest-rights.ts'

function resource(group: string, plural: string, kind: string, namespaced: boolean): Resource {
  return { group, version: 'v1', plural, kind, namespaced }
}

export const DEPLOYMENT = resource('apps', 'deployments', 'Deployment', true)
const RBAC = 'rbac.authorization.k8s.io'
/** The kinds that `crds/` and `deploy/` are made of. */
const RESOURCES = [
  DEPLOYMENT,
  resource('apiextensions.k8s.io', 'customresourcedefinitions', 'CustomResourceDefinition', false),
  resource('', 'namespaces', 'Namespace', false),
  resource('', 'serviceaccounts', 'ServiceAccount', true),
  resource('', 'services', 'Service', true),
  resource('', 'persistentvolumeclaims', 'PersistentVolumeClaim', true),
  resource(RBAC, 'clusterroles', 'ClusterRole', false),
  resource(RBAC, 'clusterrolebindings', 'ClusterRoleBinding', false),
  resource(RBAC, 'roles', 'Role', true),
  resource(RBAC, 'rolebindings', 'RoleBinding', true),
]

/**
 * What `kubectl apply --server-side --force-conflicts -f` does with a manifest.
 * @throws Error for a kind that none of ours has; KubeError
 */
export async function applyManifest(client: KubeClient, text: string): Promise<void> {
  for (const object of documentsOf(text)) {
    const known = RESOURCES.find(({ kind }) => kind === object.kind)
    if (known === undefined) throw new Error(`no resource for ${object.kind}`)
    const { name, namespace } = object.metadata
    const patch = { type: 'apply', body: object, fieldManager: 'kubectl', force: true } as const
    await client.patch<KubeObject>(known, name, patch, namespace === undefined ? {} : { namespace })
  }
}
