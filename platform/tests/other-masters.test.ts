import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createKubeClient } from '#lib/kube/http-kube-client.ts'
import { NotFoundError } from '#lib/kube/kube-error.ts'
import type { KubeClient } from '#lib/kube/kube-client.ts'
import { loadKubeconfig } from '#lib/kube/load-config.ts'
import { OWN_NAMESPACE, PLATFORM_NAMESPACE } from '#lib/kinds/labels.ts'
import { CONTROLLERS_LEASE, LEASE } from '#lib/kinds/lease.ts'
import { MODULE_INFO } from '#lib/kinds/module-info.ts'
import { findEvidence } from '#platform/controllers/other-masters/find-evidence.ts'
import { guardControllers } from '#platform/controllers/other-masters/guard-controllers.ts'
import type {
  GuardedControllers,
  GuardOptions,
} from '#platform/controllers/other-masters/guard-controllers.ts'
import { runPlatform } from '../run-platform.ts'
import { run } from './run-process.ts'
import { eventually, TestPlatform } from './test-platform.ts'

let platform: TestPlatform
const started: GuardedControllers[] = []
beforeAll(async () => {
  platform = await TestPlatform.start()
})
afterEach(async () => {
  for (const controllers of started.splice(0)) await controllers.stop()
  await platform.global
    .delete(LEASE, 'cluster-transformer', { namespace: PLATFORM_NAMESPACE })
    .catch((error: unknown) => {
      if (!(error instanceof NotFoundError)) throw error
    })
})
afterAll(() => platform.stop())

function evidence(client: KubeClient): Promise<string[]> {
  return findEvidence({ client, withInstallations: true, onBlind: (line) => expect.fail(line) })
}

function guard(options: Partial<GuardOptions> = {}): GuardedControllers {
  const controllers = guardControllers({ registry: platform.registry, lookMs: 50, ...options })
  started.push(controllers)
  return controllers
}

/** The platform's own controller shows itself. */
async function appear(renewTime = new Date().toISOString().replace('Z', '000Z')): Promise<void> {
  await platform.global.create(LEASE, {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name: 'cluster-transformer', namespace: PLATFORM_NAMESPACE },
    spec: { holderIdentity: 'cluster-transformer-0', leaseDurationSeconds: 15, renewTime },
  })
}

test('neither the first contents of an embedded platform nor what we did there is evidence', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'masters-'))
  const embedded = await runPlatform({ dataDir, port: 0, log: () => undefined })
  const client = createKubeClient(loadKubeconfig(embedded.kubeconfigPath), { cluster: 'global' })
  try {
    const { items } = await client.listAll(MODULE_INFO)
    expect(items.some(({ metadata }) => metadata.labels?.['create-by'] === 'cluster-transformer')).toBe(true)
    expect(await evidence(client)).toEqual([])
  } finally {
    await client.close()
    await embedded.close()
    await rm(dataDir, { recursive: true, force: true })
  }
})

test('the platform’s product is evidence, in whatever version it is served', async () => {
  expect(await evidence(platform.global)).toEqual([])
  const crd = {
    group: 'apiextensions.k8s.io',
    version: 'v1',
    plural: 'customresourcedefinitions',
    kind: 'CustomResourceDefinition',
    namespaced: false,
  } as const
  const names = { plural: 'productbases', singular: 'productbase', kind: 'ProductBase' }
  const schema = {
    openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
  }
  const definition = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: crd.kind,
    metadata: { name: 'productbases.product.alauda.io' },
    spec: {
      group: 'product.alauda.io',
      scope: 'Cluster',
      names,
      versions: [{ name: 'v1alpha2', served: true, storage: true, schema }],
    },
  }
  await platform.global.create(crd, definition)
  expect(await evidence(platform.global)).toEqual([])
  const resource = { ...crd, ...names, group: 'product.alauda.io', version: 'v1alpha2' }
  await eventually(() =>
    platform.global.create(resource, {
      apiVersion: 'product.alauda.io/v1alpha2',
      kind: 'ProductBase',
      metadata: { name: 'base' },
    }),
  )
  expect(await evidence(platform.global)).toEqual([
    'ProductBase base (product.alauda.io) says that the platform is installed here',
  ])
  await platform.global.delete(resource, 'base')
})

describe('where the platform’s controllers run', () => {
  test('a process refuses to start, names the evidence, and writes nothing', async () => {
    await appear()
    const { err, ended } = run('platform/controllers/main.ts', ['--kubeconfig', platform.kubeconfigPath])
    expect(await ended).toBe(1)
    expect(err()).toMatch(
      /two masters must never be:\n\S+ {3}Lease cpaas-system\/cluster-transformer was renewed by cluster-transformer-0 at /,
    )
    const lease = platform.global.get(LEASE, CONTROLLERS_LEASE, { namespace: OWN_NAMESPACE })
    await expect(lease).rejects.toThrow(NotFoundError)
  })

  test('it starts when told that they are gone', async () => {
    await appear()
    const lines: string[] = []
    const controllers = guard({ isOverridden: true, log: (line) => lines.push(line) })
    await controllers.ready()
    await platform.publish('overridden', ['v1.0.0'])
    await platform.request('global', 'overridden', { version: 'v1.0.0' })
    await platform.running('global', 'overridden')
    expect(lines.filter((line) => line.startsWith('taken for a leftover: Lease'))).toHaveLength(1)
  })

  test('it starts where only what they left behind is found', async () => {
    await appear('2026-01-01T00:00:00.000000Z')
    await guard().ready()
  })
})

describe('when they appear later', () => {
  test('work ends, the lease is given back, and an Event tells', async () => {
    const lines: string[] = []
    const controllers = guard({ log: (line) => lines.push(line) })
    await controllers.ready()
    await appear()
    const found = await controllers.refused
    expect(found).toEqual([expect.stringContaining('Lease cpaas-system/cluster-transformer')])
    expect(lines).toContain(`  ${found[0]}`)
    const lease = await platform.global.get(LEASE, CONTROLLERS_LEASE, { namespace: OWN_NAMESPACE })
    expect(lease.spec?.holderIdentity).toBe('')
    const events = { group: '', version: 'v1', plural: 'events', kind: 'Event', namespaced: true } as const
    const { items } = await platform.global.listAll(events, { namespace: OWN_NAMESPACE })
    expect(items).toEqual([
      expect.objectContaining({
        reason: 'PlatformControllersFound',
        type: 'Warning',
        message: found[0],
        involvedObject: expect.objectContaining({ kind: 'Lease', name: CONTROLLERS_LEASE }),
      }),
    ])
    await platform.request('global', 'nobody-there', { version: 'v1.0.0' })
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect((await platform.infos('global', 'nobody-there'))[0]?.status).toBeUndefined()
  })

  test('as a status that is not ours, work ends at once', async () => {
    const controllers = guard({ lookMs: 3_600_000 })
    await controllers.ready()
    await platform.publish('contested', ['v1.0.0'])
    await platform.request('global', 'contested', { version: 'v1.0.0' })
    const info = await platform.running('global', 'contested')
    const status = { ...info.status, phase: 'Running', version: 'v1.0.0', specHash: '5f2a9c' }
    await platform.global.replace(
      MODULE_INFO,
      { ...info, status },
      { subresource: 'status', fieldManager: 'cluster-transformer' },
    )
    expect(await controllers.refused).toEqual([expect.stringContaining('was given the specHash 5f2a9c')])
  })
})
