import { stringify } from 'yaml'
import { listUrl, pluginRow } from '#e2e/support/pages.ts'
import { expect, expectAccessible, test } from '#e2e/support/test.ts'
import { cursorBehind, openYaml, replaceYaml, takeOption, yamlText } from '#e2e/support/yaml-editor.ts'

test.use({ instance: 'form-yaml' })

function dialogUrl(cluster: string, dialog: string, plugin: string): string {
  return `${listUrl(cluster, plugin)}&dialog=${dialog}&plugin=${plugin}`
}

test('form and YAML, to and fro: edits of both sides and comments survive, and are what is installed', async ({
  page,
  kubectl,
}) => {
  await page.goto(dialogUrl('business', 'install', 'gpu-device-plugin'))
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('switch', { name: /pgpu/i }).click()
  let editor = await openYaml(dialog)
  await expect(editor).toContainText('pgpu_enable: true')
  await replaceYaml(
    page,
    editor,
    '# ours\ncustom:\n    mps_enable: false   # not yet\n    pgpu_enable: true\n    vgpu_enable: true\n    free: [1, null]\n',
  )
  await dialog.getByRole('tab', { name: 'Parameters' }).click()
  await expect(dialog.getByRole('switch', { name: /vgpu/i })).toBeChecked()
  await dialog.getByRole('switch', { name: /mps/i }).click()

  editor = await openYaml(dialog)
  await expect(editor).toContainText('mps_enable: true   # not yet')
  expect(await yamlText(editor)).toBe(
    '# ours\ncustom:\n    mps_enable: true   # not yet\n    pgpu_enable: true\n    vgpu_enable: true\n    free: [1, null]\n',
  )
  await dialog.getByText('What will be created').click()
  await expect(dialog.getByText('generateName: business-gpu-device-plugin-')).toBeVisible()
  await dialog.getByRole('button', { name: 'Install', exact: true }).click()
  await expect(dialog).toBeHidden()
  const label = 'cpaas.io/module-name=gpu-device-plugin'
  await expect
    .poll(async () => {
      const found = await kubectl('get', 'moduleinfo', '-l', label, '-o', 'jsonpath={.items[*].spec.config}')
      return JSON.parse(found || 'null') as unknown
    })
    .toEqual({ custom: { mps_enable: true, pgpu_enable: true, vgpu_enable: true, free: [1, null] } })
})

test('YAML that can’t be read keeps its side, says where, and has the focus there', async ({ page }) => {
  await page.goto(dialogUrl('edge', 'install', 'prometheus'))
  const dialog = page.getByRole('dialog')
  const editor = await openYaml(dialog)
  await replaceYaml(page, editor, 'size: Small\nreplicas: 1\nreplicas: 2\n')
  const problem = dialog.getByRole('button', { name: 'Line 3, column 1: The key “replicas” is there twice.' })
  await expect(problem).toBeVisible()
  await expect(editor.locator('.cm-lintRange-error')).toHaveText('replicas')
  await dialog.getByRole('tab', { name: 'Parameters' }).click()
  await expect(dialog.getByRole('tab', { name: 'YAML' })).toHaveAttribute('aria-selected', 'true')
  await expect(editor).toBeFocused()
  await page.keyboard.type('# ')
  await expect(problem).toBeHidden()
  expect(await yamlText(editor)).toContain('\n# replicas: 2')
  // Escape closes what the editor has open, never the dialog.
  await page.keyboard.press('Escape')
  await expect(dialog).toBeVisible()
  await dialog.getByRole('tab', { name: 'Parameters' }).click()
  await expect(dialog.getByRole('spinbutton', { name: /Replica/ })).toHaveValue('1')
})

test('suggestions by keyboard; what does not fit is underlined and not sent', async ({ page, kubectl }) => {
  await page.goto(dialogUrl('edge', 'install', 'prometheus'))
  const dialog = page.getByRole('dialog')
  const editor = await openYaml(dialog)
  await replaceYaml(page, editor, 'size: Small\n')
  await page.keyboard.type('sto')
  const list = page.getByRole('listbox', { name: 'Completions' })
  await takeOption(page, /^storage/)
  await page.keyboard.press('Control+Space')
  await expect(list.getByRole('option').first()).toBeVisible()
  await page.keyboard.type('typ')
  await takeOption(page, /^type/)
  await page.keyboard.press('Control+Space')
  await list.getByRole('option', { name: /^StorageClass/ }).click()
  expect(await yamlText(editor)).toBe('size: Small\nstorage:\n  type: StorageClass')

  await cursorBehind(page, editor, 'size: Small')
  for (let count = 0; count < 'Small'.length; count++) await page.keyboard.press('Backspace')
  await page.keyboard.type('Tiny')
  await expect(editor.locator('.cm-lintRange-error').first()).toHaveText('Tiny')
  await page.keyboard.press('ControlOrMeta+End')
  await dialog.getByRole('button', { name: 'Install', exact: true }).click()
  await expect(editor).toBeFocused()
  await expect(dialog.getByRole('button', { name: /^Line 1, column 7: size: / })).toBeVisible()
  expect(
    await kubectl('get', 'moduleinfo', '-l', 'cpaas.io/cluster-name=edge,cpaas.io/module-name=prometheus'),
  ).not.toContain('prometheus')
})

