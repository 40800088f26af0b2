import { DEFAULT_PACKAGE_SETTINGS } from '#lib/packages/package-settings.ts'
import { randomBytes } from 'node:crypto'
import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Problem } from '#lib/contract/problem.ts'
import { packTgz } from '#lib/packages/pack-tgz.ts'
import type { ServiceContext } from '#lib/server/services/context.ts'
import { LiveHub } from './live-hub.ts'
import { receivePackage } from './package-upload.ts'

const MAX_BYTES = 2 * 1024 * 1024

let hub: LiveHub
let server: Server
let signals: AbortSignal[]
let frames: string

beforeEach(async () => {
  signals = []
  frames = ''
  hub = new LiveHub({ freshness: () => [] })
  const write = (frame: Buffer): boolean => {
    frames += frame.toString()
    return true
  }
  hub.attach({ caller: 'admin', write, end: () => {}, drop: () => {} })
  // Reading fails before anything is asked of a cluster: the context is only what reading looks at.
  const contextOf = ({ requestId, signal }: { requestId: string; signal: AbortSignal }) => {
    signals.push(signal)
    return {
      caller: { name: 'admin' },
      platform: { about: { maxPackageBytes: MAX_BYTES }, packages: DEFAULT_PACKAGE_SETTINGS },
      operationId: requestId,
      signal,
    } as unknown as ServiceContext
  }
  server = createServer((request, response) => {
    const options = { live: hub, contextOf, maxPackageBytes: MAX_BYTES, stallMs: 150 }
    void receivePackage(request, response, 'request-1', options)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
})

afterEach(async () => {
  hub.close()
  server.closeAllConnections()
  await new Promise((done) => server.close(done))
})

function start(options: { path?: string; headers?: Record<string, string | number> } = {}) {
  const { port } = server.address() as AddressInfo
  const request = httpRequest({
    host: '127.0.0.1',
    port,
    method: 'POST',
    path: options.path ?? '/api/packages?filename=a.tgz',
    headers: { 'content-type': 'application/gzip', 'x-upload-id': 'upload-1', ...options.headers },
  })
  const answer = new Promise<{ status: number; problem: Problem }>((done, fail) => {
    request.once('error', fail)
    request.once('response', (response: IncomingMessage) => {
      let text = ''
      response.on('data', (chunk: Buffer) => (text += chunk.toString()))
      response.once('end', () =>
        done({ status: response.statusCode ?? 0, problem: JSON.parse(text) as Problem }),
      )
    })
  })
  return { request, answer }
}

describe('is refused before a byte is read', () => {
  test.each<[string, Parameters<typeof start>[0], number, string]>([
    ['without a file name', { path: '/api/packages' }, 400, 'bad-request'],
    ['with a path for a name', { path: '/api/packages?filename=..%2Fa.tgz' }, 400, 'bad-request'],
    ['with invisible characters', { path: '/api/packages?filename=a%00.tgz' }, 400, 'bad-request'],
    ['as JSON', { headers: { 'content-type': 'application/json' } }, 415, 'unsupported-media-type'],
    [
      'as a form',
      { headers: { 'content-type': 'multipart/form-data; boundary=x' } },
      415,
      'unsupported-media-type',
    ],
    ['from another site', { headers: { origin: 'http://evil.example' } }, 403, 'cross-origin'],
    ['when it says that it is too large', { headers: { 'content-length': MAX_BYTES + 1 } }, 413, 'too-large'],
  ])('%s', async (_name, options, status, code) => {
    const { request, answer } = start(options)
    request.flushHeaders()
    expect(await answer).toMatchObject({ status, problem: { status, code, requestId: 'request-1' } })
    expect(signals).toHaveLength(0)
    request.destroy()
  })
})

test('what is no package is told with its steps, in the answer and on the event stream', async () => {
  const { request, answer } = start()
  request.end(gzipSync('this is no archive'.repeat(100)))
  const { status, problem } = await answer
  expect(status).toBe(422)
  expect(problem).toMatchObject({ code: 'invalid' })
  expect(problem.steps?.map(({ name }) => name)).toEqual(['receive', 'read', 'push', 'publish'])
  expect(problem.steps?.some(({ state }) => state === 'failed')).toBe(true)
  expect(frames).toContain('"uploadId":"upload-1"')
  expect(frames).toContain('"state":"failed"')
})

test('what turns out too large while it arrives is refused, and the sender gets to read it', async () => {
  const bytes = await packTgz(new Map([['res/registry/blob', randomBytes(MAX_BYTES + 1)]]))
  const { request, answer } = start({ headers: { 'transfer-encoding': 'chunked' } })
  request.end(bytes)
  expect(await answer).toMatchObject({ status: 413, problem: { code: 'too-large' } })
})

test('a sender that stops sending is given up', async () => {
  const { request, answer } = start()
  request.write(gzipSync('x').subarray(0, 5))
  expect(await answer).toMatchObject({ status: 408, problem: { code: 'timeout' } })
  request.destroy()
})

test('a sender that goes away ends the work', { timeout: 60_000 }, async () => {
  const { request, answer } = start()
  answer.catch(() => {})
  request.write(gzipSync('x').subarray(0, 5))
  await expect.poll(() => signals[0]?.aborted, { timeout: 30_000 }).toBe(false)
  request.destroy()
  await expect.poll(() => signals[0]?.aborted, { timeout: 30_000 }).toBe(true)
})
