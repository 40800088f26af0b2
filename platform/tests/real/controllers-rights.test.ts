import { readdir, readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { installationHistory } from '#lib/domain/history.ts'
import { createKubeClient } from '#lib/kube/http-kube-client.ts'
import type { KubeClient } from '#lib/kube/kube-client.ts'
import { AlreadyExistsError, ForbiddenError, NotFoundError } from '#lib/kube/kube-error.ts'
import { loadKubeconfig } from '#lib/kube/load-config.ts'
import { CLUSTER } from '#lib/kinds/cluster.ts'
import { CONTROLLER_REVISION } from '#lib/kinds/controller-revision.ts'
import { SECRET } from '#lib/kinds/core.ts'
import { OWN_NAMESPACE, PLATFORM_NAMESPACE } from '#lib/kinds/labels.ts'
import { CONTROLLERS_LEASE, LEASE } from '#lib/kinds/lease.ts'
import { MODULE_CONFIG } from '#lib/kinds/module-config.ts'
import { MODULE_INFO } from '#lib/kinds/module-info.ts'
import type { ModuleInfo } from '#lib/kinds/module-info.ts'
import { MODULE_PLUGIN } from '#lib/kinds/module-plugin.ts'
import type { KubeObject, Resource } from '#lib/kinds/object.ts'
import { startSimulatedDelivery } from '#platform/delivery/simulated-delivery.ts'
import { createMarker } from '#platform/first-objects.ts'
import { applyManifest, DEPLOYMENT } from '../apply-manifest.ts'
import { ApiProxy } from '../api-proxy.ts'
import { run } from '../run-process.ts'
import type { Run } from '../run-process.ts'
import { tokenOf } from '../service-account-token.ts'
import { eventually, pluginSpec, requestObject } from '../test-platform.ts'
import { rightOf, rightsGiven } from '../manifest-rights.ts'

/** A real API server with RBAC, empty, and its administrator's token; its current context is `global`. */
const KUBECONFIG = process.env['KUBE_TEST_KUBECONFIG'] ?? ''
const ROOT = new URL('../../..', import.meta.url).pathname
/** Another one each time: what earlier runs left behind on the server doesn't matter. */
const PLUGIN = `rights-${Date.now().toString(36)}`

/** Given for what these tests don't bring about: a plain cluster's nodes, and what somebody else created a moment before. */
const NOT_USED_HERE = [
  '/nodes list',
  '/nodes watch',
  'cluster.alauda.io/moduleconfigs get',
  'operator.alauda.io/appreleases get',
]

const PRODUCT: Resource = {
  group: 'product.alauda.io',
  version: 'v1',
  plural: 'productbases',
  kind: 'ProductBase',
  namespaced: false,
}
const PRODUCT_DEFINITION = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `${PRODUCT.plural}.${PRODUCT.group}` },
  spec: {
    group: PRODUCT.group,
    scope: 'Cluster',
    names: { plural: PRODUCT.plural, singular: 'productbase', kind: PRODUCT.kind },
    versions: [
      {
        name: PRODUCT.version,
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
      },
    ],
  },
}