test('Tab leaves the editor; it indents where that was asked for, and Escape ends it', async ({ page }) => {
  await page.goto(dialogUrl('business', 'install', 'alertmanager-webhook'))
  const dialog = page.getByRole('dialog')
  const editor = await openYaml(dialog)
  const before = await yamlText(editor)
  await editor.click()
  await page.keyboard.press('ControlOrMeta+Home')
  await page.keyboard.press('Tab')
  await expect(editor).not.toBeFocused()
  expect(await yamlText(editor)).toBe(before)
  await editor.focus()
  await page.keyboard.press('Control+m')
  await expect(dialog.getByText('Tab indents now.')).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(editor).toBeFocused()
  expect(await yamlText(editor)).toBe(`  ${before}`)
  await page.keyboard.press('Escape')
  await page.keyboard.press('Tab')
  await expect(editor).not.toBeFocused()
})

test('passwords are dots until somebody asks for them', async ({ page, kubectl }) => {
  await page.goto(`${dialogUrl('business', 'install', 'alertmanager-webhook')}&version=v1.2.0`)
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Token', { exact: true }).fill('hunter2')
  const editor = await openYaml(dialog)
  await dialog.getByText('What will be created').click()
  await expect(dialog.getByText('generateName: business-alertmanager-webhook-')).toBeVisible()
  await expect(dialog.getByRole('img', { name: 'Hidden password' })).toBeVisible()
  expect(await dialog.innerText()).not.toContain('hunter2')
  await dialog.getByRole('checkbox', { name: 'Show passwords' }).check()
  await expect(editor).toContainText('token: hunter2')
  await dialog.getByRole('checkbox', { name: 'Show passwords' }).uncheck()
  await expect(editor).not.toContainText('hunter2')
  await dialog.getByRole('button', { name: 'Install', exact: true }).click()
  await expect(dialog).toBeHidden()
  expect(page.url()).not.toContain('hunter2')
  await expect
    .poll(() =>
      kubectl(
        'get',
        'moduleinfo',
        '-l',
        'cpaas.io/cluster-name=business,cpaas.io/module-name=alertmanager-webhook',
        '-o',
        'jsonpath={.items[*].spec.config.receiver.token}',
      ),
    )
    .toBe('hunter2')
})

test('Update: comments alone are no change; what can’t change says so at its place', async ({ page }) => {
  await page.goto(dialogUrl('global', 'update', 'prometheus'))
  const dialog = page.getByRole('dialog')
  const update = dialog.getByRole('button', { name: 'Update', exact: true })
  const editor = await openYaml(dialog)
  await expect(update).toBeDisabled()
  await cursorBehind(page, editor, 'size: Small')
  await page.keyboard.type('  # as agreed')
  await expect(update).toBeDisabled()
  await cursorBehind(page, editor, 'path: /cpaas/monitoring')
  await page.keyboard.type('2')
  await expect(dialog.getByRole('button', { name: /storage\.path: This can’t be changed/ })).toBeVisible()
  await expect(update).toBeEnabled()
  await update.click()
  await expect(editor).toBeFocused()
  await page.keyboard.press('End')
  await page.keyboard.press('Backspace')
  await expect(update).toBeDisabled()
  await expect(editor).toContainText('# as agreed')
})

