import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from '#e2e/support/test.ts'
import { action, listUrl, pluginRow } from '#e2e/support/pages.ts'
import { send } from '#e2e/support/api.ts'
import { publishOnPage } from '#e2e/support/upload-package.ts'
import { openKubeApi } from '#e2e/support/kube-api.ts'

test.use({ instance: 'upgrade' })

const ROOT = resolve(import.meta.dirname, '../..')
let packages = ''

test.beforeAll(async () => {
  packages = await mkdtemp(join(tmpdir(), 'packages-'))
  await promisify(execFile)(process.execPath, [join(ROOT, 'scripts/build-examples.ts'), packages], {
    cwd: ROOT,
  })
})

test.afterAll(() => rm(packages, { recursive: true, force: true }))

test('upload of a new version, the upgrade icon, Features › Upgrade', async ({ page, request, baseURL }) => {
  const installed = await send(request, baseURL ?? '', 'POST', '/api/installations', {
    cluster: 'global',
    plugin: 'web-cli',
    version: 'v4.0.4',
  })
  expect(installed.status()).toBe(201)
  await page.goto(listUrl('global', 'web-cli'))
  await expect(pluginRow(page, 'web-cli')).toContainText('Running')

  await page.goto('/marketplace/upload-packages')
  await publishOnPage(page, join(packages, 'web-cli-v4.0.5.tgz'))
  const row = pluginRow(page, 'web-cli')
  await expect(row).toContainText('v4.0.5')

  await page.goto('/clusters')
  const cluster = page.getByRole('row').filter({ hasText: 'global' })
  await cluster.getByRole('link', { name: /can be upgraded/ }).click()
  await expect(page).toHaveURL(/clusters\/global.*features/)
  const feature = pluginRow(page, 'web-cli')
  await action(feature, 'Upgrade').click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('v4.0.5')
  await dialog.getByRole('button', { name: 'Upgrade', exact: true }).click()
  await expect(dialog).toBeHidden()
  await expect(feature).toContainText('v4.0.5')
  await expect(feature).toContainText('Running')
  await expect(action(feature, 'Upgrade')).toBeDisabled()
})

const NEEDS_OLD = {
  apiVersion: 'cluster.alauda.io/v1alpha1',
  kind: 'ModulePlugin',
  metadata: {
    name: 'needs-old',
    labels: { 'cpaas.io/module-name': 'needs-old', 'cpaas.io/module-type': 'plugin' },
  },
  spec: {
    name: 'needs-old',
    version: 'v1.0.0',
    deleteable: true,
    description: { en: 'Works with an old Prometheus only', zh: '仅支持旧版 Prometheus' },
    logo: '',
    dependencies: [{ moduleName: 'prometheus', versionsMatch: ['<4.2.0'] }],
  },
}

test('an upgrade that others do not accept says so and asks', async ({
  page,
  request,
  baseURL,
  console: running,
}) => {
  const api = await openKubeApi(running.kubeconfig)
  const { status } = await api.call('POST', '/apis/cluster.alauda.io/v1alpha1/moduleplugins', NEEDS_OLD)
  await api.close()
  expect(status).toBe(201)
  const install = { cluster: 'business', plugin: 'needs-old', version: 'v1.0.0' }
  await expect
    .poll(async () => (await send(request, baseURL ?? '', 'POST', '/api/installations', install)).status())
    .toBe(201)

  await page.goto(`${listUrl('business', 'prometheus')}&dialog=upgrade&plugin=prometheus`)
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('needs-old')
  const upgrade = dialog.getByRole('button', { name: 'Upgrade', exact: true })
  await expect(upgrade).toBeDisabled()
  await dialog.getByRole('checkbox', { name: 'Upgrade all the same' }).check()
  await upgrade.click()
  await expect(dialog).toBeHidden()
  await expect(pluginRow(page, 'prometheus')).toContainText('v4.2.1')
  await expect(pluginRow(page, 'prometheus')).toContainText('Running')
})
