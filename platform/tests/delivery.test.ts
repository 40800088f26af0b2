import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { deriveStatus, installationStatus } from '#lib/domain/derive-status.ts'
import { createKubeClient } from '#lib/kube/http-kube-client.ts'
import { loadKubeconfig } from '#lib/kube/load-config.ts'
import { createMarker } from '../first-objects.ts'
import { CLUSTER } from '#lib/kinds/cluster.ts'
import { CONFIG_MAP, NAMESPACE } from '#lib/kinds/core.ts'
import { SIMULATED_DELIVERY_MARKER } from '#lib/kinds/delivery-marker.ts'
import { MODULE_INFO } from '#lib/kinds/module-info.ts'
import type { ModuleInfo } from '#lib/kinds/module-info.ts'
import { eventually, conditionOf, TestPlatform } from './test-platform.ts'

let platform: TestPlatform
beforeAll(async () => {
  platform = await TestPlatform.start(25)
  await platform.run()
})
afterAll(() => platform.stop())

const consoleStatus = (moduleInfo: ModuleInfo): string => deriveStatus({ moduleInfo, versions: [] }).status

describe('a rollout', () => {
  test('shows its stages on the way', async () => {
    // Long enough for each stage to reach the installation, whatever else the machine does.
    await platform.instruct({ stageMilliseconds: '250' }, 'business')
    await platform.publish('staged', ['v1.2.3'])
    const seen = new Set<string>()
    await platform.request('business', 'staged', { version: 'v1.2.3' })
    await eventually(async () => {
      const [info] = await platform.infos('business', 'staged')
      if (info !== undefined) seen.add(installationStatus(info).stage)
      expect(info?.status?.phase).toBe('Running')
    })
    expect([...seen]).toEqual(
      expect.arrayContaining([
        'Pulling chart ait/chart-staged v1.2.3',
        'Installing release staged',
        expect.stringMatching(/^Waiting for \d pods? of staged$/),
      ]),
    )
    await platform.instruct({ stageMilliseconds: '25' }, 'business')
  })

  test('that fails names its cause on the installation, and recovers once that is gone', async () => {
    await platform.publish('weak', ['v1.0.0', 'v2.0.0'])
    await platform.instruct({ weak: 'fail: image ait/weak:v1.0.0 not found' })
    await platform.request('global', 'weak', { version: 'v1.0.0' })
    const info = await platform.until('global', 'weak', ({ status }) => expect(status?.phase).toBe('Failed'))
    const cause = 'image ait/weak:v1.0.0 not found'
    expect(info.status).toMatchObject({
      version: '',
      appReleases: [{ failed: true, ready: false, synced: false, message: cause }],
    })
    expect(conditionOf(info, 'Delivered')).toMatchObject({
      status: 'False',
      reason: 'ReleaseFailed',
      message: `weak: ${cause}`,
    })
    expect(consoleStatus(info)).toBe('Failed')
    await platform.instruct({ weak: 'fail: another cause' })
    await platform.until('global', 'weak', ({ status }) =>
      expect(status?.appReleases?.[0]?.message).toBe('another cause'),
    )
    await platform.instruct({ weak: null })
    expect(consoleStatus(await platform.running('global', 'weak'))).toBe('Running')
  })

  test('of an upgrade that fails can be taken back', async () => {
    await platform.instruct({ weak: 'fail: no' })
    await platform.change('global', 'weak', { version: 'v2.0.0' })
    const info = await platform.until('global', 'weak', ({ status }) => expect(status?.phase).toBe('Failed'))
    expect(info.status?.version).toBe('v1.0.0')
    await platform.instruct({ weak: null })
    await platform.change('global', 'weak', { version: 'v1.0.0' })
    await platform.running('global', 'weak', 'v1.0.0')
  })

  test('that failed can be removed', async () => {
    await platform.publish('lost', ['v1.0.0'])
    await platform.instruct({ lost: 'fail: no' })
    await platform.request('global', 'lost', { version: 'v1.0.0' })
    const info = await platform.until('global', 'lost', ({ status }) => expect(status?.phase).toBe('Failed'))
    await platform.global.delete(MODULE_INFO, info.metadata.name)
    await platform.gone('global', 'lost')
    expect(await platform.release('global', 'lost')).toBeUndefined()
  })

  test('that hangs stays where it is until it is let go', async () => {
    await platform.publish('slow', ['v1.0.0'])
    await platform.instruct({ slow: 'hang' })
    await platform.request('global', 'slow', { version: 'v1.0.0' })
    const info = await platform.until('global', 'slow', (info) =>
      expect(installationStatus(info).stage).toMatch(/^Waiting for/),
    )
    expect(consoleStatus(info)).toBe('Installing')
    await platform.instruct({ slow: null })
    await platform.running('global', 'slow')
  })

  test('what ran and lost its health is Running with bad news: degraded', async () => {
    await platform.instruct({ slow: 'degrade: 1 of 3 pods is crashing' })
    const info = await platform.until('global', 'slow', (info) =>
      expect(conditionOf(info, 'Delivered')).toMatchObject({ reason: 'ReleaseNotReady' }),
    )
    expect(info.status).toMatchObject({
      phase: 'Running',
      appReleases: [{ ready: false, synced: true, failed: false }],
    })
    expect(consoleStatus(info)).toBe('Degraded')
    await platform.instruct({ slow: null })
    await platform.until('global', 'slow', (info) => expect(consoleStatus(info)).toBe('Running'))
  })

  test('is started over when somebody removes the release', async () => {
    const { name, namespace } = { name: 'slow', namespace: 'cpaas-system' }
    const before = await platform.release('global', name)
    await platform.global.delete(
      {
        group: 'operator.alauda.io',
        version: 'v1alpha1',
        plural: 'appreleases',
        kind: 'AppRelease',
        namespaced: true,
      },
      name,
      { namespace },
    )
    await eventually(async () => {
      const after = await platform.release('global', name)
      expect(after?.metadata.uid).toBeDefined()
      expect(after?.metadata.uid).not.toBe(before?.metadata.uid)
    })
    await platform.running('global', 'slow')
  })
})

