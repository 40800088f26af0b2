import { createServer, request } from 'node:http'
import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { createConnectionPool } from './connection-pool.ts'
import { createKubeClient } from './http-kube-client.ts'
import { sendJson, startFaultServer } from './testing/fault-server.ts'
import { TEST_CERTIFICATES } from './testing/test-certificates.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

describe('createConnectionPool', () => {
  test('keeps its dispatcher as long as the TLS options say the same', async () => {
    const pool = createConnectionPool({ connections: 1 })
    const first = pool.dispatcher({ cert: Buffer.from('one') })
    expect(pool.dispatcher({ cert: Buffer.from('one') })).toBe(first)
    expect(pool.dispatcher({ cert: Buffer.from('two') })).not.toBe(first)
    await pool.close()
  })

  test('is closed for good', async () => {
    const pool = createConnectionPool({ connections: 1 })
    await pool.close()
    const dispatcher = pool.dispatcher({})
    await expect(
      dispatcher.request({ origin: 'http://127.0.0.1:1', path: '/', method: 'GET' }),
    ).rejects.toMatchObject({ code: 'UND_ERR_DESTROYED' })
  })
})

test.each([
  ['TLS ends behind it', TEST_CERTIFICATES],
  ['plain HTTP goes through it, too', undefined],
])('calls go through the proxy of the kubeconfig: %s', async (_, certificates) => {
  const server = await startFaultServer((_, response) => sendJson(response, 200, {}), certificates)
  const tunnels: string[] = []
  // Plain HTTP is forwarded, as proxies do, in place of a tunnel.
  const proxy = createServer((incoming, response) => {
    const url = new URL(incoming.url ?? '')
    tunnels.push(url.host)
    const onward = request(url, { method: incoming.method ?? 'GET', headers: incoming.headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    incoming.pipe(onward)
  }).on('connect', (incoming, socket) => {
    tunnels.push(incoming.url ?? '')
    const [host = '', port] = (incoming.url ?? '').split(':')
    const upstream = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      upstream.pipe(socket).pipe(upstream)
    })
    upstream.on('error', () => socket.destroy())
    socket.on('error', () => upstream.destroy())
  })
  await new Promise<void>((resolve) => {
    proxy.listen(0, '127.0.0.1', resolve)
  })
  const proxyUrl = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
  const client = createKubeClient(server.config(undefined, { 'proxy-url': proxyUrl }), { cluster: 'test' })
  cleanups.push(
    () => proxy.close(),
    () => server.close(),
    () => client.close(),
  )
  for (let call = 0; call < 5; call += 1) expect(await client.getPath('/version')).toEqual({})
  expect(new Set(tunnels)).toEqual(new Set([new URL(server.url).host]))
  if (certificates) expect(tunnels.length).toBeLessThanOrEqual(2)
  expect(server.connections).toBeLessThanOrEqual(2)
  expect(server.requests).toHaveLength(5)
})
