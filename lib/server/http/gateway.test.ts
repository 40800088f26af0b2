import {
  createServer,
  request as send,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import type { TLSSocket } from 'node:tls'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createKubeClient } from '#lib/kube/http-kube-client.ts'
import type { KubeClient } from '#lib/kube/kube-client.ts'
import { loadKubeconfig } from '#lib/kube/load-config.ts'
import { TEST_CERTIFICATES } from '#lib/kube/testing/test-certificates.ts'
import { serveGateway } from './gateway.ts'

// Real connections, on machines that may do a lot else meanwhile.
vi.setConfig({ testTimeout: 60_000 })

let upstream: Server
let gateway: Server
let client: KubeClient
let seen: IncomingMessage[]
let peers: TLSSocket[]
let answer: (request: IncomingMessage, response: ServerResponse) => void

async function listen(server: Server): Promise<number> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return (server.address() as AddressInfo).port
}

beforeEach(async () => {
  seen = []
  peers = []
  answer = (_, response) => response.end('{}')
  upstream = createTlsServer(
    { ...TEST_CERTIFICATES.server, ca: TEST_CERTIFICATES.ca, requestCert: true, rejectUnauthorized: false },
    (request, response) => {
      seen.push(request)
      answer(request, response)
    },
  )
  upstream.on('secureConnection', (socket: TLSSocket) => peers.push(socket))
  const port = await listen(upstream)
  const base64 = (pem: string) => Buffer.from(pem).toString('base64')
  const file = join(tmpdir(), `gateway-${process.pid}.json`)
  await writeFile(
    file,
    JSON.stringify({
      clusters: [
        {
          name: 'test',
          cluster: {
            server: `https://127.0.0.1:${port}/base`,
            'certificate-authority-data': base64(TEST_CERTIFICATES.ca),
          },
        },
      ],
      users: [
        {
          name: 'console',
          user: {
            token: 'the-token-of-the-console',
            'client-certificate-data': base64(TEST_CERTIFICATES.client.cert),
            'client-key-data': base64(TEST_CERTIFICATES.client.key),
          },
        },
      ],
      contexts: [{ name: 'test', context: { cluster: 'test', user: 'console' } }],
      'current-context': 'test',
    }),
  )
  client = createKubeClient(loadKubeconfig(file), { cluster: 'global' })
  await rm(file)
  gateway = createServer((request, response) =>
    serveGateway(request, response, (name) => (name === 'global' ? client : undefined)),
  )
  await listen(gateway)
})

afterEach(async () => {
  await client.close()
  for (const server of [gateway, upstream]) {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  }
})

const TOKEN = { authorization: 'Bearer of-the-caller' }

function open(
  path: string,
  headers: Record<string, string | string[]> = TOKEN,
  options: { method?: string; body?: string } = {},
): Promise<IncomingMessage> {
  const { port } = gateway.address() as AddressInfo
  return new Promise((done, fail) => {
    send({ host: '127.0.0.1', port, path, headers, method: options.method ?? 'GET' }, done)
      .on('error', fail)
      .end(options.body)
  })
}

async function statusOf(response: IncomingMessage) {
  const status = JSON.parse(await text(response)) as { kind: string; code: number; reason: string }
  expect(status).toMatchObject({ kind: 'Status', status: 'Failure', code: response.statusCode })
  expect(response.headers['content-type']).toBe('application/json')
  return [status.code, status.reason]
}

async function eventually(condition: () => boolean): Promise<void> {
  for (let attempt = 0; attempt < 3000 && !condition(); attempt += 1) await sleep(10)
  expect(condition()).toBe(true)
}

test("sends on the caller's token and path as they came, and nothing of the console's identity", async () => {
  const response = await open('/kubernetes/global//api/v1/a%2Fb?q=%7e&watch=', {
    ...TOKEN,
    accept: ['application/json;as=Table', 'application/json'],
    'impersonate-group': ['a', 'b'],
  })
  expect(await text(response)).toBe('{}')
  expect(seen[0]?.url).toBe('/base//api/v1/a%2Fb?q=%7e&watch=')
  expect(seen[0]?.headers.authorization).toBe('Bearer of-the-caller')
  expect(seen[0]?.rawHeaders.filter((_, index, all) => all[index - 1] === 'impersonate-group')).toEqual([
    'a',
    'b',
  ])
  expect(peers[0]?.getPeerCertificate()).toEqual({})
})

