import { expect, test } from '#e2e/support/test.ts'
import { action, takeAction, listUrl, pluginRow } from '#e2e/support/pages.ts'

test.use({ instance: 'web-cli' })

test('web-cli: one click installs it on global, then it is uninstalled', async ({ page, kubectl }) => {
  await page.goto(listUrl('global'))
  const row = pluginRow(page, 'web-cli')
  await expect(row).toContainText('Ready')
  await action(row, 'Install').click()
  const dialog = page.getByRole('dialog')
  await expect(row).toContainText('Running')
  await expect(row).toContainText('v4.0.4')
  expect(await kubectl('get', 'moduleinfo', '-l', 'cpaas.io/module-name=web-cli', '--no-headers')).toMatch(
    /^global-[0-9a-f]{32} .*Running +v4\.0\.4 +v4\.0\.4 +v4\.0\.4\n$/,
  )

  await takeAction(page, row, 'Uninstall')
  await dialog.getByRole('button', { name: 'Uninstall', exact: true }).click()
  await expect(row).toContainText('Ready')
  expect(await kubectl('get', 'moduleinfo', '-l', 'cpaas.io/module-name=web-cli', '-o', 'name')).toBe('')
})

test('web-cli does not fit business, and the page says which label', async ({ page }) => {
  await page.goto(listUrl('business', 'web-cli'))
  const row = pluginRow(page, 'web-cli')
  await expect(row).toContainText('Incompatible')
  await row.getByText('Incompatible').hover()
  await expect(page.getByText(/is-global/).first()).toBeVisible()
})

test('web-cli: an older version, chosen in the dialog', async ({ page }) => {
  await page.goto(listUrl('global', 'web-cli'))
  const row = pluginRow(page, 'web-cli')
  await expect(row).toContainText('Ready')
  await row.getByRole('button', { name: /^More actions/ }).click()
  await page.getByRole('menuitem', { name: /^Install with options/ }).click()
  const dialog = page.getByRole('dialog')
  await expect(page).toHaveURL(/dialog=install/)
  await dialog.getByRole('combobox', { name: 'Version' }).click()
  await page.getByRole('option', { name: /v4\.0\.3/ }).click()
  await dialog.getByRole('button', { name: 'Install', exact: true }).click()
  await expect(dialog).toBeHidden()
  await expect(row).toContainText('Running')
  await expect(row).toContainText('v4.0.3')
})
