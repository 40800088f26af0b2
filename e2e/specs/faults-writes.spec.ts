import type { Locator } from '@playwright/test'
import { expect, test } from '#e2e/support/fault-stage.ts'
import { action, listUrl, pluginRow, takeAction } from '#e2e/support/pages.ts'
import { problemOf, send } from '#e2e/support/api.ts'

test.use({ instance: 'faults-writes' })

const INFOS = /^\/apis\/cluster\.alauda\.io\/v1alpha1\/moduleinfoes/
const CHANGED = 'Somebody changed this installation meanwhile'

function selectorOf(cluster: string, plugin: string): string {
  return `cpaas.io/cluster-name=${cluster},cpaas.io/module-name=${plugin}`
}

test('the reply to an install is lost after the commit: one installation, and the page shows it', async ({
  page,
  faultProxy: proxy,
  kubectl,
  request,
  baseURL,
  cleanPage,
}) => {
  cleanPage.allow(/status of 503/)
  await page.goto(listUrl('global', 'web-cli'))
  const row = pluginRow(page, 'web-cli')
  await expect(row).toContainText('Ready')
  const fault = proxy.inject('lose-reply', { method: 'POST', path: INFOS })
  await action(row, 'Install').click()
  // Nobody knows whether it happened: said so, and not tried a second time by anybody.
  await expect(page.getByText('The cluster can’t be reached').first()).toBeVisible()
  await expect(page.getByRole('row', { name: /web-cli/, includeHidden: true }).first()).toContainText(
    'Running',
  )
  expect(fault.hits).toBe(1)
  fault.lift()

  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('button', { name: 'Install', exact: true })).toBeDisabled()
  const body = { cluster: 'global', plugin: 'web-cli', version: 'v4.0.4' }
  const again = await send(request, baseURL ?? '', 'POST', '/api/installations', body)
  expect(again.status()).toBe(409)
  const names = await kubectl('get', 'moduleinfo', '-l', selectorOf('global', 'web-cli'), '-o', 'name')
  expect(names.trim().split('\n')).toHaveLength(1)
})

test('somebody changes an installation while its upgrade dialog is open: the dialog says so first', async ({
  page,
  kubectl,
}) => {
  const label = selectorOf('business', 'prometheus')
  await page.goto(`${listUrl('business', 'prometheus')}&dialog=upgrade&plugin=prometheus`)
  const dialog = page.getByRole('dialog')
  const upgrade = dialog.getByRole('button', { name: 'Upgrade', exact: true })
  await expect(upgrade).toBeEnabled()
  const patch = '{"spec":{"config":{"replicas":2}}}'
  await kubectl('patch', await infoName(kubectl, label), '--type=merge', '-p', patch)
  await expect(dialog).toContainText(CHANGED)
  await expect(upgrade).toBeDisabled()
  await lookAgainAndUpgrade(dialog)
  await expect(pluginRow(page, 'prometheus')).toContainText('v4.2.1')
  const spec = await kubectl('get', 'moduleinfo', '-l', label, '-o', 'jsonpath={.items[*].spec}')
  expect(JSON.parse(spec)).toMatchObject({ version: 'v4.2.1', config: { replicas: 2 } })
})

test('somebody writes in the moment in which the upgrade is written: one wins, nothing is lost', async ({
  page,
  faultProxy: proxy,
  kubectl,
  cleanPage,
}) => {
  cleanPage.allow(/status of 409/)
  const label = selectorOf('business', 'local-storage')
  await page.goto(`${listUrl('business', 'local-storage')}&dialog=upgrade&plugin=local-storage`)
  const dialog = page.getByRole('dialog')
  const upgrade = dialog.getByRole('button', { name: 'Upgrade', exact: true })
  await expect(upgrade).toBeEnabled()
  // The console has looked at the object, found it unchanged and written: that is where it is held up.
  const fault = proxy.inject('hold', { method: 'PUT', path: INFOS })
  await upgrade.click()
  await fault.reached(1)
  const patch = '{"spec":{"config":{"snapshots":true}}}'
  await kubectl('patch', await infoName(kubectl, label), '--type=merge', '-p', patch)
  fault.lift()
  await expect(dialog).toContainText(CHANGED)
  const specOf = async () =>
    JSON.parse(await kubectl('get', 'moduleinfo', '-l', label, '-o', 'jsonpath={.items[*].spec}')) as unknown
  expect(await specOf()).toMatchObject({ version: 'v2.3.0', config: { snapshots: true } })

  await lookAgainAndUpgrade(dialog)
  await expect(pluginRow(page, 'local-storage')).toContainText('v2.4.0')
  expect(await specOf()).toMatchObject({ version: 'v2.4.0', config: { snapshots: true } })
})

test('a busy API server refuses everything for a while: the page keeps what it knows, and heals', async ({
  page,
  faultProxy: proxy,
  request,
  baseURL,
  kubectl,
}) => {
  await page.goto(listUrl('business', 'gpu'))
  const row = pluginRow(page, 'gpu-device-plugin')
  const live = page.getByRole('button', { name: 'Live', exact: true })
  await expect(row).toContainText('Ready')
  await expect(live).toBeVisible()
  const fault = proxy.inject('too-many-requests', { path: /./ })
  proxy.cut()
  await fault.reached(10)
  await expect(live).toBeHidden()
  await expect(row).toContainText('Ready')
  const body = { cluster: 'business', plugin: 'gpu-device-plugin', version: 'v4.0.15', config: {} }
  const refused = await send(request, baseURL ?? '', 'POST', '/api/installations', body)
  expect(refused.status()).toBe(503)
  expect((await problemOf(refused)).code).toBe('unavailable')

  fault.lift()
  await expect(live).toBeVisible({ timeout: 40_000 })
  await takeAction(page, row, 'Install')
  await page.getByRole('dialog').getByRole('button', { name: 'Install', exact: true }).click()
  await expect(row).toContainText('Running')
  const names = await kubectl(
    'get',
    'moduleinfo',
    '-l',
    selectorOf('business', 'gpu-device-plugin'),
    '-o',
    'name',
  )
  expect(names.trim().split('\n')).toHaveLength(1)
})

/** The platform carries out the other change meanwhile, and each step of that is one more change. */
async function lookAgainAndUpgrade(dialog: Locator): Promise<void> {
  const upgrade = dialog.getByRole('button', { name: 'Upgrade', exact: true })
  await expect(async () => {
    const again = dialog.getByRole('button', { name: 'Show it as it is now' })
    if (await again.isVisible()) await again.click({ timeout: 1000 })
    if (await upgrade.isVisible()) await upgrade.click({ timeout: 1000 })
    await expect(dialog).toBeHidden({ timeout: 1000 })
  }).toPass({ timeout: 30_000 })
}

async function infoName(kubectl: (...args: string[]) => Promise<string>, label: string): Promise<string> {
  const names = await kubectl('get', 'moduleinfo', '-l', label, '-o', 'name')
  return names.trim()
}
