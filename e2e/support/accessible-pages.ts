import type { BrowserContext, Page } from '@playwright/test'
import { expect, expectAccessible } from './test.ts'

/** Every page and dialog, as the first contents show it. */
const PAGES = [
  '/marketplace/cluster-plugins',
  '/marketplace/cluster-plugins?cluster=business&status=Incompatible',
  '/marketplace/cluster-plugins?q=nothing-matches-this',
  '/marketplace/cluster-plugins/prometheus',
  '/marketplace/cluster-plugins/logagent',
  '/marketplace/upload-packages',
  '/clusters',
  '/clusters/global',
  '/clusters/global?tab=features',
  '/about',
  '/marketplace/cluster-plugins?cluster=global&dialog=install&plugin=web-cli',
  '/marketplace/cluster-plugins?cluster=business&dialog=install&plugin=gpu-device-plugin',
  '/marketplace/cluster-plugins?cluster=global&dialog=upgrade&plugin=prometheus',
  '/marketplace/cluster-plugins?cluster=global&dialog=update&plugin=prometheus',
  '/marketplace/cluster-plugins?cluster=global&dialog=uninstall&plugin=prometheus',
]

/** Opens every page and dialog in one theme and language and has axe look at it. */
export async function expectAllAccessible(
  page: Page,
  context: BrowserContext,
  origin: string,
  theme: 'light' | 'dark',
  language: 'en' | 'zh',
): Promise<void> {
  // A button that just became usable is still fading, whatever the page waits for.
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await context.addCookies([
    { name: 'theme', value: theme, url: origin },
    { name: 'language', value: language, url: origin },
  ])
  for (const path of PAGES) {
    await page.goto(path)
    await expect(page.locator('html')).toHaveAttribute('lang', language === 'zh' ? /^zh/ : /^en/)
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
    if (path.includes('dialog=')) await expect(page.getByRole('dialog')).toBeVisible()
    await expect(page.locator('[aria-busy=true]')).toHaveCount(0)
    await expectAccessible(page, path)
  }
}
