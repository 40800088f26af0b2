import type { Locator, Page } from '@playwright/test'

/** The row of a plugin in a table, by its technical name. */
export function pluginRow(page: Page, plugin: string): Locator {
  return page.getByRole('row').filter({ has: page.getByText(plugin, { exact: true }) })
}

/** A button or link in `scope` whose accessible name begins with the action. */
export function action(scope: Locator | Page, name: string): Locator {
  const pattern = new RegExp(`^${name}\\b`)
  return scope
    .getByRole('button', { name: pattern })
    .or(scope.getByRole('link', { name: pattern }))
    .first()
}

/** Takes an action of a row, from its button or, where that is another one, from its menu. */
export async function takeAction(page: Page, row: Locator, name: string): Promise<void> {
  const button = action(row, name)
  if (await button.isVisible()) return button.click()
  await row.getByRole('button', { name: /^More actions/ }).click()
  await page.getByRole('menuitem', { name: new RegExp(`^${name}\\b`) }).click()
}

export function listUrl(cluster: string, query = ''): string {
  return `/marketplace/cluster-plugins?cluster=${cluster}${query === '' ? '' : `&q=${query}`}`
}
