import type { Page } from '@playwright/test'
import { send } from '#e2e/support/api.ts'
import { listUrl, pluginRow } from '#e2e/support/pages.ts'
import { installAsYaml, installedSpec, publishVersion } from '#e2e/support/publish-plugin.ts'
import { expect, expectAccessible, test } from '#e2e/support/test.ts'
import { expectFixed } from '#e2e/support/expect-form.ts'

test.use({ instance: 'upgrade-parameters' })

const UI = 'urn:alm:descriptor:com.tectonic.ui:'
const row = (path: string, en: string, zh: string, ...capabilities: string[]) => ({
  path,
  'x-descriptors': [
    ...capabilities.map((one) => UI + one),
    `urn:alm:descriptor:label:en:${en}`,
    `urn:alm:descriptor:label:zh:${zh}`,
  ],
})

const OLD = {
  log: { level: 'info', days: 7, path: '/old', format: 'text' },
  replicas: 1,
  mode: 'simple',
  gone: { flag: true, note: 'hello' },
  admin: { password: '' },
  hosts: ['a'],
}
const MINE = {
  log: { format: 'text', level: 'info', days: 30, path: '/mine' },
  replicas: 1,
  mode: 'simple',
  gone: { flag: true, note: 'mine' },
  admin: { password: 's3cret' },
  hosts: ['a', 'b'],
  extra: null,
}
const NEW = {
  log: { level: 'warn', days: 7, path: '/new', format: 'text', rotate: true },
  replicas: 2,
  mode: { kind: 'simple' },
  admin: { password: '' },
  hosts: ['a'],
  region: '',
}
const ROWS = [
  row('log.level', 'Level', '级别', 'select:info', 'select:warn'),
  row('log.days', 'Days', '天数', 'number'),
  row('log.path', 'Path', '路径', 'text'),
  row('replicas', 'Replicas', '副本数', 'number'),
  row('admin.password', 'Password', '密码', 'password'),
]
const NEW_ROWS = [...ROWS, row('region', 'Region', '区域', 'text', 'validation:required')]

test.beforeAll(async ({ console: { kubeconfig } }) => {
  await publishVersion(kubeconfig, 'settings', 'v1.0.0', { config: OLD, deployDescriptors: ROWS })
  await publishVersion(kubeconfig, 'settings', 'v2.0.0', { config: NEW, upgradeDescriptors: NEW_ROWS })
  await publishVersion(kubeconfig, 'plain', 'v1.0.0', { config: { a: 1, old: 1 } })
  await publishVersion(kubeconfig, 'plain', 'v2.0.0', { config: { a: 2, b: 3 } })
})

type Install = { plugin: string; cluster: string; config?: unknown }

async function install(page: Page, url: string, what: Install): Promise<void> {
  const body = { version: 'v1.0.0', ...what }
  await expect
    .poll(async () => (await send(page.request, url, 'POST', '/api/installations', body)).status())
    .toBe(201)
  await page.goto(listUrl(what.cluster, what.plugin))
  await expect(pluginRow(page, what.plugin)).toContainText('Running')
}

async function openUpgrade(page: Page, { plugin, cluster }: Install) {
  await page.goto(`${listUrl(cluster, plugin)}&dialog=upgrade&plugin=${plugin}`)
  const dialog = page.getByRole('dialog')
  const heading = (name: string) => dialog.getByRole('heading', { name, exact: true })
  /** The finding at a path, by its group of choices. */
  const choice = (path: string, name: RegExp) =>
    dialog
      .getByRole('listitem')
      .filter({ has: page.getByText(path, { exact: true }) })
      .getByRole('radio', { name })
  const upgrade = async () => {
    await dialog.getByRole('button', { name: 'Upgrade', exact: true }).click()
    await expect(dialog).toBeHidden()
    await expect(pluginRow(page, plugin)).toContainText('v2.0.0')
  }
  return { dialog, heading, choice, upgrade }
}

