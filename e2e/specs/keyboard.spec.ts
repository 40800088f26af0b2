import type { Page } from '@playwright/test'
import { expect, expectAccessible, test } from '#e2e/support/test.ts'
import { listUrl, pluginRow } from '#e2e/support/pages.ts'

test.use({ instance: 'keyboard' })

/** Presses Tab until what has the focus matches; fails after a page's worth of stops. */
async function tabTo(page: Page, pattern: RegExp, key = 'Tab'): Promise<void> {
  for (let stop = 0; stop < 120; stop++) {
    await page.keyboard.press(key)
    const name = await page.evaluate(() => {
      const element = document.activeElement
      if (element === null || element === document.body) return ''
      return `${element.getAttribute('aria-label') ?? ''} ${element.textContent ?? ''}`.trim()
    })
    if (pattern.test(name)) return
  }
  throw new Error(`no stop of the Tab key matches ${pattern}`)
}

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
  await page.goto(`${listUrl('business', 'gpu')}&dialog=install&plugin=gpu-device-plugin`)
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
  await dialog.getByRole('button', { name: 'Discard' }).click()
  await expect(dialog).toBeHidden()
  await expect(page).not.toHaveURL(/dialog=/)
})