test('no cookies, no headers of the connection, no claims to be somebody', async () => {
  const response = await open('/kubernetes/global/api', {
    ...TOKEN,
    cookie: 'session=1',
    connection: 'close, x-private, authorization',
    'x-private': '1',
    te: 'trailers',
    'x-remote-user': 'admin',
    'x-forwarded-for': '10.0.0.1',
    'sec-fetch-site': 'same-origin',
    'proxy-authorization': 'Basic eA==',
  })
  await text(response)
  const names = Object.keys(seen[0]?.headers ?? {}).sort()
  expect(names).toEqual(['authorization', 'connection', 'host', 'x-forwarded-for'])
  expect(seen[0]?.headers).toMatchObject({
    connection: 'keep-alive',
    'x-forwarded-for': '127.0.0.1',
    ...TOKEN,
  })
})

test('an answer can neither set cookies nor open itself to other origins', async () => {
  answer = (_, response) => {
    response.writeHead(200, {
      'set-cookie': 'session=evil',
      'access-control-allow-origin': '*',
      'content-security-policy': "script-src 'unsafe-inline'",
      'clear-site-data': '"*"',
      'service-worker-allowed': '/',
      'www-authenticate': 'Basic realm="console"',
      link: '</evil.js>; rel=preload',
      refresh: '0; url=https://evil.example',
      warning: '299 - "deprecated"',
      'audit-id': 'a1',
      'content-type': 'text/html',
    })
    response.end('<script>alert(1)</script>')
  }
  const response = await open('/kubernetes/global/api/v1/namespaces/x/services/y/proxy/')
  await text(response)
  const { headers } = response
  expect(headers['content-security-policy']).toContain('sandbox')
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'audit-id': 'a1',
    warning: '299 - "deprecated"',
  })
  for (const name of [
    'set-cookie',
    'access-control-allow-origin',
    'clear-site-data',
    'service-worker-allowed',
    'www-authenticate',
    'link',
    'refresh',
  ])
    expect(headers[name]).toBeUndefined()
})

test('a redirect stays below the cluster, or is left out', async () => {
  for (const [location, expected] of [
    ['/api/v1/', '/kubernetes/global/api/v1/'],
    ['//evil.example/', undefined],
    ['https://evil.example/', undefined],
  ] as const) {
    answer = (_, response) => response.writeHead(302, { location }).end()
    const response = await open('/kubernetes/global/api')
    expect([response.statusCode, response.headers.location]).toEqual([302, expected])
    response.resume()
  }
})

test.each([
  ['without a token', '/kubernetes/global/api', {}, 401, 'Unauthorized'],
  [
    'with another kind of proof',
    '/kubernetes/global/api',
    { authorization: 'Basic YTpi' },
    401,
    'Unauthorized',
  ],
  ['with an empty token', '/kubernetes/global/api', { authorization: 'Bearer ' }, 401, 'Unauthorized'],
  ['with a cookie alone', '/kubernetes/global/api', { cookie: 'session=1' }, 401, 'Unauthorized'],
  ['to an unknown cluster', '/kubernetes/moon/api', TOKEN, 404, 'NotFound'],
  ['out of the cluster', '/kubernetes/global/..%2fmoon', TOKEN, 400, 'BadRequest'],
  [
    'by a foreign page',
    '/kubernetes/global/api',
    { ...TOKEN, origin: 'https://evil.example' },
    403,
    'Forbidden',
  ],
  ['by a neighbour', '/kubernetes/global/api', { ...TOKEN, 'sec-fetch-site': 'same-site' }, 403, 'Forbidden'],
  ['by a link', '/kubernetes/global/api', { ...TOKEN, 'sec-fetch-site': 'none' }, 403, 'Forbidden'],
  [
    'to upgrade',
    '/kubernetes/global/api/v1/namespaces/a/pods/b/exec',
    { ...TOKEN, connection: 'Upgrade', upgrade: 'SPDY/3.1' },
    501,
    'NotImplemented',
  ],
])('a request %s is refused as an API server does it', async (_, path, headers, code, reason) => {
  expect(await statusOf(await open(path, headers))).toEqual([code, reason])
  expect(seen).toEqual([])
})

