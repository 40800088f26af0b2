import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { type RunningApiServer, startApiServer } from '../support/api-server.ts'
import { type FaultProxy, startFaultProxy } from '../support/fault-proxy.ts'
import { openKubeApi } from '../support/kube-api.ts'
import { type RunningConsole, startConsole } from '../support/start-console.ts'

test.describe.configure({ timeout: 150_000 })

const NAMES = [
  'global',
  ...Array.from({ length: 19 }, (_, index) => `c${String(index + 1).padStart(2, '0')}`),
]
const CLUSTERS = '/apis/platform.tkestack.io/v1/clusters'
const MERGE = { 'content-type': 'application/merge-patch+json' }
const PLUGINS_OF_C07 = '/marketplace/cluster-plugins?cluster=c07'
const HEALED_WITHIN = 60_000

let dataDir: string
let server: RunningApiServer
let proxy: FaultProxy
let running: RunningConsole

test.beforeAll(async () => {
  test.setTimeout(120_000)
  dataDir = await mkdtemp(join(tmpdir(), 'fault-clusters-'))
  server = await startApiServer({ dataDir, clusters: NAMES.join(',') })
  for (const name of NAMES) await createCluster(name)
  proxy = await startFaultProxy(server.kubeconfig)
  running = await startConsole(['--kubeconfig', proxy.kubeconfig])
})

test.afterAll(async () => {
  await running.stop()
  await proxy.close()
  await server.stop()
  await rm(dataDir, { recursive: true, force: true })
})

async function createCluster(name: string): Promise<void> {
  const api = await openKubeApi(server.kubeconfig)
  const labels = { 'cpaas.io/os-linux': '', ...(name === 'global' ? { 'is-global': 'true' } : {}) }
  const cluster = {
    apiVersion: 'platform.tkestack.io/v1',
    kind: 'Cluster',
    metadata: { name, labels },
    spec: { displayName: `Cluster ${name}`, type: 'Imported', version: 'v1.33.4' },
  }
  const { status, body } = await api.call('POST', CLUSTERS, cluster)
  const phase = await api.call('PATCH', `${CLUSTERS}/${name}/status`, { status: { phase: 'Running' } }, MERGE)
  await api.close()
  if (phase.status !== 200) throw new Error(`${name}: ${phase.status} ${JSON.stringify(phase.body)}`)
  if (status !== 201) throw new Error(`${name}: ${status} ${JSON.stringify(body)}`)
}

test('one of twenty clusters swallows everything: it alone is unknown, and nobody waits for it', async ({
  page,
  request,
}) => {
  const black = proxy.inject('hold', { path: /^\/kubernetes\/c07\// })
  try {
    proxy.cut()
    await black.reached(2)
    await page.goto(`${running.url}/clusters`)
    // The other nineteen are there, and what the page follows came back after the cut.
    await expect(page.getByRole('row')).toHaveCount(NAMES.length + 1)
    await expect(page.getByRole('button', { name: 'Live', exact: true })).toBeVisible({
      timeout: HEALED_WITHIN,
    })
    const phases = (word: string) =>
      page.getByRole('row').filter({ has: page.getByText(word, { exact: true }) })
    await expect(phases('Unknown')).toHaveCount(1, { timeout: HEALED_WITHIN })
    await expect(phases('Unknown')).toContainText('c07')
    await expect(phases('Running')).toHaveCount(NAMES.length - 1)
    for (const path of ['/api/clusters', '/clusters', '/clusters/c08', '/clusters/c07', PLUGINS_OF_C07])
      expect((await request.get(running.url + path, { timeout: 4000 })).status()).toBe(200)
  } finally {
    black.lift()
  }
  await expect(page.getByRole('row').filter({ hasText: 'Unknown' })).toHaveCount(0, {
    timeout: HEALED_WITHIN,
  })
})

test('the API server of twenty clusters is killed and comes back: so does the page, without a reload', async ({
  page,
}) => {
  await page.goto(`${running.url}/clusters`)
  const live = page.getByRole('button', { name: 'Live', exact: true })
  await expect(live).toBeVisible()
  await expect(page.getByRole('row')).toHaveCount(NAMES.length + 1)
  await page.evaluate(() => document.body.setAttribute('data-not-reloaded', ''))
  const { port } = new URL((await openKubeApi(server.kubeconfig)).server)
  await server.kill()
  await expect(live).toBeHidden()
  await expect(page.getByRole('row')).toHaveCount(NAMES.length + 1)

  server = await startApiServer({ dataDir, clusters: NAMES.join(','), port: Number(port) })
  await expect(live).toBeVisible({ timeout: HEALED_WITHIN })
  // What happens from now on is seen again.
  await createCluster('newcomer')
  await expect(page.getByRole('row').filter({ hasText: 'newcomer' })).toBeVisible()
  await expect(page.locator('body')).toHaveAttribute('data-not-reloaded')
})
