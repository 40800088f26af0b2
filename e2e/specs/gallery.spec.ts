import type { Locator, Page } from '@playwright/test'
import { READING } from '#e2e/support/reading.ts'
import { startConsole } from '#e2e/support/start-console.ts'
import { expect, expectAccessible, test } from '#e2e/support/test.ts'

test.use(READING)

async function openRow(page: Page, id: string): Promise<{ form: Locator; value: Locator }> {
  // Not all sixty forms for the one that is used.
  await page.goto(`/gallery?q=${id}`)
  const row = page.locator(`#row-${id}`)
  const form = row.getByRole('region', { name: /^Control: / })
  await expect(form.locator('[data-field]').first()).toBeVisible()
  return { form, value: row.locator('section[aria-label^="Value: "]') }
}

for (const [theme, language] of [
  ['light', 'en'],
  ['dark', 'zh'],
] as const)
  test(`every capability, ${theme}, ${language}`, async ({ page, context, baseURL }) => {
    test.slow()
    await page.emulateMedia({ reducedMotion: 'reduce' })
    const url = baseURL ?? ''
    await context.addCookies([
      { name: 'theme', value: theme, url },
      { name: 'language', value: language, url },
    ])
    await page.goto('/gallery')
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
    const rows = page.locator('[data-shows]')
    await expect(rows.nth(40)).toBeAttached()
    for (const row of await rows.all()) await expect(row.locator('[data-field]').first()).toBeAttached()
    await expect(page.locator('.cm-editor').first()).toBeVisible()
    await expectAccessible(page, `gallery, ${theme}, ${language}`)
  })

test('nothing of it is there without being asked for', async ({ page, cleanPage }) => {
  cleanPage.allow(/404/)
  const plain = await startConsole()
  try {
    expect((await page.goto(`${plain.url}/gallery`))?.status()).toBe(404)
    await expect(page.locator('[data-shows]')).toHaveCount(0)
  } finally {
    // A page that outlives its console asks in vain for its events, which is an error of its own.
    await page.close()
    await plain.stop()
  }
})

test('a search leaves the rows that say it, and stands in the address', async ({ page }) => {
  await openRow(page, 'node-selector')
  await expect(page.locator('[data-shows]')).toHaveCount(1)
  const search = page.getByRole('textbox', { name: 'Search capabilities' })
  await search.fill('nothing like it')
  await expect(page.getByText('No capability matches.')).toBeVisible()
  await expect(page).toHaveURL(/[?]q=nothing[+]like[+]it$/)
})

test('nothing is wider than a narrow screen', async ({ page }) => {
  await page.setViewportSize({ width: 420, height: 900 })
  await page.goto('/gallery')
  const form = page.locator('#row-tolerations').getByRole('region', { name: /^Control: / })
  await expect(form.locator('[data-field]').first()).toBeVisible({ timeout: 30_000 })
  const width = await page.evaluate(() => document.documentElement.scrollWidth)
  expect(width).toBeLessThanOrEqual(420)
  const box = await form.boundingBox()
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(420)
})

test('resources: amounts as they are typed, null again once emptied', async ({ page }) => {
  const { form, value } = await openRow(page, 'size-settings')
  const cpu = form.getByRole('textbox', { name: /cpu, Requests/ })
  await cpu.fill('1.50')
  await expect(value).toContainText(/requests:\s+cpu: "1.50"/)
  await cpu.fill('')
  await expect(value).toContainText('resources: null')
  await form.getByRole('button', { name: 'Add resource' }).click()
  await expect(form.getByRole('combobox', { name: /name of resource 3/ })).toBeFocused()
  await page.keyboard.type('nvidia.com/gpu')
  await form.getByRole('textbox', { name: /nvidia.com\/gpu, Limits/ }).fill('1')
  await expect(value).toContainText(/limits:\s+nvidia.com\/gpu: "1"/)
  await form.getByRole('textbox', { name: /cpu, Requests/ }).fill('2')
  await form.getByRole('textbox', { name: /cpu, Limits/ }).fill('500m')
  await form.getByRole('button', { name: 'Check' }).click()
  await expect(form.getByRole('textbox', { name: /cpu, Requests/ })).toBeFocused()
  await expect(form.getByText('The request must not be above the limit of 500m.')).toBeVisible()
})