test('every key is told, choices and edits count, and exactly that is written', async ({
  page,
  baseURL,
  console: { kubeconfig },
}) => {
  test.setTimeout(120_000)
  const what = { plugin: 'settings', cluster: 'business', config: MINE }
  await install(page, baseURL ?? '', what)
  const { dialog, heading, choice, upgrade } = await openUpgrade(page, what)
  for (const name of [
    'Needed now (1)',
    'Conflicts (1)',
    'No longer there (2)',
    'Follow the new default (3)',
    'New (2)',
    'You set, kept (4)',
  ])
    await expect(heading(name)).toBeVisible()
  await expect(choice('log.path', /Keep yours/)).toBeChecked()
  await expect(choice('log.level', /Follow the new default: warn/)).toBeChecked()
  await expect(choice('mode', /Follow the new default: { kind: simple }/)).toBeChecked()
  await expect(choice('gone.flag', /Drop it/)).toBeChecked()
  await expect(choice('gone.note', /Keep: mine/)).toBeChecked()
  await expect(choice('log.rotate', /Take the default: true/)).toBeChecked()
  await expect(choice('extra', /Keep yours: null/)).toBeChecked()
  await expect(choice('admin.password', /Keep yours: hidden/)).toBeChecked()
  await expect(dialog).not.toContainText('s3cret')

  // The form starts from the merge, and follows the choices.
  await expect(dialog.getByRole('textbox', { name: 'Path', exact: true })).toHaveValue('/mine')
  await choice('log.path', /Take the new default/).check()
  await expect(dialog.getByRole('textbox', { name: 'Path', exact: true })).toHaveValue('/new')
  await choice('replicas', /Keep the old value: 1/).check()
  await choice('log.rotate', /Leave it out/).check()

  await dialog.getByRole('button', { name: 'Take all defaults' }).click()
  await expect(choice('hosts', /Take the default/)).toBeChecked()
  await dialog.getByRole('button', { name: 'Keep all of yours' }).click()
  await expect(choice('hosts', /Keep yours/)).toBeChecked()

  // What is missing is asked for; the dialog stays.
  await dialog.getByRole('button', { name: 'Upgrade', exact: true }).click()
  await expect(dialog.getByRole('textbox', { name: 'Region' })).toBeFocused()
  await dialog.getByRole('textbox', { name: 'Region' }).fill('eu')
  await expect(dialog.getByText('Answered below')).toBeVisible()
  await dialog.getByRole('spinbutton', { name: 'Days', exact: true }).fill('14')
  await dialog.getByRole('textbox', { name: 'Path', exact: true }).fill('/form')
  // An edit wins over a choice that is made later.
  await choice('log.path', /Keep yours/).check()
  await expect(dialog.getByRole('textbox', { name: 'Path', exact: true })).toHaveValue('/form')
  await expect(dialog.getByText('Changed below')).toHaveCount(3)
  await expect(dialog.getByText('Now, v1.0.0')).toBeVisible()
  await expect(dialog).toContainText('After, v2.0.0')
  await expect(dialog.locator('.cm-editor').last()).toContainText('region: eu')
  await expect(dialog.locator('.cm-editor').last()).toContainText('password: hidden')
  await expect(dialog).not.toContainText('hidden, changed')
  await expect(dialog).not.toContainText('s3cret')

  await page.emulateMedia({ reducedMotion: 'reduce' })
  await expectAccessible(page, 'light, en')
  await page.setViewportSize({ width: 420, height: 800 })
  await expectAccessible(page, '420 px')
  expect(await dialog.evaluate((node) => node.scrollWidth <= node.clientWidth)).toBe(true)
  await page.setViewportSize({ width: 1280, height: 720 })
  await upgrade()
  expect(await installedSpec(kubeconfig, 'settings', 'business')).toStrictEqual({
    version: 'v2.0.0',
    config: {
      log: { format: 'text', level: 'warn', days: 14, path: '/form' },
      replicas: 1,
      mode: { kind: 'simple' },
      gone: { note: 'mine' },
      admin: { password: 's3cret' },
      hosts: ['a', 'b'],
      extra: null,
      region: 'eu',
    },
  })
})

test('axe finds nothing in either theme and language', async ({ page, context, baseURL }) => {
  test.setTimeout(120_000)
  const url = baseURL ?? ''
  const what = { plugin: 'settings', cluster: 'global', config: MINE }
  await install(page, url, what)
  await page.emulateMedia({ reducedMotion: 'reduce' })
  for (const [theme, language] of [
    ['dark', 'zh'],
    ['light', 'zh'],
    ['dark', 'en'],
  ] as const) {
    await context.addCookies([
      { name: 'theme', value: theme, url },
      { name: 'language', value: language, url },
    ])
    const opened = await openUpgrade(page, what)
    await expect(opened.heading(language === 'zh' ? '冲突（1）' : 'Conflicts (1)')).toBeVisible()
    await expect(
      opened.dialog.getByRole('textbox', { name: language === 'zh' ? '路径' : 'Path', exact: true }),
    ).toBeVisible()
    await expect(page.locator('[aria-busy=true]')).toHaveCount(0)
    await expectAccessible(page, `${theme}, ${language}`)
    await page.setViewportSize({ width: 1280, height: 2400 })
  }
})

