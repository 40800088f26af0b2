import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { inspect } from 'node:util'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { CLUSTER } from '#lib/kinds/cluster.ts'
import { createKubeClient } from './http-kube-client.ts'
import type { KubeClientOptions } from './http-kube-client.ts'
import type { KubeClient } from './kube-client.ts'
import { TooManyRequestsError, UnavailableError } from './kube-error.ts'
import { failure } from './testing/failure.ts'
import { sendJson, sendStatus, startFaultServer } from './testing/fault-server.ts'
import type { FaultServer, Handler } from './testing/fault-server.ts'

const TOKEN = 'test-token-0123456789'
const cleanups: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup()
})

async function start(
  handler: Handler,
  options: Partial<KubeClientOptions> = {},
): Promise<{ server: FaultServer; client: KubeClient }> {
  const server = await startFaultServer(handler)
  const client = createKubeClient(server.config(), { cluster: 'test', ...options })
  cleanups.push(
    () => client.close(),
    () => server.close(),
  )
  return { server, client }
}

describe('when things go wrong', () => {
  test('a read waits as long as it is told to, once', async () => {
    let refusals = 1
    const { server, client } = await start((_, response) => {
      if (refusals-- > 0)
        sendJson(response, 429, { kind: 'Status', reason: 'TooManyRequests' }, { 'retry-after': '0' })
      else sendJson(response, 200, {})
    })
    await client.getPath('/version')
    expect(server.requests).toHaveLength(2)
    refusals = 2
    expect(await failure(client.getPath('/version'))).toBeInstanceOf(TooManyRequestsError)
    expect(server.requests).toHaveLength(4)
  })

  test('a wait that is longer than the deadline is not begun, and a write never waits', async () => {
    const { server, client } = await start((request, response) =>
      sendJson(response, 503, {}, { 'retry-after': request.method === 'GET' ? '60' : '0' }),
    )
    expect(await failure(client.getPath('/version'))).toMatchObject({ code: 503, retryAfterMs: 60_000 })
    await failure(client.patch(CLUSTER, 'a', { type: 'merge', body: {} }))
    expect(server.requests).toHaveLength(2)
  })

  test('a read survives a connection that was closed under its hands, a write does not repeat', async () => {
    let closings = 1
    const { server, client } = await start((_, response) => {
      if (closings-- > 0) response.destroy()
      else sendJson(response, 200, {})
    })
    await client.getPath('/version')
    expect(server.requests).toHaveLength(2)
    closings = 9
    expect(await failure(client.delete(CLUSTER, 'a'))).toMatchObject({
      reason: 'ConnectionClosed',
      code: 503,
    })
    expect(server.requests).toHaveLength(3)
  })

  test('no answer within the deadline is a timeout', async () => {
    const { client } = await start(() => {}, { timeoutMs: 50 })
    expect(await failure(client.getPath('/version'))).toMatchObject({ code: 504, reason: 'Timeout' })
    expect(await failure(client.list(CLUSTER, { timeoutMs: 20 }))).toMatchObject({
      message: `${client.server} did not answer within 20 ms`,
    })
  })

  test('calls beyond what may run wait for their turn, within their deadline, and no more than may wait', async () => {
    const held: ServerResponse[] = []
    const { server, client } = await start((_, response) => held.push(response), {
      callsAtOnce: 2,
      callsWaiting: 2,
      timeoutMs: 20_000,
    })
    const calls = [1, 2, 3].map(() => client.getPath('/version'))
    const hasty = client.list(CLUSTER, { timeoutMs: 50 })
    expect(await failure(client.getPath('/version'))).toMatchObject({
      name: 'UnavailableError',
      reason: 'QueueFull',
    })
    expect(await failure(hasty)).toMatchObject({ code: 504, reason: 'Timeout' })
    const watch = client.watch(CLUSTER, { resourceVersion: '1' })[Symbol.asyncIterator]()
    const opened = watch.next()
    await vi.waitFor(() => expect(held).toHaveLength(3), { timeout: 15_000 })
    for (const response of held) sendJson(response, 200, {})
    await opened
    await vi.waitFor(() => expect(held).toHaveLength(4), { timeout: 15_000 })
    sendJson(held[3] as ServerResponse, 200, {})
    expect(await Promise.all(calls)).toEqual([{}, {}, {}])
    expect(server.requests.filter(({ path }) => path === '/version')).toHaveLength(3)
    expect(server.connections).toBeLessThanOrEqual(3)
  })

  test('a connection that does not come about has the same deadline', async () => {
    const sockets = new Set<Socket>()
    const silent = createServer((socket) => sockets.add(socket)).listen(0, '127.0.0.1')
    await once(silent, 'listening')
    cleanups.push(async () => {
      for (const socket of sockets) socket.destroy()
      silent.close()
      await once(silent, 'close')
    })
    const { client } = await start(() => {}, {
      server: `https://127.0.0.1:${(silent.address() as AddressInfo).port}`,
      timeoutMs: 50,
    })
    expect(await failure(client.getPath('/version'))).toMatchObject({ code: 504, reason: 'Timeout' })
    const watch = client.watch(CLUSTER, { resourceVersion: '1' })[Symbol.asyncIterator]()
    expect(await failure(watch.next())).toMatchObject({ code: 504, reason: 'Timeout' })
    await vi.waitFor(() => expect(sockets.size).toBeGreaterThan(0), { timeout: 15_000 })
  })

  test('half an answer is not one either', async () => {
    const { client } = await start(
      (_, response) => {
        response.writeHead(200)
        response.write('{"metadata"')
      },
      { timeoutMs: 50 },
    )
    expect(await failure(client.getPath('/version'))).toMatchObject({ reason: 'Timeout' })
  })

  test("the caller's own signal ends a call with an AbortError", async () => {
    const { client } = await start(() => {})
    const controller = new AbortController()
    const call = client.get(CLUSTER, 'a', { signal: controller.signal })
    controller.abort()
    await expect(call).rejects.toMatchObject({ name: 'AbortError' })
    await expect(client.list(CLUSTER, { signal: controller.signal })).rejects.toMatchObject({
      name: 'AbortError',
    })
  })

  test('an answer beyond the limit is given up', async () => {
    const { client } = await start((_, response) => sendJson(response, 200, { text: 'x'.repeat(5000) }), {
      maxBodyBytes: 4000,
    })
    expect(await failure(client.getPath('/version'))).toMatchObject({ reason: 'AnswerTooLarge' })
  })

  test.each([
    ['a login page', 200, 'text/html', '<html>'],
    ['truncated JSON', 200, 'application/json', '{"a":'],
    ['a redirect', 302, 'text/html', ''],
    ['a list instead of an object', 200, 'application/json', '[]'],
  ])('%s is no answer of a Kubernetes API', async (_, code, type, body) => {
    const { client } = await start((_, response) => {
      response.writeHead(code, { 'content-type': type, location: 'http://127.0.0.1:1/' })
      response.end(body)
    })
    expect(await failure(client.get(CLUSTER, 'a'))).toBeInstanceOf(UnavailableError)
  })

  test('a plain-text answer speaks for itself', async () => {
    const { client } = await start((_, response) => {
      response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' })
      response.end('404 page not found\n')
    })
    expect(await failure(client.getPath('/apis/none'))).toMatchObject({
      name: 'NotFoundError',
      message: '404 page not found',
    })
  })

  test('nobody there', async () => {
    const { server, client } = await start(() => {})
    await server.close()
    expect(await failure(client.getPath('/version'))).toMatchObject({
      reason: 'ConnectionRefused',
      message: `${server.url} can't be reached: connection refused`,
    })
    await client.close()
    expect(await failure(client.getPath('/version'))).toMatchObject({ reason: 'ClientClosed' })
  })

  test('a server that echoes the token does not get it into a message', async () => {
    const { client } = await start((request, response) =>
      sendStatus(response, 400, 'BadRequest', {
        message: `bad header ${request.headers.authorization}, or ${TOKEN}`,
        details: { causes: [{ field: 'x', message: TOKEN }] },
      }),
    )
    const error = await failure(client.getPath('/version'))
    expect(error.message).toContain('bad header')
    expect(inspect(error, { depth: 9 })).not.toContain(TOKEN)
  })

  test('a path that leads elsewhere is not asked for', async () => {
    const { server, client } = await start(() => {})
    expect(await failure(client.getPath('/a/../b'))).toMatchObject({ name: 'BadRequestError' })
    expect(await failure(client.get(CLUSTER, '..'))).toMatchObject({ name: 'BadRequestError' })
    expect(server.requests).toHaveLength(0)
  })
})