test('rows: added, moved and removed with the focus where the work is', async ({ page }) => {
  const { form, value } = await openRow(page, 'array-field-group')
  await form.getByRole('button', { name: 'Add entry' }).click()
  const third = form.getByRole('group', { name: 'Ports, entry 3' })
  await expect(third.getByRole('textbox', { name: /Name/ })).toBeFocused()
  await form.getByRole('button', { name: 'Check' }).click()
  await expect(third.getByRole('textbox', { name: /Name/ })).toBeFocused()
  await expect(third.getByText('A value is needed.')).toBeVisible()
  await page.keyboard.type('metrics')
  await third.getByRole('spinbutton', { name: 'Port' }).fill('70000')
  await expect(third.getByText('It must be 65535 or less.')).toBeVisible()
  await third.getByRole('spinbutton', { name: 'Port' }).fill('9090')
  await form.getByRole('button', { name: 'Move entry 3 up' }).click()
  await expect(form.getByRole('button', { name: 'Move entry 2 up' })).toBeFocused()
  await expect(value).toContainText(/http\s+port: 80\s+- name: metrics\s+port: 9090\s+- name: https/)
  // At the end the focus stays with the arrows: in a field the next Enter would send the form.
  await page.keyboard.press('Enter')
  await expect(form.getByRole('button', { name: 'Move entry 1 down' })).toBeFocused()
  await page.keyboard.press('Enter')
  await form.getByRole('button', { name: 'Remove entry 1' }).click()
  await expect(form.getByRole('button', { name: 'Remove entry 1' })).toBeFocused()
  await expect(form.getByText('Entry 1 removed, 2 left')).toBeAttached()
  await expect(value).toHaveText(/^ports:\s+- name: metrics\s+port: 9090\s+- name: https\s+port: 443\s*$/)
})

test('fields of rows tell their errors once they are left, each for itself', async ({ page }) => {
  const { form } = await openRow(page, 'array-field-group')
  await form.getByRole('button', { name: 'Add entry' }).click()
  const third = form.getByRole('group', { name: 'Ports, entry 3' })
  const port = third.getByRole('spinbutton', { name: 'Port' })
  await port.fill('70000')
  await expect(third.getByText('A value is needed.')).toBeVisible()
  await expect(third.getByText('It must be 65535 or less.')).toHaveCount(0)
  await port.press('Tab')
  await expect(third.getByText('It must be 65535 or less.')).toBeVisible()
})

test('half a number is told and not taken for an empty field', async ({ page }) => {
  const { form, value } = await openRow(page, 'number')
  const field = form.getByRole('spinbutton').first()
  await field.fill('')
  await field.pressSequentially('1e')
  await expect(field).not.toHaveAttribute('aria-invalid')
  await form.getByRole('button', { name: 'Check' }).click()
  await expect(field).toBeFocused()
  await expect(field).toHaveAccessibleDescription(/It must be a number/)
  await field.press('End')
  await field.pressSequentially('2')
  await expect(field).not.toHaveAttribute('aria-invalid')
  await expect(value).toContainText(': 100')
})

test('clearing a drop-down keeps the focus in it', async ({ page }) => {
  const { form } = await openRow(page, 'select-clearable')
  const clear = form.getByRole('button', { name: 'Clear' })
  await clear.focus()
  await page.keyboard.press('Enter')
  await expect(clear).toHaveCount(0)
  await expect(form.getByRole('combobox')).toBeFocused()
})

test('rows within rows: conditions look at their own row', async ({ page }) => {
  const { form, value } = await openRow(page, 'array-field-group-cards')
  await form.getByRole('button', { name: 'Add entry' }).last().click()
  const second = form.getByRole('group', { name: 'Receivers, entry 2' })
  await expect(second.getByRole('textbox', { name: /URL/ })).toHaveCount(0)
  await second.getByRole('button', { name: 'Add entry' }).first().click()
  await page.keyboard.type('ops@example.com')
  await expect(value).toContainText(/- type: mail\s+to:\s+- ops@example.com/)
  const first = form.getByRole('group', { name: 'Receivers, entry 1', exact: true })
  await first.getByRole('textbox', { name: 'Value' }).fill('b')
  await expect(value).toContainText(/- name: X-Team\s+value: b/)
})

