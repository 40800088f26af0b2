import { afterAll, beforeAll, expect, test } from 'vitest'
import { createClusterRegistry } from '#lib/kube/cluster-registry.ts'
import type { ClusterRegistry } from '#lib/kube/cluster-registry.ts'
import { createKubeClient } from '#lib/kube/http-kube-client.ts'
import { UnavailableError } from '#lib/kube/kube-error.ts'
import { loadKubeconfig } from '#lib/kube/load-config.ts'
import { CLUSTER } from '#lib/kinds/cluster.ts'
import { MODULE_INFO } from '#lib/kinds/module-info.ts'
import { ApiProxy } from './api-proxy.ts'
import { eventually, requestObject, TestPlatform } from './test-platform.ts'

/** Twenty clusters with `global`, `business` and `edge`. */
const MORE = Array.from({ length: 17 }, (_, index) => `c${index + 1}`)
const DEAD = 'c7'

let platform: TestPlatform
let proxy: ApiProxy
let registry: ClusterRegistry
beforeAll(async () => {
  platform = await TestPlatform.start(0, MORE)
  proxy = await ApiProxy.start(platform.kubeconfigPath, 'faults')
  registry = createClusterRegistry(loadKubeconfig(proxy.kubeconfigPath))
  await platform.run({ registry })
})
afterAll(async () => {
  await platform.controllers?.stop()
  await registry.stop()
  await proxy.close()
  await platform.stop()
})

test('of twenty clusters, one that swallows everything keeps nobody else waiting', async () => {
  const plugins = Array.from({ length: 12 }, (_, index) => `many-${index}`)
  for (const plugin of plugins) await platform.publish(plugin, ['v1.0.0'])
  const first = plugins[0] ?? ''
  // Everything is connected, and then this one goes silent: its watches stay open, and no call is answered.
  await platform.request(DEAD, first, { version: 'v1.0.0' })
  await platform.running(DEAD, first)
  proxy.fault = (_, path) =>
    path.startsWith(`/kubernetes/${DEAD}/`) && !path.includes('watch=') ? 'hang' : undefined
  for (const plugin of plugins.slice(1)) await platform.request(DEAD, plugin, { version: 'v1.0.0' })
  await eventually(() => expect(proxy.mostHangingWrites).toBe(4))
  for (const cluster of ['global', 'c1', 'c17'])
    for (const plugin of plugins.slice(0, 4)) {
      await platform.request(cluster, plugin, { version: 'v1.0.0' })
      await platform.running(cluster, plugin)
    }
  expect(proxy.mostHangingWrites).toBe(4)
  proxy.fault = () => undefined
})

test('clusters come and go while others are worked on', async () => {
  await platform.publish('nomad', ['v1.0.0'])
  const like = await platform.global.get(CLUSTER, 'business')
  await platform.global.delete(CLUSTER, 'c2')
  await platform.request('c2', 'nomad', { version: 'v1.0.0' })
  await platform.until('c2', 'nomad', ({ status }) =>
    expect(status?.conditions?.[0]?.reason).toBe('ClusterUnknown'),
  )
  await platform.request('c3', 'nomad', { version: 'v1.0.0' })
  await platform.running('c3', 'nomad')
  await platform.global.create(CLUSTER, {
    ...like,
    metadata: { name: 'c2', labels: like.metadata.labels ?? {} },
  })
  await platform.running('c2', 'nomad')
})

test('whoever asks again because the answer was lost gets one installation', async () => {
  await platform.publish('insistent', ['v1.0.0'])
  const client = createKubeClient(loadKubeconfig(proxy.kubeconfigPath), { cluster: 'global' })
  const request = requestObject('business', 'insistent', { version: 'v1.0.0', config: { a: null } })
  const unnamed = {
    ...request,
    metadata: { labels: request.metadata.labels ?? {}, generateName: 'insistent-' },
  }
  try {
    proxy.fault = (method, path) =>
      method === 'POST' && path.includes('moduleinfoes') && proxy.writes.every((write) => write.path !== path)
        ? 'lose-reply'
        : undefined
    proxy.writes.length = 0
    const path = '/apis/cluster.alauda.io/v1alpha1/moduleinfoes?fieldManager=test'
    const create = (): Promise<unknown> => client.create(MODULE_INFO, unnamed, { fieldManager: 'test' })
    await expect(create()).rejects.toThrow(UnavailableError)
    await create()
    expect(proxy.writes.filter((write) => write.path === path).map(({ status }) => status)).toEqual([
      201, 201,
    ])
  } finally {
    proxy.fault = () => undefined
    await client.close()
  }
  await platform.running('business', 'insistent')
  await eventually(async () => expect(await platform.infos('business', 'insistent')).toHaveLength(1))
  expect(await platform.history('business', 'insistent')).toHaveLength(1)
})
