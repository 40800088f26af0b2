import type { Locator, Page } from '@playwright/test'
import { expect, test } from '#e2e/support/fault-stage.ts'
import { listUrl, pluginRow } from '#e2e/support/pages.ts'
import { PICKER_PLUGIN, publishPickerPlugin } from '#e2e/support/picker-plugin.ts'

test.use({ instance: 'faults-pickers' })

const LABEL = `cpaas.io/module-name=${PICKER_PLUGIN}`

test.beforeAll(async ({ platform }) => {
  await publishPickerPlugin(platform.kubeconfig)
})

async function openInstall(page: Page): Promise<Locator> {
  await page.goto(`${listUrl('business', PICKER_PLUGIN)}&dialog=install&plugin=${PICKER_PLUGIN}`)
  return page.getByRole('dialog')
}

test('what may not be listed is typed, with the reason beside it, and listed once it may be', async ({
  page,
  faultProxy: proxy,
  kubectl,
  cleanPage,
}) => {
  cleanPage.allow(/status of 403/)
  const secrets = proxy.inject('forbidden', { path: /\/api\/v1\/secrets\?/ })
  const nodes = proxy.inject('forbidden', { path: /\/kubernetes\/business\/api\/v1\/nodes\?.*limit=500$/ })
  const dialog = await openInstall(page)
  const credentials = dialog.getByRole('textbox', { name: 'Credentials' })
  await expect(credentials).toHaveAccessibleDescription(
    /may not list objects of the kind Secret on cluster business/,
  )
  await credentials.fill('some-s3')
  // Several names are typed one below the other.
  await dialog.getByRole('group', { name: 'Nodes' }).getByRole('button', { name: /Add/ }).click()
  await page.keyboard.type('192.0.2.11')
  await expect(dialog.getByText('Type the names instead.')).toBeVisible()
  secrets.lift()
  await dialog.getByRole('button', { name: 'Try again' }).last().click()
  const list = dialog.getByRole('combobox', { name: 'Credentials' })
  await expect(list).toHaveValue('some-s3')
  await expect(list).toBeFocused()
  await expect(dialog.getByText('some-s3 was not found in cluster business.')).toBeVisible()
  await dialog.getByRole('button', { name: 'Install', exact: true }).click()
  await expect(dialog).toBeHidden()
  await expect(pluginRow(page, PICKER_PLUGIN)).toContainText('Running')
  const config = await kubectl('get', 'moduleinfo', '-l', LABEL, '-o', 'jsonpath={.items[*].spec.config}')
  expect(JSON.parse(config)).toMatchObject({ nodes: ['192.0.2.11'], credentials: 'some-s3' })
  nodes.lift()
})

test('a cluster that does not answer leaves text fields that say so', async ({
  page,
  faultProxy: proxy,
  cleanPage,
}) => {
  cleanPage.allow(/status of 503/)
  const away = proxy.inject('drop', { path: /^\/kubernetes\/edge\// })
  await page.goto(`${listUrl('edge', PICKER_PLUGIN)}&dialog=install&plugin=${PICKER_PLUGIN}`)
  const dialog = page.getByRole('dialog')
  const field = dialog.getByRole('textbox', { name: 'Storage class' })
  await expect(field).toHaveAccessibleDescription(/cluster edge can’t be reached/)
  // What is not of that cluster is there all the same.
  await dialog.getByRole('combobox', { name: 'Settings of global' }).click()
  await expect(page.getByRole('option', { name: 'cluster-settings' })).toBeVisible()
  await page.keyboard.press('Escape')
  // Asked again in vain; what comes with another cluster does not take the focus from where it is.
  await dialog.getByRole('button', { name: 'Try again' }).nth(1).click()
  await expect(field).toHaveAccessibleDescription(/cluster edge can’t be reached/)
  const target = dialog.getByRole('combobox', { name: 'Target cluster' })
  for (const cluster of [/^global/, /^edge/]) {
    await target.focus()
    await page.keyboard.press('Enter')
    await page.getByRole('option', { name: cluster }).click()
    await expect(target).toBeFocused()
    if (cluster.test('global'))
      await expect(dialog.getByRole('combobox', { name: 'Storage class' })).toBeVisible()
  }
  await expect(field).toHaveAccessibleDescription(/cluster edge can’t be reached/)
  away.lift()
  await dialog.getByRole('button', { name: 'Try again' }).nth(1).click()
  await dialog.getByRole('combobox', { name: 'Storage class' }).click()
  await expect(page.getByRole('option', { name: 'local-path' })).toBeVisible()
})
