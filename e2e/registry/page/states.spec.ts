import { tabTo } from '#e2e/support/tab-to.ts'
import { throttleUploads } from '#e2e/support/throttle-uploads.ts'
import { twoPlatforms, wholePackage } from '../made-packages.ts'
import { choose, entry, expect, expectAccessible, PAGE, test } from './test.ts'

test.use({ instance: 'registry-states', setup: { policy: 'warn' } })

const MIB = 1024 * 1024

test('from choosing a file to published without a mouse, with a pause', async ({ page, stage }) => {
  const bytes = await wholePackage(
    { name: 'keyboard', version: 'v1.0.0' },
    { 'ait/keyboard:v1': twoPlatforms('keyboard', MIB) },
  )
  const path = await stage.file('keyboard.tgz', bytes)
  // Waited for from the start: the browser takes a moment until it hands choosers over.
  const chosen = page.waitForEvent('filechooser')
  await page.goto(PAGE)
  await expect(page.getByText('Live', { exact: true })).toBeVisible()
  await throttleUploads(page, 300_000)
  await tabTo(page, /^Choose files$/)
  await page.keyboard.press('Enter')
  await (await chosen).setFiles(path)
  const row = entry(page, 'keyboard.tgz')
  await tabTo(page, /^Pause keyboard\.tgz$/)
  await page.keyboard.press('Space')
  await expect(row).toContainText('Paused')
  // The focus stays on what goes on with it.
  await expect(page.getByRole('button', { name: 'Go on with keyboard.tgz' })).toBeFocused()
  await page.keyboard.press('Space')
  await expect(row).toContainText('Uploading')
  await throttleUploads(page, -1)
  await expect(row).toContainText('Ready to publish')
  await tabTo(page, /^Inspect keyboard\.tgz/)
  await page.keyboard.press('Enter')
  await expect(page.getByText('A new plugin', { exact: true })).toBeVisible()
  await tabTo(page, /^Publish$/)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('status').filter({ hasText: /^Published$/ })).toBeVisible()
  await tabTo(page, /^Show keyboard v1\.0\.0$/, 'Shift+Tab')
})

test('axe finds nothing on inspections, while publishing, when that failed, and on the history', async ({
  page,
  stage,
  context,
  baseURL,
}) => {
  test.setTimeout(180_000)
  const make = (name: string) =>
    wholePackage({ name, version: 'v1.0.0' }, { [`ait/${name}:v1`]: twoPlatforms(name, 3 * MIB) })
  const names = ['axe-done', 'axe-doubtful', 'axe-failed', 'axe-slow'] as const
  const paths = [
    await stage.file('axe-doubtful.tgz.sig', await stage.stranger.sign(await make('axe-doubtful'))),
  ]
  for (const name of names) paths.push(await stage.file(`${name}.tgz`, await make(name)))
  await page.goto(PAGE)
  await choose(page, ...paths)
  await page.getByRole('button', { name: 'Publish axe-done.tgz' }).click()
  await expect(entry(page, 'axe-done.tgz')).toContainText('Published')
  const addresses: string[] = []
  for (const name of names.slice(1)) {
    const link = page.getByRole('link', { name: `Inspect ${name}.tgz` })
    addresses.push((await link.getAttribute('href')) ?? '')
  }
  await stage.line.cut()
  await page.getByRole('button', { name: 'Publish axe-failed.tgz' }).click()
  await expect(entry(page, 'axe-failed.tgz')).toContainText('Could not be published')
  await stage.line.mend()
  stage.line.limit(500_000)
  await page.getByRole('button', { name: 'Publish axe-slow.tgz' }).click()
  await expect(page.getByText(/of [\d.]+ MiB · .+ait\/axe-slow:v1/)).toBeVisible()

  stage.line.freeze()
  stage.line.limit(null)
  await page.emulateMedia({ reducedMotion: 'reduce' })
  for (const language of ['en', 'zh'])
    for (const theme of ['light', 'dark']) {
      await context.addCookies([
        { name: 'theme', value: theme, url: baseURL ?? '' },
        { name: 'language', value: language, url: baseURL ?? '' },
      ])
      for (const address of [PAGE, ...addresses]) {
        await page.goto(address)
        await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
        if (address === PAGE)
          await page.getByText(language === 'en' ? 'History of uploads' : '上传历史').click()
        else await expect(page.getByRole('list', { name: /axe-/ })).toBeVisible()
        await expect(page.locator('output[aria-label]')).toHaveCount(0)
        // Where one scrolled to, the top bar covers half a button.
        await page.evaluate(() => window.scrollTo(0, 0))
        await expectAccessible(page, `${address}, ${theme}, ${language}`)
      }
    }
  await stage.line.cut()
})
