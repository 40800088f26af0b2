import type { Locator, Page } from '@playwright/test'
import { exampleInstallations, withChange } from '#e2e/support/example-installations.ts'
import { expectFixed, expectForm } from '#e2e/support/expect-form.ts'
import { fillForm } from '#e2e/support/fill-form.ts'
import type { Answer } from '#e2e/support/form-answer.ts'
import { fieldOf, openGroups } from '#e2e/support/form-fields.ts'
import {
  crossClusterLabelsOf,
  hastenRollouts,
  removeInstalled,
  runningObject,
} from '#e2e/support/installed-object.ts'
import { type KubeApi, openKubeApi } from '#e2e/support/kube-api.ts'
import { listUrl } from '#e2e/support/pages.ts'
import { expect, test } from '#e2e/support/test.ts'

test.use({ instance: 'form-examples' })

let api: KubeApi

test.beforeAll(async ({ console: running }) => {
  api = await openKubeApi(running.kubeconfig)
  await hastenRollouts(running, ['global', 'business', 'edge'])
})

test.afterAll(() => api.close())

async function openDialog(page: Page, name: string, plugin: string, cluster: string): Promise<Locator> {
  await page.goto(`${listUrl(cluster, plugin)}&dialog=${name}&plugin=${plugin}`)
  const dialog = page.getByRole('dialog')
  await expect(dialog.locator('[data-field]').first()).toBeVisible()
  return dialog
}

for (const installation of exampleInstallations())
  test(`${installation.name}: from the form to the object and back`, async ({ page }) => {
    const { plugin, cluster, labels, config, valuesOverride, answers, fixed, change } = installation
    await removeInstalled(api, plugin, cluster)
    const install = await openDialog(page, 'install', plugin, cluster)
    await fillForm(install, answers)
    if (valuesOverride !== undefined)
      await install
        .getByRole('textbox', { name: 'Chart values (spec.valuesOverride) as YAML' })
        .fill(JSON.stringify(valuesOverride))
    await install.getByRole('button', { name: 'Install', exact: true }).click()
    await expect(install).toBeHidden()
    const installed = await runningObject(api, plugin, cluster)
    expect(installed.spec.config).toEqual(config)
    expect(installed.spec.valuesOverride).toEqual(valuesOverride)
    expect(crossClusterLabelsOf(installed)).toEqual(labels)

    const update = await openDialog(page, 'update', plugin, cluster)
    await expectForm(update, answers)
    for (const label of fixed) await expectFixed(update, label)
    const save = update.getByRole('button', { name: 'Update', exact: true })
    await expect(save).toBeDisabled()
    await fillForm(update, [change])
    await expect(save).toBeEnabled()
    await save.click()
    await expect(update).toBeHidden()
    const changed = withChange(config, change.path, change.value)
    await expect.poll(async () => (await runningObject(api, plugin, cluster)).spec.config).toEqual(changed)
    const object = await runningObject(api, plugin, cluster)
    expect(crossClusterLabelsOf(object)).toEqual(labels)
    expect(object.spec.valuesOverride).toEqual(valuesOverride)
    expect(object.metadata.generation).toBe(installed.metadata.generation + 1)
  })

test('prometheus: a picked scale fills in the resources, which stay editable', async ({ page }) => {
  await runningObject(api, 'prometheus', 'global')
  await removeInstalled(api, 'prometheus', 'business')
  const dialog = await openDialog(page, 'install', 'prometheus', 'business')
  await fillForm(dialog, [
    { label: 'Nodes', as: 'pickers', value: ['192.0.2.12'] },
    { label: 'Scale Configuration', as: 'select', value: 'Medium' },
  ])
  const medium = { requests: { cpu: '2', memory: '4Gi' }, limits: { cpu: '4', memory: '8Gi' } }
  await expectForm(dialog, [{ label: 'Prometheus resources', as: 'resources', value: medium }])
  await fillForm(dialog, [
    { label: 'Prometheus resources', as: 'resources', value: { requests: { memory: '6Gi' } } },
  ])
  await dialog.getByRole('button', { name: 'Install', exact: true }).click()
  await expect(dialog).toBeHidden()
  const { spec } = await runningObject(api, 'prometheus', 'business')
  expect(spec.config).toMatchObject({
    size: 'Medium',
    components: {
      prometheus: { resources: { ...medium, requests: { cpu: '2', memory: '6Gi' } } },
      nodeExporter: {
        port: 9100,
        resources: { requests: { cpu: '100m', memory: '100Mi' }, limits: { cpu: '400m', memory: '400Mi' } },
      },
      thanosQuery: { resources: { requests: { cpu: '100m', memory: '200Mi' } } },
    },
  })
})

