import { rm } from 'node:fs/promises'
import { expect, test } from '@playwright/test'
import { pluginDetail, problemOf, send } from '../support/api.ts'
import { kubectl as runKubectl } from '../support/kubectl.ts'
import { newDataDir } from '../support/new-data-dir.ts'
import { listUrl, pluginRow, takeAction } from '../support/pages.ts'
import { type RunningConsole, startConsole } from '../support/start-console.ts'
import { type RunningPlatform, startPlatform } from '../support/start-platform.ts'

test.describe.configure({ timeout: 150_000 })

/** The page has to say within 15 s that it is not live; the rest is for a busy machine. Milliseconds. */
const NOTICED_WITHIN = 25_000
const HEALED_WITHIN = 40_000

let data: string
let platform: RunningPlatform
let running: RunningConsole

test.beforeAll(async () => {
  test.setTimeout(120_000)
  data = await newDataDir('fault-platform-')
  platform = await startPlatform(data)
  running = await startConsole(['--kubeconfig', platform.kubeconfig])
})

test.afterAll(async () => {
  await running.stop()
  await platform.stop()
  await rm(data, { recursive: true, force: true })
})

async function kubectl(...args: string[]): Promise<string> {
  return (await runKubectl(['--kubeconfig', platform.kubeconfig, ...args])).stdout
}

async function installationNames(plugin: string): Promise<string[]> {
  const names = await kubectl('get', 'moduleinfo', '-l', `cpaas.io/module-name=${plugin}`, '-o', 'name')
  return names.split('\n').filter((name) => name !== '')
}

test('an API server that stopped answering: the page says that it is not live, and comes back by itself', async ({
  page,
  request,
}) => {
  await page.goto(running.url + listUrl('global', 'web-cli'))
  const row = pluginRow(page, 'web-cli')
  const live = page.getByRole('button', { name: 'Live', exact: true })
  await expect(row).toContainText('Ready')
  await expect(live).toBeVisible()
  const body = { cluster: 'global', plugin: 'web-cli', version: 'v4.0.4' }
  platform.process.kill('SIGSTOP')
  try {
    await expect(live).toBeHidden({ timeout: NOTICED_WITHIN })
    await expect(page.getByRole('button', { name: /^(Partly|Not) live/ })).toBeVisible()
    await expect(row).toContainText('web-cli')
    // A page that is opened now has its rows, too: they come from what the console knows.
    const other = await page.context().newPage()
    await other.goto(running.url + listUrl('global', 'web-cli'))
    await expect(pluginRow(other, 'web-cli')).toBeVisible()
    await other.close()
    const refused = await send(request, running.url, 'POST', `${running.url}/api/installations`, body)
    expect(refused.status()).toBe(503)
    expect(await problemOf(refused)).toMatchObject({ code: 'unavailable' })
  } finally {
    platform.process.kill('SIGCONT')
  }
  await expect(live).toBeVisible({ timeout: HEALED_WITHIN })
  // The stopped server may find the request in its socket and carry it out after all; a repetition doubles nothing.
  const repeated = await send(request, running.url, 'POST', `${running.url}/api/installations`, body)
  expect([201, 409]).toContain(repeated.status())
  await expect(row).toContainText('Running')
  expect(await installationNames('web-cli')).toHaveLength(1)
})

test('the console is killed in the middle of an installation: started again it knows, and the page goes on', async ({
  page,
  request,
}) => {
  const slow = '{"data":{"stageMilliseconds":"4000"}}'
  await kubectl('patch', 'cm', 'simulated-delivery', '-n', 'cpaas-system', '--type=merge', '-p', slow)
  await page.goto(running.url + listUrl('business', 'gpu'))
  const row = pluginRow(page, 'gpu-device-plugin')
  await takeAction(page, row, 'Install')
  await page.getByRole('dialog').getByRole('button', { name: 'Install', exact: true }).click()
  await expect(row).toContainText('Installing')
  const ended = new Promise((done) => running.process.once('exit', done))
  running.process.kill('SIGKILL')
  await ended
  await expect(page.getByRole('button', { name: /^Not live/ })).toBeVisible()
  await expect(row).toContainText('Installing')

  const { port } = new URL(running.url)
  running = await startConsole(['--kubeconfig', platform.kubeconfig, '--port', port])
  await expect(page.getByRole('button', { name: 'Live', exact: true })).toBeVisible({
    timeout: HEALED_WITHIN,
  })
  await expect(row).toContainText('Running', { timeout: HEALED_WITHIN })
  expect(await installationNames('gpu-device-plugin')).toHaveLength(1)
  const detail = await pluginDetail(request, 'gpu-device-plugin', running.url)
  expect(detail.installations.map(({ status }) => status)).toEqual(['Running'])
})