test('tolerations keep what is not touched', async ({ page }) => {
  const { form, value } = await openRow(page, 'tolerations')
  await form.getByRole('textbox', { name: /entry 2, Value/ }).fill('metrics')
  await expect(value).toContainText(
    /key: dedicated\s+operator: Equal\s+value: metrics\s+effect: NoExecute\s+tolerationSeconds: 60/,
  )
  await form.getByRole('combobox', { name: /entry 2, Operator/ }).click()
  await page.getByRole('option', { name: 'Exists' }).click()
  await expect(form.getByRole('textbox', { name: /entry 2, Value/ })).toHaveCount(0)
  await form.getByRole('combobox', { name: /entry 2, Effect/ }).click()
  await page.getByRole('option', { name: 'All effects' }).click()
  await expect(value).toHaveText(/operator: Exists\s+- key: dedicated\s+operator: Exists\s*$/)
})

test('a node selector is written the way it stands', async ({ page }) => {
  const { form, value } = await openRow(page, 'node-selector')
  await form
    .getByRole('textbox', { name: /value 1/ })
    .first()
    .fill('windows')
  await form
    .getByRole('textbox', { name: /value 1/ })
    .last()
    .fill('darwin')
  await expect(value).toHaveText(
    /^nodeSelector:\s+kubernetes.io\/os: windows\s+components:\s+nodeSelector:\s+- key: kubernetes.io\/os\s+value: darwin\s*$/,
  )
})

test('two keys of one name are told at the second one', async ({ page }) => {
  const { form } = await openRow(page, 'map')
  await form.getByRole('button', { name: 'Add entry' }).click()
  await page.keyboard.type('team')
  await expect(form.getByText('“team” is there twice.')).toBeVisible()
  await form.getByRole('button', { name: 'Check' }).click()
  await expect(form.getByRole('textbox', { name: /key 3/ })).toBeFocused()
})

test('a drop-down that takes other values keeps what is typed, and Escape does not empty it', async ({
  page,
}) => {
  const { form, value } = await openRow(page, 'allow-create')
  const field = form.getByRole('combobox', { name: 'Registry' })
  await field.click()
  await field.fill('ghcr.io')
  await expect(value).toContainText('registry: ghcr.io')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await expect(field).toHaveValue('ghcr.io')
  await field.fill('qua')
  await page.getByRole('option', { name: 'quay.io' }).click()
  await expect(value).toContainText('registry: quay.io')
})

test('several values: found by typing, made by Enter, taken out again', async ({ page }) => {
  const { form, value } = await openRow(page, 'select-allow-create')
  const field = form.getByRole('combobox', { name: 'Verbs' })
  await field.click()
  await field.fill('escalate')
  await page.keyboard.press('Enter')
  await field.fill('watch')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(value).toHaveText(/- get\s+- approve\s+- escalate\s+- watch\s*$/)
  await form.getByRole('button', { name: 'Remove approve' }).click()
  await expect(value).toHaveText(/- get\s+- escalate\s+- watch\s*$/)
  await field.fill('half')
  await page.keyboard.press('Tab')
  await expect(value).toHaveText(/- watch\s+- half\s*$/)
})

test('many options are searched', async ({ page }) => {
  const { form, value } = await openRow(page, 'select-many')
  const field = form.getByRole('combobox', { name: 'Zone' })
  await field.click()
  await field.fill('-33')
  await page.keyboard.press('Enter')
  await expect(value).toContainText('zone: zone-33')
  await field.fill('nowhere')
  await expect(page.getByText('Nothing matches.')).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(field).toHaveValue('zone-33')
})

test('a password stands in no attribute', async ({ page }) => {
  const { form } = await openRow(page, 'password')
  const field = form.locator('input')
  await expect(field).toHaveAttribute('type', 'password')
  await expect(field).toHaveAttribute('autocomplete', 'new-password')
  await field.fill('another-secret')
  await form.getByRole('button', { name: 'Show what is typed' }).click()
  await expect(field).toHaveValue('another-secret')
  const markup = await form.evaluate((element) => element.outerHTML)
  expect(markup).not.toContain('another-secret')
  expect(markup).not.toContain('not-a-secret')
})

