import { expect, test } from '#e2e/support/test.ts'
import { action, takeAction, listUrl, pluginRow } from '#e2e/support/pages.ts'

test.use({ instance: 'gpu' })

const LABEL = 'cpaas.io/module-name=gpu-device-plugin'

test('gpu-device-plugin: two of three switches on business, then one off again', async ({
  page,
  kubectl,
}) => {
  await page.goto(listUrl('business', 'gpu'))
  const row = pluginRow(page, 'gpu-device-plugin')
  await action(row, 'Install').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('switch', { name: /pgpu/i }).click()
  await dialog.getByRole('switch', { name: /vgpu/i }).click()
  await expect(dialog.getByRole('switch', { name: /mps/i })).not.toBeChecked()

  await dialog.getByRole('tab', { name: 'YAML' }).click()
  await expect(dialog.getByRole('textbox', { name: /spec\.config/ })).toContainText('pgpu_enable: true')
  await dialog.getByText('What will be created').click()
  await expect(dialog.getByText('generateName: business-gpu-device-plugin-')).toBeVisible()
  await dialog.getByRole('button', { name: 'Install', exact: true }).click()
  await expect(dialog).toBeHidden()
  await expect(row).toContainText('Running')
  const spec = await kubectl('get', 'moduleinfo', '-l', LABEL, '-o', 'jsonpath={.items[*].spec}')
  expect(JSON.parse(spec)).toEqual({
    version: 'v4.0.15',
    config: { custom: { mps_enable: false, pgpu_enable: true, vgpu_enable: true } },
  })

  await takeAction(page, row, 'Update')
  await expect(dialog.getByRole('switch', { name: /vgpu/i })).toBeChecked()
  await dialog.getByRole('switch', { name: /vgpu/i }).click()
  await dialog.getByRole('button', { name: 'Update', exact: true }).click()
  await expect(dialog).toBeHidden()
  await expect
    .poll(() => kubectl('get', 'moduleinfo', '-l', LABEL, '-o', 'jsonpath={.items[*].spec.config.custom}'))
    .toBe('{"mps_enable":false,"pgpu_enable":true,"vgpu_enable":false}')
  await expect(row).toContainText('Running')
})

test('gpu-device-plugin is refused on edge, naming the label', async ({ page }) => {
  await page.goto('/marketplace/cluster-plugins/gpu-device-plugin')
  const row = page.getByRole('row').filter({ hasText: 'edge' }).first()
  await expect(row).toContainText('Incompatible')
  await expect(row).toContainText('cpaas.io/arch-amd64')
})