test('what a browser asks before a cross-origin request is refused', async () => {
  const response = await open('/kubernetes/global/api', {}, { method: 'OPTIONS' })
  expect(await statusOf(response)).toEqual([405, 'MethodNotAllowed'])
  expect(Object.keys(response.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
})

test('an API server that is away is a 503, one that ends in the middle ends the answer', async () => {
  answer = (request) => request.socket.destroy()
  const body = { method: 'POST', body: '{}' }
  expect(await statusOf(await open('/kubernetes/global/api', TOKEN, body))).toEqual([503, 'ConnectionClosed'])
  answer = (request, response) => {
    response.writeHead(200, { 'content-length': '10' })
    response.write('half', () => request.socket.destroy())
  }
  await expect(text(await open('/kubernetes/global/api'))).rejects.toThrow('aborted')
})

test('a body that does not come in time is given up on both sides', async () => {
  gateway.removeAllListeners('request')
  gateway.on('request', (request: IncomingMessage, response: ServerResponse) =>
    serveGateway(request, response, () => client, 300),
  )
  let isGone = false
  answer = (request) => request.on('close', () => (isGone = true)).resume()
  const { port } = gateway.address() as AddressInfo
  const response = await new Promise<IncomingMessage>((done, fail) => {
    send(
      {
        host: '127.0.0.1',
        port,
        path: '/kubernetes/global/api',
        method: 'POST',
        headers: { ...TOKEN, 'content-length': '1000' },
      },
      done,
    )
      .on('error', fail)
      .write('{')
  })
  expect(await statusOf(response)).toEqual([408, 'Timeout'])
  await eventually(() => isGone)
})

test('a read on a connection that was just closed is sent once more', async () => {
  answer = (request, response) => {
    if (seen.length === 2) request.socket.destroy()
    else response.end(String(seen.length))
  }
  expect(await text(await open('/kubernetes/global/api'))).toBe('1')
  expect(await text(await open('/kubernetes/global/api'))).toBe('3')
})

test('a watch comes line by line, and ends upstream when its reader goes', async () => {
  let line: ((text: string) => void) | undefined
  let hasEnded = false
  answer = (_, response) => {
    response.writeHead(200)
    response.flushHeaders()
    line = (words) => response.write(words)
    response.once('close', () => (hasEnded = true))
  }
  const response = await open('/kubernetes/global/api/v1/pods?watch=true')
  for (const words of ['first\n', 'second\n']) {
    line?.(words)
    const [chunk] = await new Promise<[Buffer]>((done) =>
      response.once('data', (data: Buffer) => done([data])),
    )
    expect(chunk.toString()).toBe(words)
  }
  response.destroy()
  await eventually(() => hasEnded)
})

test('a reader that does not read holds the API server back, not our memory', async () => {
  const block = Buffer.alloc(64 * 1024, 'x')
  let written = 0
  answer = (_, response) => {
    const more = () => {
      while (written < 48 * 1024 * 1024) {
        written += block.length
        if (response.write(block)) continue
        response.once('drain', more)
        return
      }
      response.end()
    }
    more()
  }
  const response = await open('/kubernetes/global/api')
  response.pause()
  let before = -1
  while (before !== written) {
    before = written
    await sleep(200)
  }
  expect(written).toBeLessThan(32 * 1024 * 1024)
  let size = 0
  for await (const chunk of response as AsyncIterable<Buffer>) size += chunk.length
  expect(size).toBe(48 * 1024 * 1024)
})

test('an upload is passed on while it comes, at the pace of the API server', async () => {
  const { port } = gateway.address() as AddressInfo
  const chunks: string[] = []
  answer = (request, response) => {
    request.on('data', (chunk: Buffer) => chunks.push(chunk.toString()))
    request.on('end', () => response.end('{}'))
  }
  const upload = send({
    host: '127.0.0.1',
    port,
    path: '/kubernetes/global/api',
    headers: TOKEN,
    method: 'POST',
  })
  const response = new Promise<IncomingMessage>((done) => upload.on('response', done))
  upload.write('first')
  await eventually(() => chunks.join('') === 'first')
  upload.end('second')
  expect((await response).statusCode).toBe(200)
  expect(chunks.join('')).toBe('firstsecond')
})