test('what is written as YAML wins over choices, and the rest follows them', async ({
  page,
  baseURL,
  console: { kubeconfig },
}) => {
  const what = { plugin: 'settings', cluster: 'edge', config: { log: MINE.log, admin: MINE.admin } }
  await install(page, baseURL ?? '', what)
  const { dialog, choice, upgrade } = await openUpgrade(page, what)
  await expect(dialog.getByRole('textbox', { name: 'Path', exact: true })).toHaveValue('/mine')
  await dialog.getByRole('tab', { name: 'YAML' }).click()
  const editor = dialog.getByRole('tabpanel').locator('.cm-content')
  await expect(editor).toContainText('path: /mine')
  await expect(dialog.getByText('Open', { exact: true })).toBeVisible()
  await editor.fill('region: eu\n# by hand\nlog:\n  path: /mine\n  days: 3\nadmin:\n  password: s3cret\n')
  await expect(dialog.getByText('Answered below')).toBeVisible()
  await choice('log.path', /Take the new default/).check()
  await expect(editor).toContainText('path: /new')
  await choice('log.days', /Take the default/).check()
  await expect(editor).toContainText('# by hand')
  await upgrade()
  expect(await installedSpec(kubeconfig, 'settings', 'edge')).toEqual({
    version: 'v2.0.0',
    config: { region: 'eu', log: { path: '/new', days: 3 }, admin: { password: 's3cret' } },
  })
})

test('without a configuration there is none afterwards, unless a value is pinned', async ({
  page,
  baseURL,
  console: { kubeconfig },
}) => {
  for (const cluster of ['business', 'edge']) await install(page, baseURL ?? '', { plugin: 'plain', cluster })
  const follows = await openUpgrade(page, { plugin: 'plain', cluster: 'business' })
  await expect(follows.heading('Follow the new default (1)')).toBeVisible()
  await expect(follows.heading('New (1)')).toBeVisible()
  await expect(follows.heading('No longer there (1)')).toBeVisible()
  await expect(follows.dialog).toContainText('goes on without a configuration of its own')
  await follows.upgrade()
  expect(await installedSpec(kubeconfig, 'plain', 'business')).toEqual({ version: 'v2.0.0' })

  const pinned = await openUpgrade(page, { plugin: 'plain', cluster: 'edge' })
  await pinned.choice('a', /Keep the old value: 1/).check()
  await expect(pinned.dialog).toContainText('this whole configuration are written together')
  await pinned.upgrade()
  expect(await installedSpec(kubeconfig, 'plain', 'edge')).toEqual({
    version: 'v2.0.0',
    config: { a: 1, b: 3 },
  })
})

test('what was missing before does not stop an upgrade that changes the version alone', async ({
  page,
  kubectl,
  console: { kubeconfig },
}) => {
  const nodes = row('nodes', 'Nodes', '节点', 'text', 'validation:required')
  const spec = { config: { nodes: '', a: 1 }, deployDescriptors: [nodes] }
  await publishVersion(kubeconfig, 'sloppy', 'v1.0.0', spec)
  await installAsYaml(kubeconfig, 'sloppy', 'business')
  await expect
    .poll(() => kubectl('get', 'moduleinfo', '-l', 'cpaas.io/module-name=sloppy', '-o', 'jsonpath={..phase}'))
    .toBe('Running')
  await publishVersion(kubeconfig, 'sloppy', 'v2.0.0', { ...spec, config: { nodes: '', a: 2 } })
  const { dialog, heading, choice, upgrade } = await openUpgrade(page, {
    plugin: 'sloppy',
    cluster: 'business',
  })
  await expect(heading('Needed now (1)')).toBeVisible()
  await expect(dialog.getByText('As before', { exact: true })).toBeVisible()
  await dialog.getByRole('button', { name: 'Go to the first one' }).click()
  await expect(dialog.getByRole('textbox', { name: 'Nodes' })).toBeFocused()
  // A whole configuration must be right.
  await choice('a', /Keep the old value: 1/).check()
  await dialog.getByRole('button', { name: 'Upgrade', exact: true }).click()
  await expect(dialog.getByRole('textbox', { name: 'Nodes' })).toBeFocused()
  await choice('a', /Follow the new default: 2/).check()
  await upgrade()
  expect(await installedSpec(kubeconfig, 'sloppy', 'business')).toEqual({ version: 'v2.0.0' })
})

