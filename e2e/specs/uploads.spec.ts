import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import type { UploadPage } from '#lib/contract/upload.ts'
import { packTgz, pluginPackage, pluginYaml } from '#e2e/support/package-builder.ts'
import { expect, expectAccessible, test } from '#e2e/support/test.ts'
import { throttleUploads } from '#e2e/support/throttle-uploads.ts'
import { uploadPackage } from '#e2e/support/upload-package.ts'

test.use({ instance: 'uploads' })

const PAGE = '/marketplace/upload-packages'
const FORM = `  config: {replicas: 1}
  deployDescriptors:
    - path: replicas
      displayName: Replicas
      x-descriptors: ['urn:alm:descriptor:com.tectonic.ui:number']`

let dir = ''

test.beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'uploads-'))
})

test.afterAll(() => rm(dir, { recursive: true, force: true }))

async function file(name: string, bytes: Buffer | string): Promise<string> {
  const path = join(dir, name)
  await writeFile(path, bytes)
  return path
}

/** A package that takes a moment to send. */
async function largePackage(name: string): Promise<Buffer> {
  return packTgz([
    ['res/resources.yaml', pluginYaml({ name, version: 'v1.0.0' })],
    ['res/artifacts.txt', ''],
    ['res/extra.bin', randomBytes(3 * 1024 * 1024)],
  ])
}

function row(page: Page, fileName: string): Locator {
  return page
    .getByRole('listitem')
    .filter({ hasText: fileName })
    .filter({ hasNot: page.getByRole('navigation') })
}

async function choose(page: Page, ...paths: string[]): Promise<void> {
  // Before the page has come alive nobody hears of it.
  await expect(page.getByText('Live', { exact: true })).toBeVisible()
  await page.locator('input[type=file]').setInputFiles(paths)
}

test('two files with their checksums, inspected and published', async ({ page, kubectl }) => {
  const good = await pluginPackage({ name: 'first-demo', version: 'v1.0.0', spec: FORM })
  const other = await pluginPackage({ name: 'second-demo', version: 'v1.0.0' })
  const sum = createHash('sha256').update(good).digest('hex')
  await page.goto(PAGE)
  await choose(
    page,
    await file('first-demo.tgz', good),
    await file('first-demo.tgz.sha256', `${sum}  first-demo.tgz\n`),
    await file('second-demo.tgz', other),
    await file('second-demo.tgz.sha256', `${'0'.repeat(64)}  second-demo.tgz\n`),
  )
  const first = row(page, 'first-demo.tgz')
  await expect(first).toContainText('Ready to publish')
  await expect(first).toContainText('Checksum matches')
  await expect(row(page, 'second-demo.tgz')).toContainText('Checksum does not match')
  // Nothing is published before somebody says so.
  const published = await kubectl('get', 'moduleplugins', '-o', 'name')
  expect(published).not.toMatch(/(first|second)-demo/)

  await first.getByRole('link', { name: 'Inspect first-demo.tgz' }).click()
  await expect(page.getByText('A new plugin', { exact: true })).toBeVisible()
  await expect(page.getByText('Not pushed: no registry is configured')).toBeVisible()
  await expect(page.getByText('ModuleConfig first-demo-v1.0.0')).toBeVisible()
  await page.getByText('What whoever installs it will be asked').click()
  await expect(page.getByLabel('Replicas')).toHaveValue('1')
  await expectAccessible(page, 'inspection')
  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  await expect(page.getByRole('link', { name: 'Show first-demo v1.0.0' })).toBeVisible()
  expect(await kubectl('get', 'moduleplugins', '-o', 'name')).toContain('first-demo')

  await page.goto(PAGE)
  await page.getByRole('button', { name: 'Cancel second-demo.tgz' }).click()
  await expect(page.getByRole('button', { name: 'Publish second-demo.tgz' })).toBeHidden()
  await page.getByText('History of uploads').click()
  const history = page.getByRole('table', { name: /Uploads that are over/ })
  await expect(history.getByRole('row').filter({ hasText: 'first-demo.tgz' })).toContainText('Published')
  await expect(history.getByRole('row').filter({ hasText: 'second-demo.tgz' })).toContainText('Cancelled')
  expect(await kubectl('get', 'moduleplugins', '-o', 'name')).not.toContain('second-demo')
})