describe('without a delivery nothing is called Running', () => {
  test('no marker: the release stays as it is, and the installation waits', async () => {
    const { name, namespace } = SIMULATED_DELIVERY_MARKER
    const edge = platform.client('edge')
    const { metadata, data } = await edge.get(CONFIG_MAP, name, { namespace })
    await edge.delete(CONFIG_MAP, name, { namespace })
    await platform.publish('waits', ['v1.0.0'])
    await platform.request('edge', 'waits', { version: 'v1.0.0' })
    const info = await platform.until('edge', 'waits', ({ status }) =>
      expect(status?.phase).toBe('Installing'),
    )
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(await platform.release('edge', 'waits')).not.toHaveProperty('status')
    expect(info.status).toMatchObject({ version: '' })
    expect(installationStatus(info).stage).toBe('Waiting for the delivery agent of the cluster')
    const marker = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name, namespace, labels: metadata.labels ?? {} },
      data: data ?? {},
    }
    await edge.create(CONFIG_MAP, marker, { namespace })
    await platform.running('edge', 'waits')
  })

  test('no AppRelease API: the installation says so', async () => {
    await platform.global.create(CLUSTER, {
      apiVersion: 'platform.tkestack.io/v1',
      kind: 'Cluster',
      metadata: { name: 'bare' },
      spec: { type: 'Imported', version: 'v1.33.4' },
    })
    await platform.publish('undelivered', ['v1.0.0'])
    await platform.request('bare', 'undelivered', { version: 'v1.0.0' })
    const info = await platform.until('bare', 'undelivered', (info) =>
      expect(conditionOf(info, 'Delivered')).toMatchObject({
        status: 'False',
        reason: 'DeliveryUnavailable',
      }),
    )
    expect(info.status).toMatchObject({ phase: 'Pending', version: '' })
    expect(consoleStatus(info)).toBe('Installing')
    await platform.global.delete(CLUSTER, 'bare')
    await platform.gone('bare', 'undelivered')
  })

  test('no namespace for releases yet: it is made', async () => {
    const edge = platform.client('edge')
    for (const { metadata } of await platform.infos('edge', 'waits'))
      await platform.global.delete(MODULE_INFO, metadata.name)
    await platform.gone('edge', 'waits')
    await edge.delete(NAMESPACE, 'cpaas-system')
    await eventually(() => expect(edge.get(NAMESPACE, 'cpaas-system')).rejects.toThrow(/not found/))
    await platform.request('edge', 'waits', { version: 'v1.0.0' })
    await eventually(async () => expect(await platform.release('edge', 'waits')).toBeDefined())
    expect((await edge.get(NAMESPACE, 'cpaas-system')).metadata.deletionTimestamp).toBeUndefined()
    await createMarker(edge)
    await platform.running('edge', 'waits')
  })

  test('an AppRelease of that name that is somebody else’s is left alone', async () => {
    const object = {
      apiVersion: 'operator.alauda.io/v1alpha1',
      kind: 'AppRelease',
      metadata: { name: 'taken' },
      spec: {},
    }
    const resource = {
      group: 'operator.alauda.io',
      version: 'v1alpha1',
      plural: 'appreleases',
      kind: 'AppRelease',
      namespaced: true,
    }
    await platform.global.create(resource, object, { namespace: 'cpaas-system' })
    await platform.publish('taken', ['v1.0.0'])
    await platform.request('global', 'taken', { version: 'v1.0.0' })
    const info = await platform.until('global', 'taken', ({ status }) => expect(status?.phase).toBe('Failed'))
    expect(conditionOf(info, 'Delivered')).toMatchObject({ reason: 'ReleaseNameTaken' })
    expect((await platform.release('global', 'taken'))?.spec).toEqual({})
  })
})

