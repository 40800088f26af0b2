import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import type { Page } from '@playwright/test'
import { startApiServer } from '#e2e/support/api-server.ts'
import type { RunningApiServer } from '#e2e/support/api-server.ts'
import { kubectl } from '#e2e/support/kubectl.ts'
import { action, listUrl, pluginRow } from '#e2e/support/pages.ts'
import { startConsole } from '#e2e/support/start-console.ts'
import type { RunningConsole } from '#e2e/support/start-console.ts'
import { startControllers } from '#e2e/support/start-controllers.ts'
import { expectAccessible } from '#e2e/support/test.ts'

test.describe.configure({ mode: 'serial', timeout: 120_000 })

const NODE = {
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: 'node-1', labels: { 'kubernetes.io/os': 'linux', 'kubernetes.io/arch': 'arm64' } },
}

/** A plugin for clusters on arm64 alone: of these two, the other one. */
const PLUGIN = {
  apiVersion: 'cluster.alauda.io/v1alpha1',
  kind: 'ModulePlugin',
  metadata: {
    name: 'far-sight',
    labels: { 'cpaas.io/module-name': 'far-sight', 'cpaas.io/module-type': 'plugin' },
  },
  spec: {
    name: 'far-sight',
    version: 'v1.0.0',
    description: { en: 'Looks far.', zh: '看得远。' },
    logo: '',
    deleteable: true,
    mainChart: 'ait/chart-far-sight',
    affinity: { clusterAffinity: { matchLabels: { 'cpaas.io/arch-arm64': 'true' } } },
    appReleases: [
      {
        name: 'far-sight',
        chartVersions: [{ name: 'ait/chart-far-sight', releaseName: 'far-sight', version: 'v1.0.0' }],
      },
    ],
  },
}

let folder: string
let global: RunningApiServer
let other: RunningApiServer
let running: RunningConsole
const cleanups: (() => Promise<unknown>)[] = []

test.beforeAll(async () => {
  // The pages may have to be built first.
  test.setTimeout(180_000)
  folder = await mkdtemp(join(tmpdir(), 'clusters-'))
  cleanups.push(() => rm(folder, { recursive: true, force: true }))
  global = await startApiServer({ clusters: 'global' })
  cleanups.push(() => global[Symbol.asyncDispose]())
  other = await startApiServer({ clusters: 'global' })
  cleanups.push(() => other[Symbol.asyncDispose]())
  await copyFile(other.kubeconfig, join(folder, 'business.yaml'))
  await onOther(['create', '-f', '-'], JSON.stringify(NODE))
  const where = ['--kubeconfig', global.kubeconfig, '--clusters', folder]
  const controllers = startControllers(where)
  cleanups.push(() => controllers.stop())
  running = await startConsole(where)
  cleanups.push(() => running.stop())
})

test.afterAll(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

async function onGlobal(args: string[], input?: string): Promise<string> {
  return (await kubectl(['--kubeconfig', global.kubeconfig, ...args], input === undefined ? {} : { input }))
    .stdout
}

async function onOther(args: string[], input?: string): Promise<string> {
  return (await kubectl(['--kubeconfig', other.kubeconfig, ...args], input === undefined ? {} : { input }))
    .stdout
}

function clusterRow(page: Page, name: string) {
  return page.locator(`tr[data-cluster="${name}"]`)
}

test('a folder of kubeconfigs: its clusters are there, with labels from their nodes', async ({ page }) => {
  await page.goto(`${running.url}/clusters`)
  const row = clusterRow(page, 'business')
  await expect(row).toContainText('Running')
  await expect(row).toContainText('cpaas.io/arch-arm64=true')
  await expect(clusterRow(page, 'global')).not.toContainText('arch')

  await page.goto(`${running.url}/about`)
  await expect(page.getByText('Kubeconfig files')).toBeVisible()
  await expect(clusterRow(page, 'business')).toContainText('Answers')
  await expect(clusterRow(page, 'business')).toContainText(join(folder, 'business.yaml'))
  await expectAccessible(page, 'about')
})

test('a plugin goes from the global cluster to the other one, through the page', async ({ page }) => {
  await onGlobal(['create', '-f', '-'], JSON.stringify(PLUGIN))
  await page.goto(running.url + listUrl('business'))
  const row = pluginRow(page, 'far-sight')
  await expect(row).toContainText('Ready')
  await action(row, 'Install').click()
  await expect(row).toContainText('Installing')
  await expect
    .poll(() => onOther(['get', 'appreleases', '-A', '--no-headers', '--ignore-not-found']))
    .toContain('far-sight')
  expect(await onGlobal(['get', 'appreleases', '-A', '--no-headers', '--ignore-not-found'])).toBe('')
  const info = ['get', 'moduleinfo', '-l', 'cpaas.io/cluster-name=business', '-o']
  await expect.poll(() => onGlobal([...info, 'name'])).toMatch(/business-[0-9a-f]{32}\n$/)
  expect(await onGlobal([...info, 'jsonpath={.items[*].metadata.ownerReferences}'])).toBe('')

  await page.goto(running.url + listUrl('global'))
  await expect(pluginRow(page, 'far-sight')).toContainText('Incompatible')
})

test('files that are broken, mended or gone are noticed on the page', async ({ page }) => {
  await page.goto(`${running.url}/clusters`)
  await expect(clusterRow(page, 'business')).toBeVisible()
  await writeFile(join(folder, 'plant.yaml'), 'token: "never-to-be-seen\n\t[')
  const row = clusterRow(page, 'plant')
  await expect(row).toContainText('Unknown')
  await row.getByText('Unknown').hover()
  await expect(page.getByText(/Its kubeconfig can’t be used: not valid YAML/)).toBeVisible()
  await expect(clusterRow(page, 'business')).toContainText('Running')
  await page.goto(`${running.url}/about`)
  await expect(clusterRow(page, 'plant')).toContainText('No way to it')
  expect(await page.content()).not.toContain('never-to-be-seen')
  await copyFile(other.kubeconfig, join(folder, 'plant.yaml'))
  await expect(clusterRow(page, 'plant')).toContainText('Answers')
  await rm(join(folder, 'plant.yaml'))
  await expect(row).toHaveCount(0)
})

test('a cluster that dies is unknown, what was on it as last reported, until it is back', async ({
  page,
}) => {
  const { port } = new URL(
    (await onOther(['config', 'view', '--minify', '-o', 'jsonpath={.clusters[0].cluster.server}'])).trim(),
  )
  await page.goto(`${running.url}/clusters`)
  await expect(clusterRow(page, 'business')).toContainText('Running')
  await other.kill()
  await expect(clusterRow(page, 'business')).toContainText('Unknown', { timeout: 40_000 })
  await expect(clusterRow(page, 'global')).toContainText('Running')
  await page.goto(running.url + listUrl('business'))
  const row = pluginRow(page, 'far-sight')
  await expect(row).toContainText(/As (?:last )?reported/)
  await page.goto(`${running.url}/clusters/business`)
  await expect(page.getByText('This cluster does not answer')).toBeVisible()
  await expectAccessible(page, 'silent cluster')

  const again = await startApiServer({ clusters: 'global', dataDir: other.dataDir, port: Number(port) })
  cleanups.push(() => again.stop())
  await expect(page.getByText('This cluster does not answer')).toBeHidden({ timeout: 60_000 })
})
