import { rm } from 'node:fs/promises'
import { request as apiRequest, expect, test } from '@playwright/test'
import type { UploadPage } from '#lib/contract/upload.ts'
import { send } from '#e2e/support/api.ts'
import { newDataDir } from '#e2e/support/new-data-dir.ts'
import { packTgz, pluginPackage } from '#e2e/support/package-builder.ts'
import { startConsole } from '#e2e/support/start-console.ts'
import { uploadPackage } from '#e2e/support/upload-package.ts'

test('uploads and their history outlive the console', async () => {
  test.setTimeout(120_000)
  const dataDir = await newDataDir('restart-')
  const first = await startConsole([], { dataDir })
  const before = await apiRequest.newContext({ baseURL: first.url })
  const bytes = await pluginPackage({ name: 'restart-demo', version: 'v1.0.0' })
  const waiting = await uploadPackage(before, first.url, 'waiting.tgz', bytes)
  expect(waiting.state).toBe('inspected')
  const refused = await uploadPackage(before, first.url, 'refused.tgz', await packTgz([]))
  expect(refused.state).toBe('refused')
  await before.dispose()
  await first.stop()

  const second = await startConsole([], { dataDir })
  const after = await apiRequest.newContext({ baseURL: second.url })
  const states = async () => {
    const { items } = (await (await after.get('/api/uploads')).json()) as UploadPage
    return Object.fromEntries(items.map(({ fileName, state }) => [fileName, state]))
  }
  expect(await states()).toEqual({ 'waiting.tgz': 'inspected', 'refused.tgz': 'refused' })
  const published = await send(after, second.url, 'POST', `/api/uploads/${waiting.id}/publish`, {})
  expect(published.status()).toBe(202)
  await expect.poll(states).toEqual({ 'waiting.tgz': 'published', 'refused.tgz': 'refused' })
  await after.dispose()
  await second.stop()
  await rm(dataDir, { recursive: true, force: true })
})
