import { afterAll, beforeAll, expect, test } from 'vitest'
import { CONFIG_MAP, NAMESPACE } from '#lib/kinds/core.ts'
import { SIMULATED_DELIVERY_MARKER } from '#lib/kinds/delivery-marker.ts'
import { CLUSTER } from '#lib/kinds/cluster.ts'
import { createMarker } from '../first-objects.ts'
import { run } from './run-process.ts'
import { conditionOf, eventually, TestPlatform } from './test-platform.ts'

let platform: TestPlatform
beforeAll(async () => {
  platform = await TestPlatform.start(0, [], ['marked', 'bare'])
  await createMarker(platform.client('marked'))
})
afterAll(() => platform.stop())

test('the process delivers where the marker is, and says where it refuses to', async () => {
  const { name, namespace } = SIMULATED_DELIVERY_MARKER
  const args = ['--kubeconfig', platform.kubeconfigPath, '--simulate-delivery']
  const controllers = run('platform/controllers/main.ts', args)
  await platform.publish('shipped', ['v1.0.0'])
  for (const cluster of ['marked', 'bare']) await platform.request(cluster, 'shipped', { version: 'v1.0.0' })
  await platform.running('marked', 'shipped')
  expect(controllers.err()).toContain('delivery to cluster marked is simulated')
  await eventually(() =>
    expect(controllers.err()).toContain(
      'delivery to cluster bare is not simulated: it has no ConfigMap cpaas-system/simulated-delivery',
    ),
  )
  const waiting = await platform.until('bare', 'shipped', (info) =>
    expect(conditionOf(info, 'Delivered')).toMatchObject({
      status: 'False',
      message: 'shipped: Waiting for the delivery agent of the cluster',
    }),
  )
  expect(waiting.status).toMatchObject({ phase: 'Installing', version: '' })

  // What `kubectl create configmap` makes is enough. (The namespace is there: a release is in it.)
  const bare = platform.client('bare')
  expect((await bare.get(NAMESPACE, namespace)).metadata.name).toBe(namespace)
  await bare.create(CONFIG_MAP, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } }, { namespace })
  await platform.running('bare', 'shipped')
  expect(controllers.err()).toContain('delivery to cluster bare is simulated')

  // A cluster that goes takes its agent with it, and nothing of that ends the process.
  await platform.global.delete(CLUSTER, 'bare')
  await platform.gone('bare', 'shipped')
  controllers.child.kill('SIGTERM')
  expect(await controllers.ended).toBe(0)
})
