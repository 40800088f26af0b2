import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, request as httpRequest, type IncomingMessage, type ServerOptions } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { DEFAULT_PACKAGE_SETTINGS } from '#lib/packages/package-settings.ts'
import type { ServiceContext } from '#lib/server/services/context.ts'
import { createUpload } from '#lib/server/services/uploads/create-upload.ts'
import { UploadStore } from '#lib/server/services/uploads/upload-store.ts'
import { receivePackagePart } from './package-upload.ts'
import { SERVER_LIMITS } from './server-limits.ts'

/** A hundredth of every limit, and a part that takes 5 s in place of more than 8 minutes: twice each of them and more. */
const SCALE = 100
const PIECES = 100
const PIECE_MS = 50
const NODE_REQUEST_TIMEOUT = 300_000

const scaled = (limits: ServerOptions & typeof SERVER_LIMITS): ServerOptions =>
  Object.fromEntries(Object.entries(limits).map(([name, value]) => [name, Number(value) / SCALE]))

/** Sends a package piece by piece, as one part. @returns the answer's status, or why there is none */
async function trickle(limits: ServerOptions): Promise<{ outcome: number | string; received: number }> {
  const dir = await mkdtemp(join(tmpdir(), 'slow-'))
  const uploads = await UploadStore.open({ dir, settings: DEFAULT_PACKAGE_SETTINGS, tell: () => undefined })
  const ctx = {
    caller: { name: 'admin', client: () => undefined },
    platform: { about: { maxPackageBytes: PIECES } },
    uploads,
    log: { info: () => undefined, warn: () => undefined },
    signal: AbortSignal.any([]),
  } as unknown as ServiceContext
  const { id } = await createUpload(ctx, { fileName: 'a.tgz', size: PIECES })
  const server = createServer(limits, (request, response) => {
    const contextOf = ({ signal }: { signal: AbortSignal }) => ({ ...ctx, signal })
    void receivePackagePart(request, response, { requestId: 'request', upload: id, contextOf })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const sending = httpRequest({
    port,
    host: '127.0.0.1',
    method: 'PATCH',
    headers: { 'content-type': 'application/gzip', 'upload-offset': 0 },
  })
  const ended = new Promise<number | string>((done) => {
    sending.once('error', ({ message }) => done(message))
    sending.once('response', (response: IncomingMessage) => {
      response.resume()
      done(response.statusCode ?? 0)
    })
  })
  for (let piece = 0; piece < PIECES && !sending.destroyed; piece++) {
    sending.write('x')
    await delay(PIECE_MS)
  }
  sending.end()
  const outcome = await ended
  const received = uploads.get(id)?.received ?? 0
  server.close()
  server.closeAllConnections()
  await uploads.close()
  await rm(dir, { recursive: true })
  return { outcome, received }
}

test.concurrent('no limit of the server cuts a part that takes longer than all of them', async () => {
  expect(await trickle(scaled(SERVER_LIMITS))).toEqual({ outcome: 200, received: PIECES })
})

test.concurrent('Node’s own limit for a request would', async () => {
  const { outcome, received } = await trickle(
    scaled({ ...SERVER_LIMITS, requestTimeout: NODE_REQUEST_TIMEOUT as 0 }),
  )
  expect(outcome).not.toBe(200)
  expect(received).toBeGreaterThan(0)
  expect(received).toBeLessThan(PIECES)
})