test('a broken connection is waited out, a reloaded page goes on with the same file', async ({
  page,
  request,
  cleanPage,
}) => {
  cleanPage.allow(/ERR_FAILED|ERR_CONNECTION/)
  page.on('dialog', (dialog) => void dialog.accept())
  const path = await file('large-demo.tgz', await largePackage('large-demo'))
  const offsets: number[] = []
  page.on('request', (sent) => {
    if (sent.method() === 'PATCH') offsets.push(Number(sent.headers()['upload-offset']))
  })
  let isCut = false
  await page.route('**/api/uploads/*/content', async (route) => {
    if (isCut) return route.fallback()
    isCut = true
    await route.abort('connectionreset')
  })
  await page.goto(PAGE)
  await throttleUploads(page, 400_000)
  await choose(page, path)
  const received = async () => {
    const { items } = (await (await request.get('/api/uploads')).json()) as UploadPage
    return items.find(({ fileName }) => fileName === 'large-demo.tgz')?.received ?? 0
  }
  await expect.poll(received).toBeGreaterThan(100_000)
  expect(offsets).toEqual([0, 0])

  await page.reload()
  await expect(row(page, 'large-demo.tgz')).toContainText('Interrupted')
  await throttleUploads(page, -1)
  await choose(page, path)
  await expect(row(page, 'large-demo.tgz')).toContainText('Ready to publish')
  expect(offsets.at(-1)).toBeGreaterThan(100_000)
})

test('pausing, going on, cancelling', async ({ page, request, console: running }) => {
  const path = await file('paused-demo.tgz', await largePackage('paused-demo'))
  await page.goto(PAGE)
  await throttleUploads(page, 200_000)
  await choose(page, path)
  const item = row(page, 'paused-demo.tgz')
  await page.getByRole('button', { name: 'Pause paused-demo.tgz' }).click()
  await expect(item).toContainText('Paused')
  await page.getByRole('button', { name: 'Go on with paused-demo.tgz' }).click()
  await expect(item).toContainText('Uploading')
  await page.getByRole('button', { name: 'Cancel paused-demo.tgz' }).click()
  await expect(item).toContainText('Cancelled')
  const { items } = (await (await request.get('/api/uploads')).json()) as UploadPage
  const upload = items.find(({ fileName }) => fileName === 'paused-demo.tgz')
  expect(upload?.state).toBe('cancelled')
  const folder = join(running.dataDir, 'uploads', upload?.id ?? '')
  await expect.poll(() => readdir(folder)).toEqual(['record.json'])
})

test('other content of a published version is refused, and replaces it when asked to', async ({
  page,
  request,
  baseURL,
  kubectl,
}) => {
  const options = { name: 'conflict-demo', version: 'v1.0.0' }
  await page.goto(PAGE)
  await choose(page, await file('conflict-demo.tgz', await pluginPackage(options)))
  await page.getByRole('button', { name: 'Publish conflict-demo.tgz' }).click()
  await expect(row(page, 'conflict-demo.tgz')).toContainText('Published')

  const other = await pluginPackage({ ...options, spec: FORM })
  const { id } = await uploadPackage(request, baseURL ?? '', 'other-demo.tgz', other)
  await page.getByRole('button', { name: 'Publish other-demo.tgz' }).click()
  await expect(row(page, 'other-demo.tgz')).toContainText('is published already with other content')

  await page.goto(`${PAGE}/${id}`)
  await expect(page.getByText(/differs: spec\.config/)).toBeVisible()
  const publish = page.getByRole('button', { name: 'Replace and publish' })
  await expect(publish).toBeDisabled()
  await page.getByRole('checkbox', { name: 'Replace what is published' }).check()
  await publish.click()
  await expect(page.getByRole('link', { name: 'Show conflict-demo v1.0.0' })).toBeVisible()
  const config = await kubectl(
    'get',
    'moduleconfigs',
    'conflict-demo-v1.0.0',
    '-o',
    'jsonpath={.spec.config}',
  )
  expect(config).toBe('{"replicas":1}')
})

for (const language of ['en', 'zh'])
  for (const theme of ['light', 'dark'])
    test(`axe finds nothing on an inspection: ${theme}, ${language}`, async ({
      page,
      context,
      request,
      baseURL,
    }) => {
      const origin = baseURL ?? ''
      const bytes = await packTgz([
        ['res/resources.yaml', pluginYaml({ name: 'axe-demo', version: 'v1.0.0', spec: FORM })],
        ['res/hooks/pre.sh', 'exit 1'],
      ])
      const { id } = await uploadPackage(request, origin, `axe-${theme}-${language}.tgz`, bytes)
      await context.addCookies([
        { name: 'theme', value: theme, url: origin },
        { name: 'language', value: language, url: origin },
      ])
      await page.emulateMedia({ reducedMotion: 'reduce' })
      for (const path of [PAGE, `${PAGE}/${id}`]) {
        await page.goto(path)
        await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
        if (path !== PAGE) await expect(page.getByText('ModuleConfig axe-demo-v1.0.0')).toBeVisible()
        await expectAccessible(page, path)
      }
    })
