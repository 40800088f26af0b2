import type { Page } from '@playwright/test'
import { expect } from './test.ts'

/** Everything that a secret may look like on its way. */
function shapesOf({ name, password }: { name: string; password: string }): string[] {
  const base64 = (text: string) => Buffer.from(text).toString('base64')
  const html = password.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
  return [
    password,
    JSON.stringify(password).slice(1, -1),
    html,
    encodeURIComponent(password),
    base64(password),
    base64(`${name}:${password}`),
  ]
}

/**
 * Listens to everything that reaches a page.
 * @returns fails when a password was among it, or stands on the page, or in one of these further texts
 */
export function watchForSecrets(
  page: Page,
  users: readonly { name: string; password: string }[],
): (...texts: readonly string[]) => Promise<void> {
  const seen: Promise<string>[] = []
  page.on('response', (response) => {
    const said = () => response.text().catch(() => '')
    // The event stream has no end; what it brings is put on the page.
    const isStream = (response.headers()['content-type'] ?? '').includes('event-stream')
    seen.push(Promise.resolve(response.url()))
    seen.push(Promise.resolve(JSON.stringify(response.headers())))
    if (!isStream && response.url().includes('/api/')) seen.push(said())
  })
  page.on('console', (message) => seen.push(Promise.resolve(message.text())))
  return async (...texts) => {
    const all = [...texts, page.url(), await page.content(), ...(await Promise.all(seen))]
    expect(all.length).toBeGreaterThan(10)
    const found = users.flatMap(shapesOf).filter((shape) => all.some((text) => text.includes(shape)))
    expect(found).toEqual([])
  }
}
