import { expect, type APIRequestContext, type Page } from '@playwright/test'
import type { UploadDetail, UploadView } from '#lib/contract/upload.ts'
import { send } from './api.ts'

/**
 * Uploads a package as the page does and waits until it was read, or refused.
 * @param origin of the console
 */
export async function uploadPackage(
  request: APIRequestContext,
  origin: string,
  fileName: string,
  bytes: Buffer,
): Promise<UploadDetail> {
  const created = await send(request, origin, 'POST', '/api/uploads', { fileName, size: bytes.length })
  expect(created.status()).toBe(201)
  const { id } = (await created.json()) as UploadView
  const sent = await request.fetch(`/api/uploads/${id}/content`, {
    method: 'PATCH',
    headers: { origin, 'content-type': 'application/gzip', 'upload-offset': '0' },
    data: bytes,
  })
  expect(sent.status()).toBe(200)
  const look = async () => (await (await request.get(`/api/uploads/${id}`)).json()) as UploadDetail
  await expect.poll(async () => (await look()).state).not.toMatch(/^(uploading|reading)$/)
  return look()
}

/** Chooses a package on the Upload Packages page and publishes it there. */
export async function publishOnPage(page: Page, path: string): Promise<void> {
  const fileName = path.split('/').at(-1) ?? ''
  // Before the page has come alive nobody hears of it.
  await expect(page.getByText('Live', { exact: true })).toBeVisible()
  await page.locator('input[type=file]').setInputFiles(path)
  await page.getByRole('button', { name: `Publish ${fileName}` }).click()
}