test('prometheus: each kind of storage shows its own fields', async ({ page }) => {
  const dialog = await openDialog(page, 'install', 'prometheus', 'edge')
  await openGroups(dialog)
  const shown = async (...labels: string[]) => {
    const all = ['Nodes', 'Path on Host', 'StorageClass', 'Volume label key', 'Volume label value']
    for (const label of all)
      await expect(fieldOf(dialog, { label }))[labels.includes(label) ? 'toBeVisible' : 'toBeHidden']()
  }
  await shown('Nodes', 'Path on Host')
  await fillForm(dialog, [{ label: 'Storage Type', as: 'radio', value: 'PV' }])
  await shown('Volume label key', 'Volume label value')
  await fillForm(dialog, [{ label: 'Storage Type', as: 'radio', value: 'StorageClass' }])
  await shown('StorageClass')
})

/** What is filled in, and how it is put back. */
const UNDONE: readonly (readonly [plugin: string, there: Answer, back: Answer])[] = [
  // Configured as null.
  [
    'prometheus',
    { label: 'Alertmanager resources', as: 'resources', value: { limits: { memory: '1Gi' } } },
    { label: 'Alertmanager resources', as: 'resources', value: { limits: { memory: '' } } },
  ],
  // Configured as an empty list.
  [
    'prometheus',
    { label: 'Node Tolerations', as: 'tolerations', value: [{ key: 'a', operator: 'Exists' }] },
    { label: 'Node Tolerations', as: 'tolerations', value: [] },
  ],
  [
    'prometheus',
    { label: 'Node Selectors', as: 'nodeSelector', value: [{ key: 'disk', value: 'ssd' }] },
    { label: 'Node Selectors', as: 'nodeSelector', value: [] },
  ],
  [
    'prometheus',
    { label: 'Capacity', as: 'number', value: 101 },
    { label: 'Capacity', as: 'number', value: 100 },
  ],
  // Not configured at all.
  [
    'logclickhouse',
    { label: 'Razor resources', as: 'resources', value: { requests: { cpu: '1' } } },
    { label: 'Razor resources', as: 'resources', value: { requests: { cpu: '' } } },
  ],
  [
    'logclickhouse',
    { label: 'Node Tolerations', as: 'tolerations', value: [{ key: 'a', operator: 'Exists' }] },
    { label: 'Node Tolerations', as: 'tolerations', value: [] },
  ],
  [
    'logclickhouse',
    {
      label: 'Node Selectors',
      as: 'rows',
      fields: { key: 'Label key', value: 'Label value' },
      value: [{ key: 'disk', value: 'ssd' }],
    },
    { label: 'Node Selectors', as: 'rows', value: [] },
  ],
]

for (const plugin of new Set(UNDONE.map(([name]) => name)))
  test(`${plugin}: what is put back is no change`, async ({ page }) => {
    await runningObject(api, plugin, 'global')
    const dialog = await openDialog(page, 'update', plugin, 'global')
    const save = dialog.getByRole('button', { name: 'Update', exact: true })
    await expect(save).toBeDisabled()
    for (const [name, there, back] of UNDONE) {
      if (name !== plugin) continue
      await fillForm(dialog, [there])
      await expect(save).toBeEnabled()
      await fillForm(dialog, [back])
      await expect(save, `${there.label} is as it was`).toBeDisabled()
    }
  })