describe('on a real API server, with the rights of deploy/controllers.yaml', () => {
  let admin: KubeClient
  let manifest = ''
  let token = ''
  const cleanups: (() => unknown)[] = []
  const proxies: ApiProxy[] = []

  beforeAll(async () => {
    const config = loadKubeconfig(KUBECONFIG)
    admin = createKubeClient(config, { cluster: 'global' })
    cleanups.push(() => admin.close())
    for (const file of await readdir(`${ROOT}/crds`))
      await applyManifest(admin, await readFile(`${ROOT}/crds/${file}`, 'utf8'))
    manifest = await readFile(`${ROOT}/deploy/controllers.yaml`, 'utf8')
    await applyManifest(admin, manifest)
    const cluster: KubeObject = {
      apiVersion: 'platform.tkestack.io/v1',
      kind: 'Cluster',
      metadata: { name: 'global', labels: { 'is-global': 'true' } },
    }
    await eventually(() =>
      admin.create(CLUSTER, cluster).catch((error: unknown) => {
        if (!(error instanceof AlreadyExistsError)) throw error
      }),
    )
    await createMarker(admin)
    await admin.delete(LEASE, CONTROLLERS_LEASE, { namespace: OWN_NAMESPACE }).catch((error: unknown) => {
      if (!(error instanceof NotFoundError)) throw error
    })
    const delivery = startSimulatedDelivery(admin)
    cleanups.push(() => delivery.stop())
    token = await tokenOf(KUBECONFIG, OWN_NAMESPACE, 'controllers')
  })
  afterAll(async () => {
    for (const cleanup of cleanups.reverse()) await cleanup()
  })

  async function replica(name: string): Promise<Run> {
    const proxy = await ApiProxy.start(KUBECONFIG, name, token)
    proxies.push(proxy)
    cleanups.push(() => proxy.close())
    const args = ['--kubeconfig', proxy.kubeconfigPath, '--history', '2', '--lease-seconds', '6']
    return run('platform/controllers/main.ts', args)
  }

  async function publish(version: string): Promise<void> {
    const spec = pluginSpec(PLUGIN, version, { labelCluster: 'rights.example.com/on' })
    const object = {
      apiVersion: 'cluster.alauda.io/v1alpha1',
      kind: 'ModulePlugin',
      metadata: {
        name: PLUGIN,
        labels: { 'cpaas.io/module-name': PLUGIN, 'cpaas.io/module-type': 'plugin' },
      },
      spec,
    }
    await admin.patch(MODULE_PLUGIN, PLUGIN, {
      type: 'apply',
      body: object,
      fieldManager: 'violet',
      force: true,
    })
    await eventually(async () => {
      const config = await admin.get(MODULE_CONFIG, `${PLUGIN}-${version}`)
      expect(config.status?.readyForDeploy).toBe(true)
    })
  }

  async function installation(): Promise<ModuleInfo | undefined> {
    const { items } = await admin.listAll(MODULE_INFO, { labelSelector: `cpaas.io/module-name=${PLUGIN}` })
    expect(items.length).toBeLessThan(2)
    return items[0]
  }

  async function runs(version: string): Promise<ModuleInfo> {
    return eventually(async () => {
      const info = await installation()
      expect(info?.status).toMatchObject({ phase: 'Running', version })
      return info ?? expect.fail('gone')
    })
  }

  test('two replicas install, upgrade, uninstall, keep history and lack nothing', async () => {
    const first = await replica('first')
    await eventually(() => expect(first.err()).toContain('controllers at work'))
    const second = await replica('second')
    await eventually(() => expect(second.err()).toContain('standing by'))

    for (const version of ['v1.0.0', 'v2.0.0', 'v3.0.0']) await publish(version)
    const config = { kept: null, deep: { list: [null, 1] } }
    const request = requestObject('global', PLUGIN, { version: 'v1.0.0', config })
    await admin.create(MODULE_INFO, request, { fieldManager: 'kubectl-create' })
    const { metadata } = await runs('v1.0.0')
    expect(metadata.name).toMatch(/^global-[0-9a-f]{32}$/)
    for (const version of ['v2.0.0', 'v3.0.0']) {
      const body = { spec: { version } }
      const patch = { type: 'merge', body } as const
      await admin.patch(MODULE_INFO, metadata.name, patch, { fieldManager: 'kubectl-edit' })
      await runs(version)
    }
    await eventually(async () =>
      expect((await admin.get(CLUSTER, 'global')).metadata.labels).toHaveProperty(['rights.example.com/on']),
    )

    // The one that works ends; the other one removes.
    first.child.kill('SIGTERM')
    expect(await first.ended).toBe(0)
    await eventually(() => expect(second.err()).toContain('controllers at work'))
    await admin.delete(MODULE_INFO, metadata.name)
    await eventually(async () => expect(await installation()).toBeUndefined())
    await admin.delete(MODULE_CONFIG, `${PLUGIN}-v1.0.0`)
    await eventually(() =>
      expect(admin.get(MODULE_CONFIG, `${PLUGIN}-v1.0.0`)).rejects.toThrow(NotFoundError),
    )
    const { items } = await admin.listAll(CONTROLLER_REVISION, { namespace: OWN_NAMESPACE })
    expect(installationHistory(items, 'global', PLUGIN)).toMatchObject([
      {
        revision: 3,
        spec: { version: 'v3.0.0', config },
        by: { kind: 'manager', name: 'kubectl-edit' },
        uninstalledAt: expect.stringMatching(/Z$/),
      },
      { revision: 2, spec: { version: 'v2.0.0', config }, by: { kind: 'manager', name: 'kubectl-edit' } },
    ])
    second.child.kill('SIGTERM')
    expect(await second.ended).toBe(0)
    expect(`${first.err()}${second.err()}`).not.toMatch(/forbidden|cannot|no history/i)
  })

  test('none works beside the platform’s own, whatever shows those', async () => {
    const working = await replica('guarded')
    await eventually(() => expect(working.err()).toContain('controllers at work'))
    const info = await admin.create(MODULE_INFO, requestObject('nowhere', PLUGIN, { version: 'v1.0.0' }))
    const { name } = info.metadata
    await eventually(async () =>
      expect((await admin.get(MODULE_INFO, name)).status).toMatchObject({ phase: 'Failed' }),
    )
    const live = await admin.get(MODULE_INFO, name)
    const status = { phase: 'Running', version: 'v1.0.0', specHash: 'f00d' }
    await admin.replace(
      MODULE_INFO,
      { ...live, status },
      { subresource: 'status', fieldManager: 'cluster-transformer' },
    )
    expect(await working.ended).toBe(1)
    expect(working.err()).toContain(
      `  ModuleInfo ${name} was given the specHash f00d by cluster-transformer, which isn't ours`,
    )
    const deployment = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'cluster-transformer', namespace: PLATFORM_NAMESPACE },
      spec: {
        selector: { matchLabels: { app: 'x' } },
        template: {
          metadata: { labels: { app: 'x' } },
          spec: { containers: [{ name: 'x', image: 'x' }] },
        },
      },
    }
    await applyManifest(admin, JSON.stringify(deployment))
    await applyManifest(admin, JSON.stringify(PRODUCT_DEFINITION))
    const base = { apiVersion: 'product.alauda.io/v1', kind: 'ProductBase', metadata: { name: 'base' } }
    await eventually(() => admin.patch(PRODUCT, 'base', { type: 'apply', body: base, fieldManager: 'x' }))
    try {
      const refusing = await replica('refusing')
      expect(await refusing.ended).toBe(1)
      const lines = refusing.err()
      expect(lines).toContain('  ProductBase base (product.alauda.io) says')
      expect(lines).toContain("  Deployment cpaas-system/cluster-transformer keeps 1 of the platform's")
      expect(lines).toContain(`  ModuleInfo ${name} had its status written by cluster-transformer at 20`)
      expect(lines).not.toContain('holding the lease')
      const events = { group: '', version: 'v1', plural: 'events', kind: 'Event', namespaced: true } as const
      const { items } = await admin.listAll(events, { namespace: OWN_NAMESPACE })
      expect(items.length).toBeGreaterThan(1)
    } finally {
      const inPlatform = { namespace: PLATFORM_NAMESPACE }
      await admin.delete(DEPLOYMENT, 'cluster-transformer', inPlatform)
      await admin.delete(PRODUCT, 'base')
      await admin.delete(MODULE_INFO, name)
    }
  })

  test('and are given nothing that they don’t use', async () => {
    const used = new Set(proxies.flatMap(({ requests }) => [...requests].map(rightOf)))
    // Where watches begin with the whole list, nothing is listed; elsewhere it is.
    const isUsed = (right: string): boolean => used.has(right) || used.has(right.replace(/ list$/, ' watch'))
    const unused = [...rightsGiven(manifest)].filter((right) => !isUsed(right)).sort()
    expect(unused).toEqual([...NOT_USED_HERE].sort())
    const config = loadKubeconfig(KUBECONFIG)
    const user = config.getCurrentUser()?.name ?? ''
    config.users = [{ name: user, token }]
    const restricted = createKubeClient(config, { cluster: 'global' })
    cleanups.push(() => restricted.close())
    await expect(restricted.list(SECRET, { namespace: OWN_NAMESPACE })).rejects.toThrow(ForbiddenError)
    await expect(restricted.delete(MODULE_PLUGIN, PLUGIN)).rejects.toThrow(ForbiddenError)
    await expect(admin.get(MODULE_INFO, 'none')).rejects.toThrow(NotFoundError)
  })
})
