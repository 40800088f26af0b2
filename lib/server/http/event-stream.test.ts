import { createServer, get, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { UploadView } from '#lib/contract/upload.ts'
import { serveEventStream } from './event-stream.ts'
import { LiveHub } from './live-hub.ts'

// Real connections, on machines that may do a lot else meanwhile.
vi.setConfig({ testTimeout: 60_000 })

let hub: LiveHub
let server: Server
let nowMs = 0

beforeEach(async () => {
  hub = new LiveHub({ freshness: () => [], coalesceMs: 1, now: () => nowMs, beatMs: 20 })
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
  for (let attempt = 0; attempt < 3000 && !condition(); attempt += 1) await sleep(10)
  expect(condition()).toBe(true)
}

test('is an event stream that nobody may keep or change', async () => {
  const stream = await open()
  expect(stream.headers).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
  })
  expect(await readUntil(stream, /hello/)).toMatch(/^retry: \d+\n\nid: .+\nevent: hello\n/)
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

function uploadSaying(detail: string): UploadView {
  return { steps: [{ name: 'read', state: 'running', detail }] } as unknown as UploadView
}

/** Fills what the kernel holds for a reader that does not read, until the hub waits for it. */
async function fillUp(slow: Socket): Promise<void> {
  const upload = uploadSaying('x'.repeat(64 * 1024))
  let [sent, before] = [0, -1]
  // What is written grows no more once the hub only notes what happens.
  while (slow.bytesWritten !== before || sent < 8) {
    before = slow.bytesWritten
    sent += 1
    hub.uploadChanged('admin', { uploadId: 'u', upload })
    await sleep(5)
  }
}

test('a reader that does not read costs little, is told of a burst once, and goes on', async () => {
  const peers: Socket[] = []
  server.on('connection', (socket: Socket) => peers.push(socket))
  const slow = await open()
  slow.pause()
  const [peer] = peers
  if (peer === undefined) throw new Error('nobody connected')
  await fillUp(peer)
  const waiting = peer.writableLength
  for (let change = 0; change < 100; change += 1) {
    hub.changed('plugins')
    await sleep(2)
  }
  expect(peer.writableLength).toBe(waiting)
  const text = await readUntil(slow, /event: change[^]*\n\n/)
  expect(text.match(/event: change/g)).toHaveLength(1)
  expect(text).toContain(`id: ${hub.cursor}\nevent: change`)
})

test('a reader that takes nothing any more is dropped; the others go on', async () => {
  const peers: Socket[] = []
  server.on('connection', (socket: Socket) => peers.push(socket))
  const slow = await open()
  slow.pause()
  slow.on('error', () => {})
  const [peer] = peers
  if (peer === undefined) throw new Error('nobody connected')
  await fillUp(peer)
  const fast = await open()
  nowMs += 60_000
  await eventually(() => hub.streams === 1)
  expect(peer.destroyed).toBe(true)
  hub.changed('plugins')
  expect(await readUntil(fast, /event: change/)).toContain('plugins')
})

test('more than a quarter of a megabyte waits for nobody', async () => {
  const peers: Socket[] = []
  server.on('connection', (socket: Socket) => peers.push(socket))
  const slow = await open()
  slow.pause()
  slow.on('error', () => {})
  const [peer] = peers
  if (peer === undefined) throw new Error('nobody connected')
  await fillUp(peer)
  const upload = uploadSaying('x'.repeat(300 * 1024))
  hub.uploadChanged('admin', { uploadId: 'large', upload })
  slow.resume()
  await eventually(() => hub.streams === 0)
})
