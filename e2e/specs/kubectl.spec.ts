import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '#e2e/support/test.ts'
import { pluginDetail } from '#e2e/support/api.ts'
import { startKubectl } from '#e2e/support/kubectl.ts'

test.use({ instance: 'kubectl' })

const WEB_CLI = `
apiVersion: cluster.alauda.io/v1alpha1
kind: ModuleInfo
metadata:
  name: global-temporary-name
  labels: {cpaas.io/cluster-name: global, cpaas.io/module-name: web-cli, cpaas.io/module-type: plugin}
spec: {version: v4.0.4, config: {}}
`

const GPU = `
apiVersion: cluster.alauda.io/v1alpha1
kind: ModuleInfo
metadata:
  name: business-temporary-name
  labels: {cpaas.io/cluster-name: business, cpaas.io/module-name: gpu-device-plugin, cpaas.io/module-type: plugin}
spec:
  version: v4.0.15
  config: {custom: {mps_enable: false, pgpu_enable: true, vgpu_enable: true}}
`

let folder = ''

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kubectl-'))
})

test.afterAll(() => rm(folder, { recursive: true, force: true }))

async function fileOf(yaml: string): Promise<string> {
  const file = join(folder, `${Math.random().toString(36).slice(2)}.yaml`)
  await writeFile(file, yaml)
  return file
}

test('versions are found as the documents say', async ({ kubectl }) => {
  expect(await kubectl('get', 'moduleplugins', 'web-cli')).toMatch(/^NAME +AGE\nweb-cli +\S+\n$/)
  const configs = await kubectl('get', 'moduleconfigs', '-l', 'cpaas.io/module-name=web-cli')
  expect(configs).toContain('web-cli-v4.0.4')
})

test('web-cli installs from YAML, is renamed, and the page shows it without a reload', async ({
  kubectl,
  page,
}) => {
  await page.goto('/marketplace/cluster-plugins?cluster=global&q=web-cli')
  const row = page.getByRole('row').filter({ hasText: 'web-cli' })
  await expect(row).toContainText('Ready')
  await kubectl('create', '-f', await fileOf(WEB_CLI))
  await expect(row).toContainText('Running')

  const table = await kubectl('get', 'moduleinfo', '-l', 'cpaas.io/module-name=web-cli')
  const [head, line] = table.split('\n')
  expect(head?.trim().split(/\s+/)).toEqual([
    'NAME',
    'CLUSTER',
    'MODULE',
    'DISPLAY_NAME',
    'STATUS',
    'TARGET_VERSION',
    'CURRENT_VERSION',
    'NEW_VERSION',
  ])
  expect(line).toMatch(/^global-[0-9a-f]{32} +global +web-cli +.+ +Running +v4\.0\.4 +v4\.0\.4 +v4\.0\.4$/)
})

test('gpu-device-plugin installs on business with its answers kept', async ({ kubectl, page }) => {
  await page.goto('/marketplace/cluster-plugins?cluster=business&q=gpu')
  const row = page.getByRole('row').filter({ hasText: 'gpu-device-plugin' })
  await kubectl('apply', '-f', await fileOf(GPU))
  await expect(row).toContainText('Running')
  const info = JSON.parse(
    await kubectl('get', 'minfo', '-l', 'cpaas.io/module-name=gpu-device-plugin', '-o', 'json'),
  ) as {
    items: { metadata: { name: string; ownerReferences?: { kind: string; name: string }[] }; spec: object }[]
  }
  expect(info.items).toHaveLength(1)
  expect(info.items[0]?.metadata.name).toMatch(/^business-[0-9a-f]{32}$/)
  expect(info.items[0]?.metadata.ownerReferences).toContainEqual(
    expect.objectContaining({ kind: 'Cluster', name: 'business' }),
  )
  expect(info.items[0]?.spec).toEqual({
    version: 'v4.0.15',
    config: { custom: { mps_enable: false, pgpu_enable: true, vgpu_enable: true } },
  })
})

test('without the module-type label an installation fails and says why', async ({ kubectl, request }) => {
  const yaml = WEB_CLI.replace(', cpaas.io/module-type: plugin', '')
    .replaceAll('web-cli', 'prometheus')
    .replaceAll('global', 'edge')
  await kubectl('create', '-f', await fileOf(yaml))
  await kubectl(
    'wait',
    'moduleinfo/edge-temporary-name',
    '--for=jsonpath={.status.phase}=Failed',
    '--timeout=20s',
  )
  const conditions = await kubectl(
    'get',
    'moduleinfo',
    'edge-temporary-name',
    '-o',
    'jsonpath={.status.conditions[*].message}',
  )
  expect(conditions).toContain('cpaas.io/module-type')
  const { clusters } = await pluginDetail(request, 'prometheus')
  expect(clusters.find(({ cluster }) => cluster === 'edge')?.status).not.toBe('Running')
  await kubectl('delete', 'moduleinfo', 'edge-temporary-name')
})

test("the page's install shows in kubectl's watch", async ({
  console: running,
  kubectl,
  request,
  baseURL,
}) => {
  await kubectl('delete', 'moduleinfo', '-l', 'cpaas.io/module-name=web-cli', '--timeout=20s')
  const watch = ['get', 'moduleinfo', '-l', 'cpaas.io/module-name=web-cli', '-w']
  const watching = await startKubectl(['--kubeconfig', running.kubeconfig, ...watch])
  let seen = ''
  watching.stdout?.setEncoding('utf8').on('data', (text: string) => (seen += text))
  await request.post('/api/installations', {
    headers: { origin: baseURL ?? '' },
    data: { cluster: 'global', plugin: 'web-cli', version: 'v4.0.4', config: {} },
  })
  await expect.poll(() => seen).toMatch(/global-[0-9a-f]{32} .*Running +v4\.0\.4/)
  watching.kill()
})