test('what the user set is kept when the new version drops it, unless it is dropped', async ({
  page,
  baseURL,
  console: { kubeconfig },
}) => {
  const what = { plugin: 'plain', cluster: 'global', config: { a: 1, old: 5 } }
  await install(page, baseURL ?? '', what)
  const { choice, dialog, upgrade } = await openUpgrade(page, what)
  await expect(choice('old', /Keep: 5/)).toBeChecked()
  await expect(dialog.locator('.cm-editor').last()).toContainText('old: 5')
  await choice('old', /Drop it/).check()
  await upgrade()
  expect(await installedSpec(kubeconfig, 'plain', 'global')).toEqual({
    version: 'v2.0.0',
    config: { a: 2, b: 3 },
  })
})

test('of a version that is no longer published everything counts as set by the user', async ({
  page,
  baseURL,
  kubectl,
  console: { kubeconfig },
}) => {
  await publishVersion(kubeconfig, 'orphan', 'v1.0.0', { config: { a: 1, b: 2, c: 3 } })
  const what = { plugin: 'orphan', cluster: 'business', config: { a: 1, b: 2, c: 9 } }
  await install(page, baseURL ?? '', what)
  await install(page, baseURL ?? '', { plugin: 'orphan', cluster: 'edge' })
  await publishVersion(kubeconfig, 'orphan', 'v2.0.0', { config: { a: 1, b: 7, d: 4 } })
  // The controller holds it while it is installed; who takes the finalizer away has his way.
  await kubectl('delete', 'moduleconfig', 'orphan-v1.0.0', '--wait=false')
  const free = JSON.stringify({ metadata: { finalizers: null } })
  await kubectl('patch', 'moduleconfig', 'orphan-v1.0.0', '--type=merge', '-p', free)

  const { heading, dialog, choice, upgrade } = await openUpgrade(page, what)
  await expect(dialog).toContainText('v1.0.0 is no longer published')
  await expect(heading('You set, kept (1)')).toBeVisible()
  await expect(heading('No longer there (1)')).toBeVisible()
  await expect(heading('New (1)')).toBeVisible()
  await expect(choice('b', /Keep yours: 2/)).toBeChecked()
  await expect(choice('c', /Keep: 9/)).toBeChecked()
  await upgrade()
  expect(await installedSpec(kubeconfig, 'orphan', 'business')).toEqual({
    version: 'v2.0.0',
    config: { a: 1, b: 2, c: 9, d: 4 },
  })

  const follows = await openUpgrade(page, { plugin: 'orphan', cluster: 'edge' })
  await expect(follows.dialog).toContainText('This installation takes those of the new version')
  await follows.upgrade()
  expect(await installedSpec(kubeconfig, 'orphan', 'edge')).toEqual({ version: 'v2.0.0' })
})

test('what can’t change after installing stays and says so; a change below is taken back', async ({
  page,
  console: { kubeconfig },
}) => {
  // Its v4.2.1 has no form for upgrades: what Update shows as fixed is fixed here, too.
  const { dialog, heading, choice } = await openUpgrade(page, { plugin: 'prometheus', cluster: 'global' })
  for (const name of [
    'Conflicts (1)',
    'No longer there (1)',
    'Follow the new default (2)',
    'New (1)',
    'You set, kept (2)',
  ])
    await expect(heading(name)).toBeVisible()
  const nodes = dialog.getByRole('listitem').filter({ has: page.getByText('storage.nodes', { exact: true }) })
  await expect(nodes).toContainText(/Stays:.*192\.0\.2\.21.*Can’t be changed after installing\./)
  await expect(nodes.getByRole('radio')).toHaveCount(0)
  await expectFixed(dialog, 'Storage Type')

  const days = dialog.getByRole('spinbutton', { name: 'Retention (days)' })
  await days.fill('30')
  const interval = dialog.getByRole('spinbutton', { name: 'Scrape interval (seconds)' })
  await interval.fill('20')
  await expect(dialog.getByText('Changed below')).toHaveCount(2)
  await dialog.getByRole('button', { name: 'Undo what was changed below: Retention (days)' }).click()
  await expect(dialog.getByText('Changed below')).toHaveCount(1)
  await expect(days).toHaveValue('14')
  await expect(interval).toHaveValue('20')
  await choice('storage.capacity', /Keep yours: 100/).check()

  await dialog.getByRole('button', { name: 'Upgrade', exact: true }).click()
  await expect(dialog).toBeHidden()
  const { version, config } = await installedSpec(kubeconfig, 'prometheus', 'global')
  expect(version).toBe('v4.2.1')
  expect(config).toMatchObject({
    storage: { type: 'LocalVolume', nodes: ['192.0.2.21'], capacity: 100 },
    components: {
      prometheus: { retention: 14, scrapeInterval: 20, scrapeTimeout: 45 },
      nodeExporter: { port: 9100 },
    },
  })
  expect(config).not.toHaveProperty('components.grafana')
})
