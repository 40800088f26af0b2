import { send, problemOf } from '#e2e/support/api.ts'
import { chartPackage } from '#e2e/support/chart-package.ts'
import { pluginPackage } from '#e2e/support/package-builder.ts'
import { pluginRow } from '#e2e/support/pages.ts'
import { expect, expectAccessible, test } from '#e2e/support/test.ts'
import { uploadPackage } from '#e2e/support/upload-package.ts'
import type { PackagePage } from '#lib/contract/package.ts'

test.use({ instance: 'uploads' })

const PAGE = '/marketplace/upload-packages'

test('a version that is installed stays, and says where; another is deleted', async ({
  page,
  request,
  baseURL,
  kubectl,
}) => {
  const origin = baseURL ?? ''
  const refused = await send(request, origin, 'DELETE', '/api/packages/prometheus/versions/v4.1.0', {})
  expect(refused.status()).toBe(422)
  expect((await problemOf(refused)).reasons?.[0]).toMatchObject({ code: 'version-in-use' })

  const { id } = await uploadPackage(
    request,
    origin,
    'deleted-demo.tgz',
    await pluginPackage({ name: 'deleted-demo', version: 'v1.0.0' }),
  )
  const published = await send(request, origin, 'POST', `/api/uploads/${id}/publish`, {})
  expect(published.status()).toBe(202)

  await page.goto(`${PAGE}?q=prometheus`)
  await page.getByRole('button', { name: /^Show the versions of/ }).click()
  const installed = page.getByRole('button', { name: 'Delete v4.1.0' })
  await expect(installed).toBeDisabled()
  await expect(installed).toHaveAttribute('data-tip', /Installed on/)
  await expectAccessible(page, 'versions')

  await page.goto(`${PAGE}?q=deleted-demo`)
  await expect(pluginRow(page, 'deleted-demo')).toContainText('v1.0.0')
  await page.getByRole('button', { name: /^Show the versions of/ }).click()
  await page.getByRole('button', { name: 'Delete v1.0.0' }).click()
  const dialog = page.getByRole('dialog', { name: 'Delete deleted-demo v1.0.0?' })
  await expectAccessible(page, 'delete')
  await dialog.getByRole('button', { name: 'Delete this version' }).click()
  await expect(dialog).toBeHidden()
  await expect(pluginRow(page, 'deleted-demo')).toContainText('Absent')
  const names = await kubectl('get', 'moduleconfigs,artifactversions', '-A', '-o', 'name')
  expect(names).not.toContain('deleted-demo')
})

test('objects of a version, and what is installed, as files', async ({ page, request }) => {
  await page.goto(`${PAGE}?q=web-cli`)
  await page.getByRole('button', { name: /^Show the versions of/ }).click()
  const [objects] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download the objects of v4.0.4 as YAML' }).click(),
  ])
  expect(objects.suggestedFilename()).toBe('web-cli-v4.0.4.yaml')
  const yaml = await (await request.get('/api/packages/web-cli/versions/v4.0.4')).text()
  expect(yaml).toMatch(/^kind: ModulePlugin$/m)
  expect(yaml).toMatch(/^kind: ModuleConfig$/m)
  expect(yaml).not.toMatch(/resourceVersion|managedFields|^status:/m)

  const [applications] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Export apps.yaml' }).click(),
  ])
  expect(applications.suggestedFilename()).toBe('apps.yaml')
  const apps = await (await request.get('/api/packages/apps.yaml')).text()
  expect(apps).toMatch(/^ {2}prometheus:\n {4}displayName: .+\n {4}type: ModulePlugin\n {4}installed:\n/m)
})

