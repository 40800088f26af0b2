import { expect, test } from '#e2e/support/test.ts'
import { action, listUrl, pluginRow } from '#e2e/support/pages.ts'

test.use({ instance: 'failing' })

function mark(value: string | null): string[] {
  const patch = JSON.stringify({ data: { 'web-cli': value } })
  return ['patch', 'configmap', 'simulated-delivery', '-n', 'cpaas-system', '--type=merge', '-p', patch]
}

test('a failing rollout shows its cause, and recovers', async ({ page, kubectl }) => {
  await kubectl(...mark('fail: image registry/web-cli:v4.0.4 could not be pulled'))
  await page.goto(listUrl('global', 'web-cli'))
  const row = pluginRow(page, 'web-cli')
  await action(row, 'Install').click()
  await expect(row).toContainText('Failed')
  await page.goto('/marketplace/cluster-plugins/web-cli')
  await expect(page.getByText(/image registry\/web-cli:v4\.0\.4 could not be pulled/).first()).toBeVisible()

  await kubectl(...mark(null))
  await expect(page.getByRole('row').filter({ hasText: 'global' }).first()).toContainText('Running')
})
