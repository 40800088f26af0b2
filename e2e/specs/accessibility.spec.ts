import { expect, expectAccessible, test } from '#e2e/support/test.ts'

test.use({ instance: 'reading' })

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
  '/marketplace/cluster-plugins?cluster=global&dialog=install&plugin=web-cli',
  '/marketplace/cluster-plugins?cluster=business&dialog=install&plugin=gpu-device-plugin',
  '/marketplace/cluster-plugins?cluster=global&dialog=upgrade&plugin=prometheus',
  '/marketplace/cluster-plugins?cluster=global&dialog=update&plugin=prometheus',
  '/marketplace/cluster-plugins?cluster=global&dialog=uninstall&plugin=prometheus',
]

for (const theme of ['light', 'dark'] as const)
  for (const language of ['en', 'zh'] as const)
    for (const path of PAGES)
      test(`axe finds nothing: ${theme} ${language} ${path}`, async ({ page, context, baseURL }) => {
        await context.addCookies([
          { name: 'theme', value: theme, url: baseURL ?? '' },
          { name: 'language', value: language, url: baseURL ?? '' },
        ])
        await page.goto(path)
        await expect(page.locator('html')).toHaveAttribute('lang', language === 'zh' ? /^zh/ : /^en/)
        await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
        if (path.includes('dialog=')) await expect(page.getByRole('dialog')).toBeVisible()
        await page.waitForLoadState('networkidle').catch(() => undefined)
        await expect(page.locator('[aria-busy=true]')).toHaveCount(0)
        await expectAccessible(page)
      })
