import type { Locator, Page } from '@playwright/test'
import { pluginDetail, problemOf, send } from '#e2e/support/api.ts'
import { openKubeApi } from '#e2e/support/kube-api.ts'
import { listUrl, pluginRow, takeAction } from '#e2e/support/pages.ts'
import { PICKER_PLUGIN, publishPickerPlugin } from '#e2e/support/picker-plugin.ts'
import { expect, expectAccessible, test } from '#e2e/support/test.ts'

test.use({ instance: 'pickers' })
test.describe.configure({ mode: 'serial' })

const LABEL = `cpaas.io/module-name=${PICKER_PLUGIN}`
const SERVES = 'logcenter.plugins.cpaas.io/cluster'
const HIDDEN = 'never-to-be-seen-7f3a'

test.beforeAll(async ({ console: running }) => {
  await publishPickerPlugin(running.kubeconfig)
  const api = await openKubeApi(running.kubeconfig)
  const data = { secretKey: Buffer.from(HIDDEN).toString('base64') }
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: 'own-s3',
      labels: { 'cpaas.io/credentials': 'S3' },
      // As kubectl apply leaves it behind.
      annotations: { 'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify({ data }) },
    },
    data,
  }
  const path = '/kubernetes/business/api/v1/namespaces/cpaas-system/secrets'
  const { status } = await api.call('POST', path, secret)
  await api.close()
  expect(status).toBe(201)
})

const picker = (dialog: Locator, name: string) => dialog.getByRole('combobox', { name })

async function openInstall(page: Page, cluster: string): Promise<Locator> {
  await page.goto(`${listUrl(cluster, PICKER_PLUGIN)}&dialog=install&plugin=${PICKER_PLUGIN}`)
  const dialog = page.getByRole('dialog')
  await expect(picker(dialog, 'Nodes')).toBeVisible()
  return dialog
}

/** Every answer of the console's API that the page got, as text. */
function answers(page: Page): string[] {
  const bodies: string[] = []
  page.on('response', (response) => {
    if (new URL(response.url()).pathname.startsWith('/api/') && !response.url().endsWith('/api/events'))
      void response.text().then(
        (text) => bodies.push(text),
        () => undefined,
      )
  })
  return bodies
}

test('nodes, a class, a secret by its label and a cluster are picked; the object has them, and the label', async ({
  page,
  kubectl,
}) => {
  const bodies = answers(page)
  const dialog = await openInstall(page, 'business')
  const nodes = picker(dialog, 'Nodes')
  // By the keyboard alone: what is typed finds the role that stands beside the name.
  await nodes.focus()
  await page.keyboard.type('control')
  await expect(page.getByRole('option')).toHaveCount(1)
  await expect(page.getByRole('option', { name: '192.0.2.11' })).toContainText('control-plane')
  await page.keyboard.press('Enter')
  await nodes.press('ArrowDown')
  await page.getByRole('option', { name: '192.0.2.13' }).click()
  await page.keyboard.press('Escape')
  await expect(dialog.getByRole('button', { name: 'Remove 192.0.2.13' })).toBeVisible()

  // A rule that no cluster would take is not even asked for.
  await expect(dialog.getByRole('textbox', { name: 'Odd' })).toHaveAccessibleDescription(/can’t be read/)

  await picker(dialog, 'Storage class').click()
  await expect(page.getByRole('option', { name: 'ceph-rbd' })).toContainText('default')
  await page.getByRole('option', { name: 'topolvm-ssd' }).click()
  await picker(dialog, 'Credentials').click()
  await expect(page.getByRole('option', { name: 'own-s3' })).toContainText('Opaque')
  await expect(page.getByRole('option', { name: 'database-credentials' })).toHaveCount(0)
  await page.getByRole('option', { name: 'own-s3' }).click()
  await expectAccessible(page, 'a form with pickers')

  const storage = picker(dialog, 'Storage Cluster')
  await storage.click()
  const edge = page.getByRole('option', { name: 'edge' })
  await expect(edge).toContainText('logcenter is not installed on cluster edge.')
  await expect(edge).toBeDisabled()
  await page.getByRole('option', { name: 'business' }).click()
  // Listed as a dependency, without a control of its own in the form.
  await expect(dialog.getByText('nowhere-store is not installed on any cluster yet.')).toBeVisible()
  await expect(dialog.getByRole('link', { name: 'Install nowhere-store first' })).toBeVisible()

  await dialog.getByRole('button', { name: 'Install', exact: true }).click()
  await expect(dialog).toBeHidden()
  await expect(pluginRow(page, PICKER_PLUGIN)).toContainText('Running')
  const [info] = (
    JSON.parse(await kubectl('get', 'moduleinfo', '-l', LABEL, '-o', 'json')) as {
      items: { spec: { config: unknown }; metadata: { labels: Record<string, string> } }[]
    }
  ).items
  expect(info?.spec.config).toEqual({
    nodes: ['192.0.2.11', '192.0.2.13'],
    storageClass: 'topolvm-ssd',
    credentials: 'own-s3',
    home: 'monitoring',
    settings: '',
    crossClusterDependency: { logcenter: 'business', 'nowhere-store': null },
  })
  expect(info?.metadata.labels[SERVES]).toBe('business')

  expect(bodies.some((text) => text.includes('own-s3'))).toBe(true)
  const encoded = Buffer.from(HIDDEN).toString('base64')
  for (const text of bodies) expect(text.includes(HIDDEN) || text.includes(encoded)).toBe(false)
})

