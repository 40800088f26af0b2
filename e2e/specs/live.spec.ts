import { expect, test } from '#e2e/support/test.ts'
import { listUrl, pluginRow } from '#e2e/support/pages.ts'
import { send } from '#e2e/support/api.ts'

test.use({ instance: 'live' })

test('what one browser does, another one and all tabs of it see without a reload', async ({
  page,
  browser,
  baseURL,
  request,
}) => {
  const other = await browser.newContext({ baseURL })
  const tabs = await Promise.all([other.newPage(), other.newPage(), other.newPage()])
  const pages = [page, ...tabs]
  for (const one of pages) {
    await one.goto(listUrl('global', 'web-cli'))
    await expect(pluginRow(one, 'web-cli')).toContainText('Ready')
    await expect(one.getByRole('button', { name: 'Live', exact: true })).toBeVisible()
  }
  const installed = await send(request, baseURL ?? '', 'POST', '/api/installations', {
    cluster: 'global',
    plugin: 'web-cli',
    version: 'v4.0.3',
  })
  expect(installed.status()).toBe(201)
  for (const one of pages) await expect(pluginRow(one, 'web-cli')).toContainText('Running')
  // The tab that held the stream goes away: another one takes over.
  await tabs[0]?.close()
  await send(request, baseURL ?? '', 'DELETE', '/api/installations/global/web-cli', {})
  for (const one of [page, ...tabs.slice(1)]) await expect(pluginRow(one, 'web-cli')).toContainText('Ready')
  await other.close()
})

test('pages keep one stream for a whole browser', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ baseURL })
  const streams: string[] = []
  context.on('request', (one) => {
    if (new URL(one.url()).pathname === '/api/events') streams.push(one.url())
  })
  const pages = await Promise.all(Array.from({ length: 10 }, () => context.newPage()))
  for (const one of pages) await one.goto('/clusters')
  for (const one of pages) await expect(one.getByRole('button', { name: 'Live', exact: true })).toBeVisible()
  expect(streams).toHaveLength(1)
  await context.close()
})
