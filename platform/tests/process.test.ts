import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createKubeClient } from '#lib/kube/http-kube-client.ts'
import type { KubeClient } from '#lib/kube/kube-client.ts'
import { loadKubeconfig } from '#lib/kube/load-config.ts'
import { CONFIG_MAP } from '#lib/kinds/core.ts'
import { SIMULATED_DELIVERY_MARKER } from '#lib/kinds/delivery-marker.ts'
import { MODULE_INFO } from '#lib/kinds/module-info.ts'
import { run } from './run-process.ts'
import type { Run } from './run-process.ts'
import { eventually, TestPlatform } from './test-platform.ts'

const { name, namespace } = SIMULATED_DELIVERY_MARKER

let dataDir = ''
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'platform-process-'))
})
afterAll(() => rm(dataDir, { recursive: true, force: true }))

async function kubeconfigOf({ out, err }: Run): Promise<string> {
  await eventually(() => expect(out(), err()).toMatch(/^kubeconfig .+\n$/))
  return out().trim().slice('kubeconfig '.length)
}

async function withClient<T>(kubeconfig: string, use: (client: KubeClient) => Promise<T>): Promise<T> {
  const client = createKubeClient(loadKubeconfig(kubeconfig), { cluster: 'global' })
  try {
    return await use(client)
  } finally {
    await client.close()
  }
}

test('the platform comes up with its first contents running, and comes back after kill -9 with what it had', async () => {
  const first = run('platform/main.ts', ['--data', dataDir])
  const kubeconfig = await kubeconfigOf(first)
  const uids = await withClient(kubeconfig, async (client) => {
    const { items } = await client.listAll(MODULE_INFO)
    expect(items.length).toBeGreaterThan(5)
    expect(items.filter(({ status }) => status?.phase !== 'Running')).toEqual([])
    const marker = await client.get(CONFIG_MAP, name, { namespace })
    expect(marker.data ?? {}).not.toHaveProperty('stageMilliseconds')
    return new Set(items.map(({ metadata }) => metadata.uid))
  })
  first.child.kill('SIGKILL')
  await first.ended

  const second = run('platform/main.ts', ['--data', dataDir, '--exit-with-stdin'])
  await withClient(await kubeconfigOf(second), async (client) => {
    const { items } = await client.listAll(MODULE_INFO)
    expect(new Set(items.map(({ metadata }) => metadata.uid))).toEqual(uids)
  })
  second.child.stdin?.end()
  expect(await second.ended).toBe(0)
})

test('a busy port is one line and exit code 1', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  const busy = run('platform/main.ts', ['--data', join(dataDir, 'busy'), '--port', String(port)])
  expect(await busy.ended).toBe(1)
  expect(busy.err()).toBe(`port ${port} is in use on 127.0.0.1\n`)
  expect(busy.out()).toBe('')
  server.close()
})

test('the controllers run on their own, on whatever cluster a kubeconfig names', async () => {
  const platform = await TestPlatform.start()
  try {
    const controllers = run('platform/controllers/main.ts', ['--kubeconfig', platform.kubeconfigPath])
    await platform.publish('alone', ['v1.0.0'])
    await platform.request('edge', 'alone', { version: 'v1.0.0' })
    await platform.running('edge', 'alone')
    controllers.child.kill('SIGTERM')
    expect(await controllers.ended).toBe(0)
    expect(controllers.err()).toContain('controllers at work')
    const broken = run('platform/controllers/main.ts', ['--kubeconfig', '/nowhere'])
    expect(await broken.ended).toBe(1)
    expect(broken.err().trim().split('\n')).toEqual([expect.stringContaining('/nowhere')])
  } finally {
    await platform.stop()
  }
})
