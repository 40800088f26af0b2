import { expectFixed, expectForm } from '#e2e/support/expect-form.ts'
import { fillForm } from '#e2e/support/fill-form.ts'
import { fieldOf, openGroups } from '#e2e/support/form-fields.ts'
import { hastenRollouts, runningObject } from '#e2e/support/installed-object.ts'
import { openKubeApi } from '#e2e/support/kube-api.ts'
import { listUrl } from '#e2e/support/pages.ts'
import { expect, expectAccessible, test } from '#e2e/support/test.ts'
import { UNSEEN_ANSWERS, UNSEEN_CONFIG } from '#e2e/support/unseen-answers.ts'
import { UNSEEN_FORMS, modulePluginOf } from '#e2e/support/unseen-forms.ts'
import { UNSEEN_FIXED, UNSEEN_PLUGIN } from '#e2e/support/unseen-plugin.ts'

test.use({ instance: 'form-unseen' })

test('a plugin that nobody has seen: its form gives exactly this configuration, and shows it again', async ({
  page,
  console: running,
}) => {
  const api = await openKubeApi(running.kubeconfig)
  test.setTimeout(120_000)
  await hastenRollouts(running, ['business'])
  const published = await api.call('POST', '/apis/cluster.alauda.io/v1alpha1/moduleplugins', UNSEEN_PLUGIN)
  expect(published.status).toBe(201)
  await page.goto(`${listUrl('business', 'tide')}&dialog=install&plugin=tide-gauge`)
  const dialog = page.getByRole('dialog')
  const install = dialog.getByRole('button', { name: 'Install', exact: true })
  await expect(dialog.locator('[data-field]').first()).toBeVisible()

  // What is missing is told at its place, the first one gets the focus.
  await install.click()
  await expect(fieldOf(dialog, { label: 'Station name' }).getByRole('textbox')).toBeFocused()
  await expect(fieldOf(dialog, { label: 'Access key' })).toContainText('A value is needed.')

  await fillForm(dialog, UNSEEN_ANSWERS)
  await expectForm(
    dialog,
    UNSEEN_ANSWERS.filter(({ as }) => as !== 'yaml'),
  )
  await expect(fieldOf(dialog, { label: 'Build' }).getByRole('textbox')).not.toBeEditable()
  await expect(dialog.getByText('Legacy')).toBeHidden()
  await expectAccessible(page, 'the whole language')
  await dialog.getByRole('tab', { name: 'YAML' }).click()
  await expect(dialog.getByText('hologram:7')).toBeVisible()
  await dialog.getByRole('tab', { name: 'Parameters' }).click()
  await install.click()
  await expect(dialog).toBeHidden()
  const installed = await runningObject(api, 'tide-gauge', 'business')
  expect(installed.spec.config).toEqual(UNSEEN_CONFIG)

  await page.goto(`${listUrl('business', 'tide')}&dialog=update&plugin=tide-gauge`)
  await expect(dialog.locator('[data-field]').first()).toBeVisible()
  await openGroups(dialog)
  await expectForm(
    dialog,
    UNSEEN_ANSWERS.filter(({ as, label }) => as !== 'yaml' && !UNSEEN_FIXED.includes(label)),
  )
  for (const label of UNSEEN_FIXED) await expectFixed(dialog, label)
  const update = dialog.getByRole('button', { name: 'Update', exact: true })
  await expect(update).toBeDisabled()
  const pier = fieldOf(dialog, { label: 'Channels' }).getByRole('group', {
    name: 'Channels, entry 2',
    exact: true,
  })
  await pier.getByRole('spinbutton', { name: 'Port' }).fill('1503')
  await update.click()
  await expect(dialog).toBeHidden()
  const [mast, second] = UNSEEN_CONFIG['channels'] as [object, object]
  await expect
    .poll(async () => (await runningObject(api, 'tide-gauge', 'business')).spec.config)
    .toEqual({ ...UNSEEN_CONFIG, channels: [mast, { ...second, port: 1503 }] })
  await api.close()
})

for (const form of UNSEEN_FORMS)
  test(`${form.plugin}: without descriptors, by what the configuration is`, async ({
    page,
    console: running,
  }) => {
    const { plugin, answers, wanted } = form
    const api = await openKubeApi(running.kubeconfig)
    await hastenRollouts(running, ['business'])
    const published = await api.call(
      'POST',
      '/apis/cluster.alauda.io/v1alpha1/moduleplugins',
      modulePluginOf(form),
    )
    expect(published.status).toBe(201)
    await page.goto(`${listUrl('business', plugin)}&dialog=install&plugin=${plugin}`)
    const dialog = page.getByRole('dialog')
    await expect(dialog.locator('[data-field]').first()).toBeVisible()
    await fillForm(dialog, answers)
    await dialog.getByRole('button', { name: 'Install', exact: true }).click()
    await expect(dialog).toBeHidden()
    const installed = await runningObject(api, plugin, 'business')
    expect(installed.spec.config).toEqual(wanted)

    await page.goto(`${listUrl('business', plugin)}&dialog=update&plugin=${plugin}`)
    await expect(dialog.locator('[data-field]').first()).toBeVisible()
    await expectForm(dialog, answers)
    await expect(dialog.getByRole('button', { name: 'Update', exact: true })).toBeDisabled()
    await api.close()
  })
