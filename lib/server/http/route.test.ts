import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import type { Problem } from '#lib/contract/problem.ts'
import { ForbiddenError as KubeForbiddenError, UnavailableError } from '#lib/kube/kube-error.ts'
import { ConflictError, InvalidError, RefusedError } from '#lib/server/services/service-error.ts'
import { installBackend } from './backend.ts'
import { errorFacts } from './error-facts.ts'
import { route } from './route.ts'

const ORIGIN = 'http://127.0.0.1:3000'

// Only what a route asks of the process: which context is handed on and who explains errors.
beforeEach(() =>
  installBackend({
    services: {} as never,
    contextOf: ({ requestId, signal }) => ({ operationId: requestId, signal }) as never,
    factsOf: errorFacts,
    liveCursor: () => '',
    isReady: () => true,
  }),
)

afterEach(() => installBackend(undefined))

interface Sent {
  method?: string
  headers?: Record<string, string>
  body?: string | Uint8Array<ArrayBuffer>
  path?: string
  params?: unknown
}

const echo = route({ handler: () => ({ hello: 'world' }) })
const write = route({
  body: z.strictObject({ name: z.string(), replicas: z.number().min(1).optional() }),
  handler: ({ body }) => body,
})

function send(handler: ReturnType<typeof route>, sent: Sent = {}): Promise<Response> {
  const { method = 'GET', headers = {}, body, path = '/api/x', params = {} } = sent
  const request = new Request(ORIGIN + path, {
    method,
    headers: { host: '127.0.0.1:3000', 'x-request-id': 'request-1', ...headers },
    ...(body === undefined ? {} : { body }),
  })
  return handler(request, { params: Promise.resolve(params) })
}

function post(
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
): Promise<Response> {
  return send(write, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: ORIGIN, ...headers },
    body,
  })
}

async function problemIn(response: Response): Promise<Problem> {
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  expect(response.headers.get('cache-control')).toBe('no-store')
  const problem = (await response.json()) as Problem
  expect(problem).toMatchObject({ status: response.status, requestId: 'request-1' })
  return problem
}

describe('reads', () => {
  test('carry a strong tag and may be kept by this user alone', async () => {
    const response = await send(echo)
    expect(await response.json()).toEqual({ hello: 'world' })
    expect(response.headers.get('etag')).toMatch(/^"[\w-]{27}"$/)
    expect(response.headers.get('cache-control')).toBe('private, no-cache')
  })

  test('answer 304 to their own tag, weak or in a list, and nothing else', async () => {
    const tag = (await send(echo)).headers.get('etag') ?? ''
    for (const header of [tag, `W/${tag}`, `"other", ${tag}`, '*']) {
      const response = await send(echo, { headers: { 'if-none-match': header } })
      expect([header, response.status, await response.text()]).toEqual([header, 304, ''])
      expect(response.headers.get('etag')).toBe(tag)
    }
    expect((await send(echo, { headers: { 'if-none-match': '"other"' } })).status).toBe(200)
  })

  test('change their tag with their content', async () => {
    let count = 0
    const counter = route({ handler: () => ({ count: (count += 1) }) })
    const tag = (await send(counter)).headers.get('etag') ?? ''
    expect((await send(counter, { headers: { 'if-none-match': tag } })).status).toBe(200)
  })

  test('need no origin, but get a checked query', async () => {
    const handler = route({
      query: z.object({ page: z.array(z.string().regex(/^\d+$/)).optional() }),
      handler: ({ query }) => query,
    })
    const good = await send(handler, {
      path: '/api/x?page=1&other=2',
      headers: { 'sec-fetch-site': 'cross-site' },
    })
    expect(await good.json()).toEqual({ page: ['1'] })
    const problem = await problemIn(await send(handler, { path: '/api/x?page=one' }))
    expect(problem).toMatchObject({
      status: 400,
      code: 'bad-request',
      errors: [{ path: 'page.0', code: 'pattern' }],
    })
  })

  test('of a path that can name nothing are not found', async () => {
    const handler = route({ params: z.object({ plugin: z.string().regex(/^[a-z]+$/) }), handler: () => ({}) })
    expect(await problemIn(await send(handler, { params: { plugin: '../etc' } }))).toMatchObject({
      status: 404,
    })
    expect((await send(handler, { params: { plugin: 'web' } })).status).toBe(200)
  })
})