test('what was picked is there in Update; taking the cluster out takes its label away', async ({
  page,
  kubectl,
}) => {
  await page.goto(listUrl('business', PICKER_PLUGIN))
  const row = pluginRow(page, PICKER_PLUGIN)
  await takeAction(page, row, 'Update')
  const dialog = page.getByRole('dialog')
  await expect(picker(dialog, 'Storage class')).toHaveValue('topolvm-ssd')
  await expect(dialog.getByRole('button', { name: 'Remove 192.0.2.11' })).toBeVisible()
  const storage = picker(dialog, 'Storage Cluster')
  await expect(storage).toHaveValue('business')
  await storage.locator('..').getByRole('button', { name: 'Clear' }).click()
  await dialog.getByRole('button', { name: 'Update', exact: true }).click()
  await expect(dialog).toBeHidden()
  const read = async (path: string) => kubectl('get', 'moduleinfo', '-l', LABEL, '-o', `jsonpath=${path}`)
  await expect
    .poll(async () => read('{.items[*].spec.config.crossClusterDependency}'))
    .toBe('{"logcenter":null,"nowhere-store":null}')
  expect(await read('{.items[*].metadata.labels}')).not.toContain(SERVES)
})

test('with another target cluster everything is looked up there, and what it lacks stays with a warning', async ({
  page,
}) => {
  const dialog = await openInstall(page, 'global')
  await picker(dialog, 'Nodes').click()
  await page.getByRole('option', { name: '192.0.2.21' }).click()
  await page.keyboard.press('Escape')
  await expect(dialog.getByText('monitoring was not found in cluster global.')).toBeVisible()
  await dialog.getByRole('combobox', { name: 'Target cluster' }).click()
  await page.getByRole('option', { name: 'edge (Edge)' }).click()
  await expect(dialog.getByText('192.0.2.21 was not found in cluster edge.')).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Remove 192.0.2.21' })).toBeVisible()
  await picker(dialog, 'Nodes').click()
  await expect(page.getByRole('option')).toHaveText([/^192\.0\.2\.31/, /^192\.0\.2\.32/])
  await page.keyboard.press('Escape')
  // Objects of the global cluster are the same wherever the plugin goes.
  await picker(dialog, 'Settings of global').click()
  await expect(page.getByRole('option', { name: 'embedded-platform-seed' })).toBeVisible()
})

test('a cluster that gets the plugin meanwhile can be chosen, without a reload', async ({
  page,
  request,
  baseURL,
}) => {
  const dialog = await openInstall(page, 'edge')
  await picker(dialog, 'Storage Cluster').click()
  const global = page.getByRole('option', { name: 'global' })
  await expect(global).toBeDisabled()
  const version = (await pluginDetail(request, 'logcenter')).latestVersion
  const install = { cluster: 'global', plugin: 'logcenter', version }
  expect((await send(request, baseURL ?? '', 'POST', '/api/installations', install)).status()).toBe(201)
  await expect(global).toBeEnabled()
  await expect(global).toContainText(version ?? '')
})

test('of many only the first are listed; typing asks the cluster for others', async ({
  page,
  console: running,
}) => {
  const api = await openKubeApi(running.kubeconfig)
  const numbers = Array.from({ length: 510 }, (_, index) => String(index).padStart(3, '0'))
  const created = await Promise.all(
    numbers.map(async (number) =>
      api.call('POST', '/api/v1/namespaces/default/configmaps', { metadata: { name: `zz-many-${number}` } }),
    ),
  )
  await api.close()
  expect(new Set(created.map(({ status }) => status))).toEqual(new Set([201]))
  const dialog = await openInstall(page, 'business')
  const settings = picker(dialog, 'Settings of global')
  await settings.click()
  await expect(page.getByText('The first 500; type to find others.')).toBeVisible()
  await settings.fill('many-509')
  await page.getByRole('option', { name: 'zz-many-509' }).click()
  await expect(settings).toHaveValue('zz-many-509')
  // Beyond what is listed: nobody says that it isn't there.
  await expect(dialog.getByText('zz-many-509 was not found')).toHaveCount(0)
})

test('the server has the last word on the cluster that is chosen, at its field', async ({
  request,
  baseURL,
}) => {
  const answer = await send(request, baseURL ?? '', 'POST', '/api/installations', {
    cluster: 'global',
    plugin: PICKER_PLUGIN,
    version: 'v1.0.0',
    config: { nodes: ['192.0.2.21'], crossClusterDependency: { logcenter: 'edge' } },
  })
  expect(answer.status()).toBe(422)
  expect((await problemOf(answer)).errors).toMatchObject([
    {
      path: 'config.crossClusterDependency.logcenter',
      reason: { code: 'plugin-not-on-cluster', params: { plugin: 'logcenter', cluster: 'edge' } },
    },
  ])
})

test('hostile queries are refused with the field that is wrong', async ({ request }) => {
  for (const [field, query] of [
    ['kind', 'kind=../secrets'],
    ['kind', 'kind=Secret&kind=Node'],
    ['namespace', 'kind=Secret&namespace=..%2f..'],
    ['labelSelector', 'kind=Secret&labelSelector=a%3Db%26watch%3D1'],
    ['labelSelector', `kind=Secret&labelSelector=${'('.repeat(1500)}`],
    ['limit', 'kind=Secret&limit=100000'],
  ] as const) {
    const answer = await request.get(`/api/clusters/business/resources?${query}`)
    expect(answer.status()).toBe(400)
    expect((await problemOf(answer)).errors).toMatchObject([{ path: field }])
  }
  expect((await request.get('/api/clusters/moon/resources?kind=Node')).status()).toBe(404)
})
