import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Problem } from '#lib/contract/problem.ts'
import type { UploadView } from '#lib/contract/upload.ts'
import { DEFAULT_PACKAGE_SETTINGS } from '#lib/packages/package-settings.ts'
import type { ServiceContext } from '#lib/server/services/context.ts'
import { createUpload } from '#lib/server/services/uploads/create-upload.ts'
import { UploadStore } from '#lib/server/services/uploads/upload-store.ts'
import { receivePackagePart, uploadOfPath } from './package-upload.ts'

const SIZE = 100_000
const bytes = randomBytes(SIZE)

let dir: string
let uploads: UploadStore
let server: Server
let ctx: ServiceContext
let upload: UploadView

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'uploads-'))
  uploads = await UploadStore.open({ dir, settings: DEFAULT_PACKAGE_SETTINGS, tell: () => undefined })
  ctx = {
    caller: { name: 'admin', client: () => undefined },
    platform: { about: { maxPackageBytes: SIZE } },
    uploads,
    log: { info: () => undefined, warn: () => undefined },
    signal: AbortSignal.any([]),
  } as unknown as ServiceContext
  upload = await createUpload(ctx, { fileName: 'a.tgz', size: SIZE })
  server = createServer((request, response) => {
    const contextOf = ({ signal }: { signal: AbortSignal }) => ({ ...ctx, signal })
    const id = uploadOfPath(request.url ?? '')
    void receivePackagePart(request, response, {
      requestId: 'request-1',
      upload: id ?? '',
      contextOf,
      stallMs: 150,
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
})

afterEach(async () => {
  server.closeAllConnections()
  await new Promise((done) => server.close(done))
  await uploads.close()
  await rm(dir, { recursive: true })
})

function start(offset: number | null, headers: Record<string, string | number> = {}) {
  const { port } = server.address() as AddressInfo
  const request = httpRequest({
    host: '127.0.0.1',
    port,
    method: 'PATCH',
    path: `/api/uploads/${upload.id}/content`,
    headers: {
      'content-type': 'application/gzip',
      ...(offset !== null && { 'upload-offset': offset }),
      ...headers,
    },
  })
  const answer = new Promise<{ status: number; body: Partial<UploadView> & Partial<Problem> }>(
    (done, fail) => {
      request.once('error', fail)
      request.once('response', (response: IncomingMessage) => {
        let text = ''
        response.on('data', (chunk: Buffer) => (text += chunk.toString()))
        response.once('end', () =>
          done({ status: response.statusCode ?? 0, body: JSON.parse(text) as Partial<UploadView & Problem> }),
        )
      })
    },
  )
  return { request, answer }
}

const receivedOf = () => uploads.get(upload.id)?.received

describe('a part that can’t begin', () => {
  test.each([
    ['without an offset', null, {}, 400, 'bad-request'],
    ['as a form', 0, { 'content-type': 'multipart/form-data; boundary=x' }, 415, 'unsupported-media-type'],
    ['from another site', 0, { origin: 'http://evil.example' }, 403, 'cross-origin'],
    ['behind what is there', 5, {}, 409, 'conflict'],
  ])('%s', async (_name, offset, headers, status, code) => {
    const { request, answer } = start(offset, headers)
    request.end(bytes.subarray(0, 10))
    expect(await answer).toMatchObject({ status, body: { status, code, requestId: 'request-1' } })
    expect(receivedOf()).toBe(0)
  })
})

test(
  'what arrived of a part that was cut off stays, and the next one goes on',
  { timeout: 60_000 },
  async () => {
    const cut = start(0)
    cut.answer.catch(() => {})
    cut.request.write(bytes.subarray(0, 40_000))
    await expect.poll(receivedOf, { timeout: 30_000 }).toBe(40_000)
    cut.request.destroy()
    const rest = start(40_000)
    rest.request.end(bytes.subarray(40_000))
    expect(await rest.answer).toMatchObject({ status: 200, body: { received: SIZE, state: 'reading' } })
    // Random bytes are no package.
    await expect.poll(() => uploads.get(upload.id)?.record.state, { timeout: 30_000 }).toBe('refused')
    expect(uploads.get(upload.id)?.record.steps).toMatchObject([
      { name: 'receive', state: 'done' },
      { name: 'verify', state: 'skipped' },
      { name: 'read', state: 'failed', verdict: { code: 'not-gzip' } },
      { name: 'push', state: 'pending' },
      { name: 'publish', state: 'pending' },
    ])
    await expect.poll(() => readdir(join(dir, upload.id)), { timeout: 30_000 }).toEqual(['record.json'])
  },
)

test('a later sender takes over from one that hangs', async () => {
  const first = start(0)
  first.request.write(bytes.subarray(0, 1000))
  await expect.poll(receivedOf).toBe(1000)
  const second = start(1000)
  second.request.end(bytes.subarray(1000, 3000))
  expect(await second.answer).toMatchObject({ status: 200, body: { received: 3000, state: 'uploading' } })
  expect(await first.answer).toMatchObject({ status: 409, body: { code: 'conflict' } })
  first.request.destroy()
})

test('more than was announced is refused, and the sender gets to read it', async () => {
  const { request, answer } = start(0)
  request.end(Buffer.concat([bytes, Buffer.from('x')]))
  expect(await answer).toMatchObject({ status: 413, body: { code: 'too-large' } })
})

test('silence ends a part, not the upload', async () => {
  const { request, answer } = start(0)
  request.write(bytes.subarray(0, 5))
  expect(await answer).toMatchObject({ status: 408, body: { code: 'timeout' } })
  expect(uploads.get(upload.id)).toMatchObject({ received: 5, record: { state: 'uploading' } })
  request.destroy()
})

test('only its maker may send', async () => {
  ctx = { ...ctx, caller: { name: 'somebody', client: () => undefined } }
  const { request, answer } = start(0)
  request.end(bytes)
  expect(await answer).toMatchObject({ status: 403, body: { code: 'forbidden' } })
  expect(receivedOf()).toBe(0)
})
