import { SECRET } from '#lib/kinds/core.ts'
import { PLATFORM_NAMESPACE } from '#lib/kinds/labels.ts'
import type { KubeObject, Resource } from '#lib/kinds/object.ts'
import type { ProductBase } from '#lib/kinds/product-base.ts'
import type { KubeClient } from '#lib/kube/kube-client.ts'
import { NotFoundError } from '#lib/kube/kube-error.ts'

const SECRET_NAME = 'registry-admin'
const CRD: Resource<KubeObject & { spec: object }> = {
  group: 'apiextensions.k8s.io',
  version: 'v1',
  plural: 'customresourcedefinitions',
  kind: 'CustomResourceDefinition',
  namespaced: false,
}
const PRODUCT_BASE: Resource<ProductBase> = {
  group: 'product.alauda.io',
  version: 'v1alpha2',
  plural: 'productbases',
  kind: 'ProductBase',
  namespaced: false,
}

/**
 * Has a cluster name its registry the way the real platform does: the ProductBase `base`, whose definition is made too,
 * and the Secret `registry-admin`.
 * @param address `host[:port][/prefix]`
 */
export async function nameRegistry(
  client: KubeClient,
  address: string,
  user: { name: string; password: string },
): Promise<void> {
  const names = {
    plural: 'productbases',
    singular: 'productbase',
    kind: 'ProductBase',
    listKind: 'ProductBaseList',
  }
  const schema = {
    openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
  }
  await client.create(CRD, {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'productbases.product.alauda.io' },
    spec: {
      group: 'product.alauda.io',
      scope: 'Cluster',
      names,
      versions: [{ name: 'v1alpha2', served: true, storage: true, schema }],
    },
  })
  const base = {
    apiVersion: 'product.alauda.io/v1alpha2',
    kind: 'ProductBase',
    metadata: { name: 'base' },
    spec: { registry: { address } },
  }
  for (let tries = 1; ; tries++) {
    try {
      await client.create(PRODUCT_BASE, base)
      break
    } catch (error) {
      // A definition takes a moment until it is served.
      if (!(error instanceof NotFoundError) || tries === 100) throw error
      await new Promise((again) => setTimeout(again, 50))
    }
  }
  await client.create(SECRET, registrySecret(user), { namespace: PLATFORM_NAMESPACE })
}

/** Gives the platform other credentials of its registry. */
export async function changeRegistryLogin(
  client: KubeClient,
  user: { name: string; password: string },
): Promise<void> {
  const place = { namespace: PLATFORM_NAMESPACE }
  await client.delete(SECRET, SECRET_NAME, place)
  await client.create(SECRET, registrySecret(user), place)
}

function registrySecret(user: { name: string; password: string }) {
  const encode = (text: string) => Buffer.from(text).toString('base64')
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: SECRET_NAME, namespace: PLATFORM_NAMESPACE },
    data: { username: encode(user.name), password: encode(user.password) },
  }
}