test('a whole configuration and chart values, written as YAML, are the object', async ({
  page,
  kubectl,
  cleanPage,
}) => {
  const config = {
    crossClusterDependency: { logcenter: 'business', logclickhouse: null },
    dataSource: {
      audit: true,
      event: true,
      kubernetes: true,
      platform: false,
      system: false,
      workload: true,
    },
    components: { nevermore: { storageSpec: { dataDir: '/cpaas/data/nevermore' } } },
    storage: { type: 'ElasticSearch' },
  }
  const values = {
    'ait/chart-alauda-log-agent': {
      global: { nodeSelector: { 'node-role.kubernetes.io/infra': 'true' } },
    },
  }
  await page.goto(dialogUrl('edge', 'install', 'logagent'))
  const dialog = page.getByRole('dialog')
  const editor = await openYaml(dialog)
  const text = `# from the manual\n${stringify(config)}`
  const install = dialog.getByRole('button', { name: 'Install', exact: true })
  // Nothing that the form could know: the server refuses it, and that stands at the value.
  cleanPage.allow(/422/)
  await replaceYaml(page, editor, text.replace('logcenter: business', 'logcenter: edge'))
  await install.click()
  await expect(dialog.getByRole('button', { name: /^Line 3, column 14: .*logcenter/ })).toBeVisible()
  await expect(editor).toBeFocused()
  await replaceYaml(page, editor, text)
  await dialog.getByText('Chart values that win over the form').click()
  const chart = dialog.getByRole('textbox', { name: /spec\.valuesOverride/ })
  await expect(chart).toBeVisible()
  await replaceYaml(page, chart, 'ait/chart-alauda-log-agent: 1\n')
  await expect(install).toBeDisabled()
  await replaceYaml(page, chart, stringify(values))
  await install.click()
  await expect(dialog).toBeHidden()
  const label = 'cpaas.io/cluster-name=edge,cpaas.io/module-name=logagent'
  const read = () => kubectl('get', 'moduleinfo', '-l', label, '-o', 'jsonpath={.items[*].spec}')
  await expect
    .poll(async () => JSON.parse((await read()) || 'null') as unknown)
    .toEqual({ version: 'v4.2.0', config, valuesOverride: values })
})

test('Prometheus from its YAML: installed as written, and Update shows it without a change', async ({
  page,
  kubectl,
}) => {
  const none = { resources: null }
  const config = {
    size: 'Small',
    replicas: 1,
    storage: {
      type: 'LocalVolume',
      capacity: 40,
      nodes: ['192.0.2.11'],
      path: '/cpaas/monitoring',
      storageClass: '',
      pvSelectorK: '',
      pvSelectorV: '',
    },
    components: {
      nodeSelector: [{ key: 'kubernetes.io/os', value: 'linux' }],
      tolerations: [{ effect: 'NoSchedule', key: 'node-role.kubernetes.io/infra', operator: 'Exists' }],
      prometheus: { retention: 7, scrapeInterval: 60, scrapeTimeout: 45, ...none },
      nodeExporter: { port: 9100, ...none },
      alertmanager: none,
      kubeStateExporter: none,
      prometheusAdapter: none,
      thanosQuery: none,
    },
  }
  await page.goto(dialogUrl('edge', 'install', 'prometheus'))
  const dialog = page.getByRole('dialog')
  await replaceYaml(page, await openYaml(dialog), stringify(config, { aliasDuplicateObjects: false }))
  await dialog.getByRole('button', { name: 'Install', exact: true }).click()
  await expect(dialog).toBeHidden()
  const label = 'cpaas.io/cluster-name=edge,cpaas.io/module-name=prometheus'
  const read = () => kubectl('get', 'moduleinfo', '-l', label, '-o', 'jsonpath={.items[*].spec.config}')
  await expect.poll(async () => JSON.parse((await read()) || 'null') as unknown).toEqual(config)

  await expect(pluginRow(page, 'prometheus')).toContainText('Running')
  await page.goto(dialogUrl('edge', 'update', 'prometheus'))
  await openYaml(dialog)
  await dialog.getByRole('tab', { name: 'Parameters' }).click()
  await expect(dialog.getByRole('spinbutton', { name: /Replica/ })).toHaveValue('1')
  await expect(dialog.getByRole('button', { name: 'Update', exact: true })).toBeDisabled()
})

for (const theme of ['light', 'dark'] as const)
  test(`axe finds nothing on the YAML side: ${theme}`, async ({ page, context, baseURL }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await context.addCookies([{ name: 'theme', value: theme, url: baseURL ?? '' }])
    await page.goto(dialogUrl('global', 'update', 'prometheus'))
    const dialog = page.getByRole('dialog')
    const editor = await openYaml(dialog)
    await dialog.getByText('Chart values that win over the form').click()
    await expect(dialog.getByRole('textbox', { name: /spec\.valuesOverride/ })).toBeVisible()
    await expectAccessible(page, `YAML, ${theme}`)
    await replaceYaml(page, editor, 'size: Tiny # no\nreplicas: x\n')
    await page.keyboard.press('Control+Space')
    await expect(page.getByRole('listbox', { name: 'Completions' })).toBeVisible()
    await expectAccessible(page, `YAML with errors and suggestions, ${theme}`)
  })