describe('writes', () => {
  test('hand a checked body on and are kept by nobody', async () => {
    const response = await post('{"name": "a"}')
    expect(await response.json()).toEqual({ name: 'a' })
    expect(response.headers.get('cache-control')).toBe('no-store')
  })

  test.each([
    [{ origin: 'http://evil.example' }],
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ origin: 'null' }],
  ])('from elsewhere are refused: %o', async (headers) => {
    const response = await post('{"name": "a"}', headers)
    expect(await problemIn(response)).toMatchObject({ status: 403, code: 'cross-origin' })
  })

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonx',
  ])('of type %s are refused', async (type) => {
    const problem = await problemIn(await post('{"name": "a"}', { 'content-type': type }))
    expect(problem).toMatchObject({ status: 415, code: 'unsupported-media-type' })
  })

  test('without a content type are refused when they have a body', async () => {
    const response = await send(write, { method: 'POST', body: new TextEncoder().encode('{"name": "a"}') })
    expect((await problemIn(response)).code).toBe('unsupported-media-type')
  })

  test('without a body count as an empty object', async () => {
    const problem = await problemIn(await send(write, { method: 'DELETE' }))
    expect(problem).toMatchObject({
      status: 422,
      code: 'invalid',
      errors: [{ path: 'name', code: 'required' }],
    })
  })

  test.each(['{', 'nonsense', '{"name": "a"} x', '{"name": "\u0000"}'])(
    'of malformed JSON %j are refused',
    async (body) => {
      expect(await problemIn(await post(body))).toMatchObject({ status: 400, code: 'bad-request' })
    },
  )

  test('that are not UTF-8 are refused', async () => {
    expect(await problemIn(await post(new Uint8Array([0x22, 0xff, 0xfe, 0x22])))).toMatchObject({
      status: 400,
    })
  })

  test.each(['{"__proto__": {"a": 1}}', '{"name": "a", "deep": [{"__proto__": 1}]}'])(
    'with a key that poisons prototypes are refused: %s',
    async (body) => {
      const problem = await problemIn(await post(body))
      expect(problem).toMatchObject({ status: 400, code: 'bad-request' })
      expect(problem.detail).toContain('__proto__')
    },
  )

  test('without a bottom are refused', async () => {
    const problem = await problemIn(await post('['.repeat(100_000) + ']'.repeat(100_000)))
    expect(problem).toMatchObject({ status: 400, code: 'bad-request' })
  })

  test('that are too large are refused, said beforehand or not', async () => {
    const large = JSON.stringify({ name: 'x'.repeat(1024 * 1024) })
    expect(await problemIn(await post(large))).toMatchObject({ status: 413, code: 'too-large' })
    expect(await problemIn(await post('{}', { 'content-length': '2000000' }))).toMatchObject({ status: 413 })
  })

  test('with wrong fields are told each of them', async () => {
    const problem = await problemIn(await post('{"name": 1, "replicas": 0, "extra": true, "more": 1}'))
    expect(problem).toMatchObject({ status: 422, code: 'invalid' })
    expect(problem.errors?.map(({ path, code }) => `${path} ${code}`)).toEqual([
      'name type',
      'replicas minimum',
      'extra unknown',
      'more unknown',
    ])
  })
})

describe('what is thrown', () => {
  const thrown = (error: unknown) =>
    send(
      route({
        handler: () => {
          throw error
        },
      }),
    )

  test("is a problem with the service's own words, reasons and fields", async () => {
    const reasons = [{ code: 'already-installed' as const }]
    expect(await problemIn(await thrown(new RefusedError('no', reasons)))).toMatchObject({
      status: 422,
      code: 'refused',
      detail: 'no',
      reasons,
    })
    expect(await problemIn(await thrown(new ConflictError('stale')))).toMatchObject({
      status: 409,
      code: 'conflict',
    })
    const errors = [{ path: 'config.a', code: 'required', detail: 'is needed' }]
    expect(await problemIn(await thrown(new InvalidError('fields', errors)))).toMatchObject({
      status: 422,
      errors,
    })
  })

  test('by an API server keeps its meaning and says when to come back', async () => {
    const unavailable = await thrown(
      new UnavailableError('gone', { code: 503, reason: 'x', retryAfterMs: 7000 }),
    )
    expect(unavailable.headers.get('retry-after')).toBe('7')
    expect(await problemIn(unavailable)).toMatchObject({ status: 503, code: 'unavailable', detail: 'gone' })
    const forbidden = await thrown(new KubeForbiddenError('not you', { code: 403, reason: 'Forbidden' }))
    expect(await problemIn(forbidden)).toMatchObject({ status: 403, code: 'forbidden' })
  })

  test('by the deadline is a timeout', async () => {
    expect(await problemIn(await thrown(new DOMException('late', 'TimeoutError')))).toMatchObject({
      status: 504,
    })
  })

  test('by accident is a bare 500 and one line in the log, without what it carries', async () => {
    const logged = vi.spyOn(console, 'error').mockImplementation(() => {})
    const accident = Object.assign(new Error('boom'), { request: { authorization: 'Bearer hidden' } })
    for (const error of [accident, 'text with secret', undefined]) {
      const problem = await problemIn(await thrown(error))
      expect(problem).toMatchObject({ status: 500, code: 'internal' })
      expect(JSON.stringify(problem)).not.toMatch(/boom|secret/)
    }
    const lines = logged.mock.calls.map(([line]) => String(line))
    expect(lines).toHaveLength(3)
    expect(lines[0]).toMatch(/^request request-1 failed: Error: boom at /)
    expect(lines.join('\n')).not.toMatch(/hidden|secret/)
    logged.mockRestore()
  })
})
