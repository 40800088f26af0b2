import { gzipSync } from 'node:zlib'
import { chromium, type Page } from '@playwright/test'
import { chromiumLaunchOptions } from '#e2e/support/chromium.ts'
import type { Stage } from './stage.ts'
import type { Figure } from './statistics.ts'

/** Words that only the form's renderer, or only the YAML editor, has in its code. */
const MARKS = { form: 'rjsf-field', editor: 'cm-content' }

/** The scripts that a page has loaded so far. */
function collectScripts(page: Page): { settled: () => Promise<ReadonlyMap<string, Buffer>> } {
  const bodies = new Map<string, Promise<Buffer>>()
  page.on('response', (response) => {
    const { pathname } = new URL(response.url())
    if (pathname.endsWith('.js') && response.ok()) bodies.set(pathname, response.body())
  })
  return {
    settled: async () => {
      await page.waitForLoadState('networkidle')
      const entries = [...bodies].map(async ([path, body]) => [path, await body] as const)
      return new Map(await Promise.all(entries))
    },
  }
}

function gzipped(scripts: ReadonlyMap<string, Buffer>, but: ReadonlyMap<string, Buffer> = new Map()): number {
  let bytes = 0
  for (const [path, body] of scripts) if (!but.has(path)) bytes += gzipSync(body).length
  return bytes
}

function countWith(mark: string, scripts: ReadonlyMap<string, Buffer>): number {
  return [...scripts.values()].filter((body) => body.includes(mark)).length
}

/** What a form adds to the list page when one is opened, its YAML side on top of it; and that neither is there before. */
export async function benchFormBytes(stage: Stage): Promise<Figure[]> {
  const { url } = await stage.small()
  const browser = await chromium.launch(await chromiumLaunchOptions())
  try {
    const page = await browser.newPage()
    const scripts = collectScripts(page)
    await page.goto(`${url}/marketplace/cluster-plugins?cluster=business&q=gpu`)
    const row = page.getByRole('row').filter({ has: page.getByText('gpu-device-plugin', { exact: true }) })
    await row.waitFor()
    const list = await scripts.settled()
    await row.getByRole('button', { name: /^Install\b/ }).click()
    const dialog = page.getByRole('dialog')
    await dialog.locator('[data-field]').first().waitFor()
    const withForm = await scripts.settled()
    await dialog.getByRole('tab', { name: 'YAML' }).click()
    await dialog.locator('.cm-content').first().waitFor()
    const withEditor = await scripts.settled()
    // The marks must be real ones, else their absence says nothing.
    if (countWith(MARKS.form, withForm) === 0) throw new Error('no script has the form')
    if (countWith(MARKS.editor, withEditor) === 0) throw new Error('no script has the editor')
    return [
      {
        name: 'JavaScript of the list page with all it fetches, gzipped',
        value: gzipped(list) / 1024,
        unit: 'KiB',
      },
      {
        name: 'scripts of the list page with form code',
        value: countWith(MARKS.form, list),
        unit: '',
        atMost: 0,
      },
      {
        name: 'scripts of the list page with editor code',
        value: countWith(MARKS.editor, list),
        unit: '',
        atMost: 0,
      },
      {
        name: 'JavaScript that a first form adds, gzipped',
        value: gzipped(withForm, list) / 1024,
        unit: 'KiB',
      },
      {
        name: 'JavaScript that a form adds ÷ list page',
        value: gzipped(withForm, list) / gzipped(list),
        unit: '×',
        atMost: 2,
      },
      {
        name: 'scripts of an open form with editor code',
        value: countWith(MARKS.editor, withForm),
        unit: '',
        atMost: 0,
      },
      {
        name: 'JavaScript that its YAML side adds, gzipped',
        value: gzipped(withEditor, withForm) / 1024,
        unit: 'KiB',
      },
    ]
  } finally {
    await browser.close()
  }
}
