import type { Locator } from '@playwright/test'
import { openGroups } from '#e2e/support/form-fields.ts'
import { operatorLists } from '#e2e/support/operator-lists.ts'
import type { OperatorList } from '#e2e/support/operator-lists.ts'
import { READING } from '#e2e/support/reading.ts'
import { expect, test } from '#e2e/support/test.ts'

test.use(READING)

const TIME_MS = 180_000
/** Controls are used in every so manieth list. */
const EACH = 4

/** Whether nothing of a list is to be seen before somebody changes a value. */
function isBlank({ descriptors }: OperatorList): boolean {
  return descriptors.every(({ 'x-descriptors': texts = [] }) =>
    texts.some((text) => text.endsWith(':hidden') || text.includes(':fieldDependency:')),
  )
}

/** Uses the first control of some kinds that there is; what it does is other specs' business. */
async function useSome(form: Locator): Promise<void> {
  const on = form.locator('input[role=switch]:enabled').first()
  if (await on.count()) await on.click()
  const text = form.getByRole('textbox').and(form.locator('input:enabled:not([readonly])')).first()
  if (await text.count()) await text.fill('7')
  const add = form.locator('[data-add]').first()
  if (await add.count()) await add.click()
}

test('the lists of operators make forms without a complaint', async ({ page, cleanPage: _watched }) => {
  test.setTimeout(TIME_MS)
  await page.goto('/gallery')
  await page.getByRole('tab', { name: 'Playground' }).click()
  const config = page.getByRole('textbox', { name: 'Configuration', exact: true }).first()
  const descriptors = page.getByRole('textbox', { name: 'Descriptors', exact: true }).first()
  const form = page.getByRole('region', { name: 'Control: Playground' })
  const lists = operatorLists()
  for (const [index, list] of lists.entries()) {
    await config.fill(JSON.stringify(list.config ?? {}))
    await descriptors.fill(JSON.stringify(list.descriptors))
    if (!isBlank(list)) await expect(form.locator('[data-field]').first()).toBeVisible()
    await openGroups(form)
    if (index % EACH === 0) await useSome(form)
  }
  expect(lists.length).toBeGreaterThanOrEqual(150)
})
