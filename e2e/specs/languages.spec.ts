import { READING } from '#e2e/support/reading.ts'
import { expect, test } from '#e2e/support/test.ts'
import { listUrl, pluginRow } from '#e2e/support/pages.ts'

test.use(READING)

test('the language switches in place, plugin texts with it', async ({ page }) => {
  await page.goto(listUrl('global', 'prometheus'))
  await expect(page.getByRole('heading', { level: 1, name: 'Cluster Plugins' })).toBeVisible()
  await page.getByRole('button', { name: /Language/ }).click()
  await page.getByRole('menuitemradio', { name: '简体中文' }).click()
  await expect(page.getByRole('heading', { level: 1, name: '集群插件' })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', /^zh/)
  await expect(pluginRow(page, 'prometheus')).toContainText(/[\u4e00-\u9fff]/)
  await page.reload()
  await expect(page.getByRole('heading', { level: 1, name: '集群插件' })).toBeVisible()
})

test("the browser's language is the first guess", async ({ browser, baseURL }) => {
  const context = await browser.newContext({ locale: 'zh-CN', baseURL })
  const page = await context.newPage()
  await page.goto('/clusters')
  await expect(page.locator('html')).toHaveAttribute('lang', /^zh/)
  await context.close()
})

test('the verdict on a package is told in the language of the page', async ({ page, context, baseURL }) => {
  await context.addCookies([{ name: 'language', value: 'zh', url: baseURL ?? '' }])
  await page.goto('/marketplace/upload-packages')
  await page.locator('input[type=file]').setInputFiles({
    name: 'broken.tgz',
    mimeType: 'application/gzip',
    buffer: Buffer.from('no gzip at all'),
  })
  await expect(page.getByText('不是 gzip 文件')).toBeVisible()
})