test('a cluster that can’t be reached: new installations wait, running ones are degraded, removals stop', async () => {
  await platform.publish('far', ['v1.0.0'])
  await platform.publish('far-two', ['v1.0.0'])
  await platform.request('business', 'far', { version: 'v1.0.0' })
  await platform.running('business', 'far')
  await platform.controllers?.stop()

  const dead = createKubeClient(loadKubeconfig(platform.kubeconfigPath), {
    cluster: 'business',
    server: 'https://127.0.0.1:9',
  })
  const { registry } = platform
  const blind = Object.create(registry, {
    client: { value: (name: string) => (name === 'business' ? dead : registry.client(name)) },
  }) as typeof registry
  await platform.run({ registry: blind })
  await platform.request('business', 'far-two', { version: 'v1.0.0' })
  const two = await platform.until('business', 'far-two', (info) =>
    expect(conditionOf(info, 'ClusterReachable')).toMatchObject({
      status: 'False',
      reason: 'ClusterUnreachable',
    }),
  )
  expect(two.status).toMatchObject({ phase: 'Pending', version: '' })
  const far = await platform.until('business', 'far', (info) =>
    expect(conditionOf(info, 'ClusterReachable')?.status).toBe('False'),
  )
  expect(consoleStatus(far)).toBe('Degraded')
  await platform.global.delete(MODULE_INFO, far.metadata.name)
  const held = await platform.until('business', 'far', ({ status }) =>
    expect(status?.removeIsPrevented).toBe(true),
  )
  expect(conditionOf(held, 'RemovePrevented')).toMatchObject({ reason: 'ClusterUnreachable' })

  await platform.controllers?.stop()
  await dead.close()
  await platform.run()
  await platform.gone('business', 'far')
  await platform.running('business', 'far-two')
})

test('labels that nobody could read yet decide nothing', async () => {
  const affinity = { clusterAffinity: { matchLabels: { 'cpaas.io/arch-amd64': 'true' } } }
  await platform.publish('picky', ['v1.0.0', 'v1.1.0'], { affinity })
  await platform.publish('picky-two', ['v1.0.0'], { affinity })
  await platform.request('business', 'picky', { version: 'v1.0.0' })
  const { metadata, spec } = await platform.running('business', 'picky')
  await platform.controllers?.stop()

  const dead = createKubeClient(loadKubeconfig(platform.kubeconfigPath), {
    cluster: 'business',
    server: 'https://127.0.0.1:9',
  })
  const { registry } = platform
  // As after a start while a cluster that is known by its nodes alone is down.
  const unlabelled = registry.clusters().map((cluster) => {
    const { name } = cluster.metadata
    return name === 'business' ? { ...cluster, metadata: { name, labels: {} } } : cluster
  })
  const blind = Object.create(registry, {
    clusters: { value: () => unlabelled },
    client: { value: (name: string) => (name === 'business' ? dead : registry.client(name)) },
    areLabelsKnown: { value: (name: string) => name !== 'business' },
  }) as typeof registry
  await platform.run({ registry: blind })
  await platform.request('business', 'picky-two', { version: 'v1.0.0' })
  await platform.global.patch(MODULE_INFO, metadata.name, {
    type: 'merge',
    body: { spec: { ...spec, version: 'v1.1.0' } },
  })
  const running = await platform.until('business', 'picky', (found) =>
    expect(conditionOf(found, 'ClusterReachable')?.status).toBe('False'),
  )
  expect(running.status?.phase).not.toBe('Failed')
  expect(conditionOf(running, 'UpgradeBlocked')).toBeUndefined()
  const asked = await platform.until('business', 'picky-two', (found) =>
    expect(conditionOf(found, 'Accepted')?.reason).toBe('ClusterUnreachable'),
  )
  expect(asked.status?.phase).toBe('Pending')
  await platform.controllers?.stop()
  await dead.close()
  await platform.run()
  await platform.until('business', 'picky', ({ status }) => expect(status?.version).toBe('v1.1.0'))
  await platform.running('business', 'picky-two')
})

test('while nobody may say which clusters there are, a removal leaves nothing behind: it waits', async () => {
  await platform.publish('unseen', ['v1.0.0'])
  await platform.request('business', 'unseen', { version: 'v1.0.0' })
  const { metadata } = await platform.running('business', 'unseen')
  await platform.controllers?.stop()

  const freshness = { state: 'forbidden', knownAt: null, message: 'clusters may not be read' }
  const blind = Object.create(platform.registry, {
    clusters: { value: () => [] },
    client: { value: () => undefined },
    freshness: { value: freshness },
  }) as typeof platform.registry
  await platform.run({ registry: blind })
  await platform.global.delete(MODULE_INFO, metadata.name)
  const held = await platform.until('business', 'unseen', ({ status }) =>
    expect(status?.removeIsPrevented).toBe(true),
  )
  expect(conditionOf(held, 'RemovePrevented')).toMatchObject({ reason: 'ClustersUnknown' })
  expect(await platform.release('business', 'unseen')).toBeDefined()

  await platform.controllers?.stop()
  await platform.run()
  await platform.gone('business', 'unseen')
  expect(await platform.release('business', 'unseen')).toBeUndefined()
})
