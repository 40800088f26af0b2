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

/** Opens the row's menu and chooses an action there. */
export async function chooseFromMenu(page: Page, row: Locator, name: string): Promise<void> {
  await row.getByRole('button', { name: /^More actions/ }).click()
  await page.getByRole('menuitem', { name: new RegExp(`^${name}\\b`) }).click()
}

export function listUrl(cluster: string, query = ''): string {
  return `/marketplace/cluster-plugins?cluster=${cluster}${query === '' ? '' : `&q=${query}`}`
}
