import { createServer, get, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { serveEventStream } from './event-stream.ts'
import { LiveHub } from './live-hub.ts'

let hub: LiveHub
let server: Server

beforeEach(async () => {
  hub = new LiveHub({ freshness: () => [], coalesceMs: 1 })
  server = createServer((request, response) => serveEventStream(request, response, hub, 'admin'))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
})

afterEach(async () => {
  hub.close()
  server.closeAllConnections()
  await new Promise((done) => server.close(done))
})

function open(headers: Record<string, string> = {}, path = '/api/events'): Promise<IncomingMessage> {
  const { port } = server.address() as AddressInfo
  return new Promise((done, fail) => {
    get({ port, host: '127.0.0.1', path, headers }, done).on('error', fail)
  })
}

async function readUntil(stream: IncomingMessage, wanted: RegExp): Promise<string> {
  let text = ''
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    text += String(chunk)
    if (wanted.test(text)) break
  }
  return text
}

async function eventually(condition: () => boolean): Promise<void> {
  for (let attempt = 0; attempt < 200 && !condition(); attempt += 1) await sleep(10)
  expect(condition()).toBe(true)
}

test('is an event stream that nobody may keep or change', async () => {
  const stream = await open()
  expect(stream.headers).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
  })
  expect(await readUntil(stream, /hello/)).toMatch(/^retry: 1000\n\nid: .+\nevent: hello\n/)
})

test('goes on after Last-Event-ID, by header or by query', async () => {
  const first = await open()
  hub.changed('plugins')
  const id = /id: (\S+)\nevent: change/.exec(await readUntil(first, /event: change[^]*\n\n/))?.[1] ?? ''
  hub.changed('packages')
  await readUntil(first, /packages/)
  for (const stream of [
    await open({ 'last-event-id': id }),
    await open({}, `/api/events?lastEventId=${encodeURIComponent(id)}`),
  ])
    expect(await readUntil(stream, /event: change[^]*\n\n/)).toContain('"topics":["packages"]')
  expect(await readUntil(await open({ 'last-event-id': 'elsewhere.1' }), /reset/)).toContain('event: reset')
})

test('a reader that leaves is forgotten', async () => {
  const stream = await open()
  await readUntil(stream, /hello/)
  expect(hub.streams).toBe(1)
  stream.destroy()
  await eventually(() => hub.streams === 0)
})

test('a reader that does not read is dropped; the others go on', async () => {
  const slow = await open()
  slow.pause()
  slow.on('error', () => {})
  const fast = await open()
  let received = 0
  fast.on('data', (chunk: Buffer) => {
    received += chunk.length
  })
  const message = 'x'.repeat(64 * 1024)
  const steps = [{ name: 'read' as const, state: 'running' as const, detail: message }]
  for (let sent = 0; sent < 400 && hub.streams === 2; sent += 1) {
    hub.uploadChanged('admin', { uploadId: 'u', steps })
    await sleep(1)
  }
  expect(hub.streams).toBe(1)
  const before = received
  hub.changed('plugins')
  await eventually(() => received > before)
})