test('the list comes page by page, searched and filtered by the console', async ({ page, request }) => {
  const read = async (query: string) =>
    (await (await request.get(`/api/packages${query}`)).json()) as PackagePage
  const all = await read('')
  expect(all.items.length).toBe(Math.min(all.total, all.pageSize))
  const absent = await read('?show=absent')
  expect(absent.total).toBeGreaterThan(0)
  expect(absent.items.every((item) => item.absent)).toBe(true)
  expect(absent.totalUnfiltered).toBe(all.total)

  await page.goto(PAGE)
  await page.getByLabel('Search packages').fill('web-cli')
  await expect(pluginRow(page, 'web-cli')).toBeVisible()
  await expect(pluginRow(page, 'prometheus')).toBeHidden()
  await expect(page).toHaveURL(/q=web-cli/)
  await page.getByLabel('Search packages').fill('nothing-like-this')
  await expect(page.getByText('No package fits this search.')).toBeVisible()
})

test('a plugin’s page has what its package said, and none of its HTML', async ({
  page,
  request,
  baseURL,
  kubectl,
}) => {
  const origin = baseURL ?? ''
  const readme =
    '# Read *me*\n\n<img src=x onerror="alert(1)">\n\n[out](https://example.com/) [in](/clusters)\n'
  const plugin = { name: 'readme-demo', version: 'v1.0.0' }
  const bytes = await chartPackage(plugin, { 'README.md': readme })
  const { id } = await uploadPackage(request, origin, 'readme-demo.tgz', bytes)
  const published = await send(request, origin, 'POST', `/api/uploads/${id}/publish`, {})
  expect(published.status()).toBe(202)
  await expect
    .poll(() => kubectl('get', 'artifactversions', '-A', '-o', 'jsonpath={.items[*].metadata.name}'))
    .toContain('readme-demo.v1.0.0')
  await expect.poll(async () => (await request.get('/api/plugins/readme-demo')).status()).toBe(200)
  await page.goto('/marketplace/cluster-plugins/readme-demo')
  const section = page.locator('#contents')
  await section.getByText('README').click()
  await expect(section.getByRole('heading', { name: 'Read me' })).toBeVisible()
  await expect(section.locator('img')).toHaveCount(0)
  await expect(section.getByRole('link', { name: 'out' })).toHaveAttribute('rel', 'noopener noreferrer')
  await expect(section.getByRole('link', { name: 'in', exact: true })).toHaveCount(0)
  await section.getByText('Charts and images').click()
  await expect(section.getByRole('cell', { name: 'Chart', exact: true })).toBeVisible()
  // Where one scrolled to, the top bar covers half a button.
  await page.evaluate(() => window.scrollTo(0, 0))
  await expectAccessible(page, 'contents')
})

test('an Absent plugin’s page says where its package comes from, and leads to where it goes', async ({
  page,
}) => {
  await page.goto('/marketplace/cluster-plugins/service-mesh')
  const main = page.getByRole('main')
  await expect(main).toContainText('Get the package from the Custom Portal')
  // What nobody can know without a version is not claimed.
  await expect(main.getByRole('heading', { name: 'Removal' })).toHaveCount(0)
  await main.getByRole('link', { name: 'Upload package' }).first().click()
  await expect(page).toHaveURL(/upload-packages\?q=service-mesh$/)
  await expect(page.getByRole('row').filter({ hasText: 'Service Mesh' })).toContainText('Absent')
})

test('on a phone the list needs no scrolling sideways; clusters come in one order', async ({ page }) => {
  await page.setViewportSize({ width: 420, height: 800 })
  await page.goto(PAGE)
  const table = page.getByRole('region', { name: 'Plugins and the versions of which packages were uploaded' })
  await expect(table).toBeVisible()
  expect(await table.evaluate((node) => node.scrollWidth <= node.clientWidth)).toBe(true)
  await page.getByRole('button', { name: 'Show the versions of Cluster Authentication Agent' }).click()
  await expect(page.getByRole('columnheader', { name: 'SHA-256' })).toBeAttached()
  expect(await table.evaluate((node) => node.scrollWidth <= node.clientWidth)).toBe(true)
  const row = page.getByRole('row').filter({ hasText: 'cluster-auth-agent' }).first()
  await expect(row.getByRole('link')).toHaveText([
    'Cluster Authentication Agent',
    'global',
    'business',
    'edge',
  ])
})
