import { expect, expectAccessible, test } from '#e2e/support/test.ts'
import { action, listUrl, pluginRow } from '#e2e/support/pages.ts'
import { tabTo } from '#e2e/support/tab-to.ts'

test.use({ instance: 'keyboard' })

test('skip link, install and uninstall without a mouse', async ({ page }) => {
  await page.goto(listUrl('global', 'web-cli'))
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused()
  await page.keyboard.press('Enter')

  await tabTo(page, /^Install/)
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  const row = pluginRow(page, 'web-cli')
  await expect(row).toContainText('Running')

  await row.getByRole('button', { name: /^More actions/ }).focus()
  await page.keyboard.press('Enter')
  const entry = page.getByRole('menuitem', { name: /^Uninstall/ })
  await expect(entry).toBeVisible()
  for (let step = 0; step < 5 && !(await entry.evaluate((item) => item === document.activeElement)); step++)
    await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(dialog).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Uninstall', exact: true })).toBeEnabled()
  await tabTo(page, /^Uninstall$/)
  await page.keyboard.press('Enter')
  await expect(row).toContainText('Ready')
})

test('a switch of the form is turned with the space bar, focus stays inside the dialog', async ({ page }) => {
  await page.goto(listUrl('business', 'gpu'))
  await action(pluginRow(page, 'gpu-device-plugin'), 'Install').click()
  const dialog = page.getByRole('dialog')
  const pgpu = dialog.getByRole('switch', { name: /pgpu/i })
  await expect(pgpu).toBeVisible()
  await pgpu.focus()
  await page.keyboard.press('Space')
  await expect(pgpu).toBeChecked()
  for (let stop = 0; stop < 30; stop++) {
    await page.keyboard.press('Tab')
    // At either end a guard takes the focus for a moment and hands it back.
    await expect
      .poll(() => dialog.evaluate((element) => element.contains(document.activeElement)), { intervals: [20] })
      .toBe(true)
  }
  // Escape loses nothing that was entered: it asks, and a second one goes back to where the user was.
  await pgpu.focus()
  await page.keyboard.press('Escape')
  await expect(dialog.getByRole('alert')).toContainText('Discard what you entered?')
  await expect(dialog.getByRole('button', { name: 'Keep editing' })).toBeFocused()
  await expectAccessible(page, 'the question whether to discard')
  await page.keyboard.press('Escape')
  await expect(dialog.getByRole('alert')).toHaveCount(0)
  await expect(pgpu).toBeFocused()
  await expect(pgpu).toBeChecked()
  await dialog.getByRole('button', { name: 'Close' }).click()
  await dialog.getByRole('button', { name: 'Keep editing' }).click()
  await page.goBack()
  await expect(page).toHaveURL(/dialog=/)
  await expect(pgpu).toBeChecked()
  await dialog.getByRole('button', { name: 'Discard' }).click()
  await expect(dialog).toBeHidden()
  await expect(page).not.toHaveURL(/dialog=/)
})

test('a row says in short why a plugin does not fit; what is cut off is read on hover', async ({ page }) => {
  await page.goto(listUrl('global'))
  const row = pluginRow(page, 'local-storage')
  const why = row.getByText('Not for clusters with the label is-global=true')
  await expect(why).toBeVisible()
  const tooltip = page.getByRole('tooltip')
  await why.hover()
  await expect(tooltip).toHaveText((await why.textContent()) ?? '')
  // What is whole already needs none.
  await page.mouse.move(0, 0)
  await expect(tooltip).toBeHidden()
  await row.getByRole('link', { name: 'Local Storage' }).hover()
  await page.waitForTimeout(600)
  await expect(tooltip).toBeHidden()
})

test('a dialog whose code can’t be loaded says so and leaves the page alone', async ({ page, cleanPage }) => {
  cleanPage.allow(/chunk|ERR_FAILED|Failed to load/i)
  await page.goto(listUrl('business', 'gpu'))
  const install = action(pluginRow(page, 'gpu-device-plugin'), 'Install')
  await expect(install).toBeEnabled()
  // As after an update of the console, when the code of an open tab is gone.
  await page.route('**/_next/static/chunks/**', (route) => route.abort())
  await install.click()
  const notice = page.getByRole('alert').filter({ hasText: 'This could not be opened' })
  await expect(notice).toBeVisible()
  await expect(pluginRow(page, 'gpu-device-plugin')).toBeVisible()
  await expectAccessible(page, 'a dialog that could not be loaded')
  await page.unroute('**/_next/static/chunks/**')
  await notice.getByRole('button', { name: 'Reload the page' }).click()
  await expect(page.getByRole('dialog', { name: /Install/ })).toBeVisible()
})
