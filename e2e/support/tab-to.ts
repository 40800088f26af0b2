import type { Page } from '@playwright/test'

/** Presses Tab until what has the focus matches; fails after a page's worth of stops. */
export async function tabTo(page: Page, pattern: RegExp, key = 'Tab'): Promise<void> {
  for (let stop = 0; stop < 120; stop++) {
    await page.keyboard.press(key)
    const name = await page.evaluate(() => {
      const element = document.activeElement
      if (element === null || element === document.body) return ''
      return `${element.getAttribute('aria-label') ?? ''} ${element.textContent ?? ''}`.trim()
    })
    if (pattern.test(name)) return
  }
  throw new Error(`no stop of the Tab key matches ${pattern}`)
}