test('errors are told after leaving the field, the first one gets the focus, closed groups open', async ({
  page,
}) => {
  await page.goto('/gallery')
  await page.getByRole('tab', { name: 'Playground' }).click()
  const ui = 'urn:alm:descriptor:com.tectonic.ui'
  const list = [
    { path: 'name', displayName: 'Name', 'x-descriptors': [`${ui}:text`] },
    {
      path: 'deep.token',
      displayName: 'Token',
      'x-descriptors': [
        `${ui}:text`,
        `${ui}:advanced`,
        `${ui}:fieldGroup:inner`,
        `${ui}:validation:required`,
      ],
    },
  ]
  await page.getByRole('textbox', { name: 'Descriptors' }).fill(JSON.stringify(list))
  await page.getByRole('textbox', { name: 'Configuration' }).fill('name: main')
  const form = page.getByRole('region', { name: /^Control: / })
  await expect(form.getByRole('textbox', { name: 'Name' })).toHaveValue('main')
  await expect(form.getByRole('textbox', { name: /Token/ })).toHaveCount(0)
  await form.getByRole('button', { name: 'Check' }).click()
  await expect(form.getByRole('textbox', { name: /Token/ })).toBeFocused()
  await expect(form.getByRole('textbox', { name: /Token/ })).toHaveAccessibleDescription(/A value is needed/)
  await form.getByText('Advanced configuration').click()
  await expect(form.getByRole('textbox', { name: /Token/ })).toBeHidden()
  await form.getByRole('button', { name: 'Check' }).click()
  await expect(form.getByRole('textbox', { name: /Token/ })).toBeFocused()
})

test('YAML that can’t be read is told at its editor and not taken', async ({ page }) => {
  const { form, value } = await openRow(page, 'yaml')
  const editor = form.getByRole('textbox', { name: 'Further settings' })
  await editor.click()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('a: b: c')
  await expect(form.getByText(/^Line \d+, column \d+:/)).toBeVisible()
  await expect(value).toHaveText(/^extra:\s+a: b\s*$/)
  await form.getByRole('button', { name: 'Check' }).click()
  await expect(editor).toBeFocused()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('a: 1')
  await expect(value).toHaveText(/^extra:\s+a: 1\s*$/)
})

test('what can’t be changed is read, with the reason', async ({ page }) => {
  const { form } = await openRow(page, 'fixed')
  const path = form.getByRole('textbox', { name: 'Path' })
  await expect(path).toHaveAttribute('readonly', '')
  await expect(path).toHaveAccessibleDescription('Can’t be changed after installing.')
  await expect(form.getByRole('radio', { name: 'StorageClass' })).toBeDisabled()

  // By the keyboard, too: Tab comes to each of them, and no key and no press changes anything.
  const stops = [
    form.getByRole('radio', { name: 'LocalVolume' }),
    path,
    form.getByRole('switch', { name: 'Encrypt' }),
    form.getByRole('combobox', { name: 'Level' }),
    form.getByRole('checkbox', { name: 'a', exact: true }),
  ]
  await form.getByRole('radio', { name: 'LocalVolume' }).focus()
  for (const [index, stop] of stops.entries()) {
    if (index > 0) await page.keyboard.press('Tab')
    await expect(stop).toBeFocused()
    await page.keyboard.press('Space')
    await page.keyboard.press('ArrowDown')
    await stop.focus()
  }
  await form.getByText('StorageClass').click({ force: true })
  await expect(page.getByRole('option')).toHaveCount(0)
  await expect(form.getByRole('radio', { name: 'LocalVolume' })).toBeChecked()
  await expect(form.getByRole('switch', { name: 'Encrypt' })).toBeChecked()
  await expect(form.getByRole('checkbox', { name: 'a', exact: true })).toBeChecked()
  await expect(form.getByRole('combobox', { name: 'Level' })).toHaveText('fast')
  await expect(form.getByRole('switch', { name: 'Encrypt' })).toHaveAccessibleDescription(
    'Can’t be changed after installing.',
  )
  await expect(form.getByRole('textbox', { name: 'Disk' })).toHaveAttribute('readonly', '')
  await expect(form.getByRole('button', { name: /Remove|Add/ })).toHaveCount(0)
})

test('in a dialog, Escape closes the list first and loses nothing', async ({ page }) => {
  await page.goto('/marketplace/cluster-plugins?cluster=business&dialog=install&plugin=logclickhouse')
  const dialog = page.getByRole('dialog')
  const field = dialog.getByRole('combobox', { name: 'Log Node' })
  await field.click()
  await expect(page.getByRole('option').first()).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('option')).toHaveCount(0)
  await expect(dialog.getByRole('button', { name: /^Remove / })).toHaveCount(1)
  // These nodes may be typed as well: Enter ends the name and submits nothing.
  await field.fill('192.0.2.99')
  await page.keyboard.press('Enter')
  await expect(dialog.getByRole('button', { name: 'Remove 192.0.2.99' })).toBeVisible()
  await expect(field).toHaveValue('')
  await expect(field).toBeFocused()
})
