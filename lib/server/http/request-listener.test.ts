import { createServer, get, type IncomingHttpHeaders, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Problem } from '#lib/contract/problem.ts'
import { allowedHosts } from './allowed-hosts.ts'
import { LiveHub } from './live-hub.ts'
import { createRequestListener, type PageHandler } from './request-listener.ts'

let server: Server
let hub: LiveHub
let seen: IncomingHttpHeaders[]
let pages: PageHandler | undefined

beforeEach(async () => {
  hub = new LiveHub({ freshness: () => [] })
  seen = []
  pages = async (request, response) => {
    seen.push(request.headers)
    response.end('page')
  }
  const runtime = {
    live: hub,
    cluster: () => undefined,
    contextOf: () => ({ caller: { name: 'admin' } }) as never,
  }
  server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const listener = createRequestListener({
    isAllowedHost: allowedHosts((server.address() as AddressInfo).port, []),
    dev: false,
    runtime: () => runtime,
    pages: () => pages,
  })
  server.on('request', (request, response) => void listener(request, response))
})

afterEach(async () => {
  hub.close()
  server.closeAllConnections()
  await new Promise((done) => server.close(done))
})

interface Answer {
  status: number
  headers: IncomingHttpHeaders
  text: string
}

function read(path: string, headers: Record<string, string> = {}): Promise<Answer> {
  const { port } = server.address() as AddressInfo
  return new Promise((done, fail) => {
    get({ host: '127.0.0.1', port, path, headers }, (response: IncomingMessage) => {
      let text = ''
      response.on('data', (chunk: Buffer) => (text += chunk.toString()))
      response.once('end', () => done({ status: response.statusCode ?? 0, headers: response.headers, text }))
    }).on('error', fail)
  })
}

function problemIn({ text }: Answer): Problem {
  return JSON.parse(text) as Problem
}

test('a page gets a fresh nonce in request and answer, whatever the client sent', async () => {
  const hostile = {
    'content-security-policy': "script-src 'nonce-evil'",
    'content-security-policy-report-only': "script-src 'nonce-evil'",
    'x-nonce': 'evil',
    'x-request-id': 'evil',
  }
  const answers = [await read('/clusters', hostile), await read('/clusters')]
  const nonces = answers.map((answer, index) => {
    const policy = answer.headers['content-security-policy']
    expect(seen[index]?.['content-security-policy']).toBe(policy)
    expect(seen[index]?.['content-security-policy-report-only']).toBeUndefined()
    const nonce = seen[index]?.['x-nonce']
    expect(policy).toContain(`'nonce-${String(nonce)}'`)
    return nonce
  })
  expect(new Set([...nonces, 'evil']).size).toBe(3)
})

test('every answer forbids sniffing and framing, and has an id of its own', async () => {
  const [page, data] = [await read('/clusters', { 'x-request-id': 'mine' }), await read('/api/session')]
  for (const { headers } of [page, data])
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY' })
  expect(page.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
  expect(seen[0]?.['x-request-id']).toBe(page.headers['x-request-id'])
  expect(data.headers['content-security-policy']).toContain("default-src 'none'")
  expect(seen[1]?.['x-nonce']).toBeUndefined()
})

test.each(['evil.example', 'evil.example:80', 'localhost'])(
  'under the name %j nothing is served',
  async (host) => {
    for (const path of ['/', '/api/events', '/api/session', '/_next/static/x.js']) {
      const answer = await read(path, { host })
      expect(answer.status).toBe(421)
      expect(problemIn(answer)).toMatchObject({
        code: 'misdirected',
        requestId: answer.headers['x-request-id'],
      })
    }
    expect(seen).toHaveLength(0)
  },
)

test('while the console starts, callers are told to come back', async () => {
  pages = undefined
  const answer = await read('/api/session')
  expect(answer.status).toBe(503)
  expect(answer.headers['retry-after']).toBe('2')
  expect(problemIn(answer).code).toBe('unavailable')
})

test('while the console starts, a browser gets a page that comes back by itself', async () => {
  pages = undefined
  const accept = 'text/html,application/xhtml+xml,*/*;q=0.8'
  const answer = await read('/marketplace/cluster-plugins', { accept })
  expect(answer.status).toBe(503)
  expect(answer.headers['content-type']).toMatch('text/html')
  expect(answer.headers.refresh).toBe('2')
  expect(answer.text).toMatch(/starting.*正在启动/s)
  expect(problemIn(await read('/api/session', { accept })).code).toBe('unavailable')
  pages = async (_request, response) => void response.end('page')
  expect((await read('/marketplace/cluster-plugins', { accept })).text).toBe('page')
})

test.each(['cross-site', 'same-site'])('the event stream is not for a %s page', async (site) => {
  expect((await read('/api/events', { 'sec-fetch-site': site })).status).toBe(403)
  expect(hub.streams).toBe(0)
})

test('a page that fails is a bare 500', async () => {
  const logged = vi.spyOn(console, 'error').mockImplementation(() => {})
  pages = () =>
    Promise.reject(Object.assign(new Error('secret cause'), { headers: { authorization: 'token' } }))
  const answer = await read('/clusters')
  expect(answer.status).toBe(500)
  expect(answer.text).not.toContain('secret cause')
  expect(logged.mock.calls).toEqual([
    [expect.stringMatching(/^request \S+ failed: Error: secret cause at .+$/)],
  ])
  logged.mockRestore()
})

test('the gateway is served under the same names, with a policy of its own', async () => {
  const foreign = await read('/kubernetes/global/api', { host: 'evil.example' })
  expect([foreign.status, JSON.parse(foreign.text)]).toMatchObject([421, { kind: 'Status' }])
  const answer = await read('/kubernetes/global/api')
  expect(answer.status).toBe(401)
  expect(answer.headers['content-security-policy']).toContain('sandbox')
  expect(seen).toEqual([])
})
