import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { contractTarget } from './target.ts'

const target = contractTarget()
const maps = () => `/api/v1/namespaces/${target.namespace}/configmaps`

describe('who may ask', () => {
  test.each(['Bearer wrong', 'Basic YTpi', ''])('with %j nobody gets in', async (authorization) => {
    const { status, body } = await target.call('GET', '/apis/apps/v1', undefined, {
      headers: { authorization },
    })
    // A server that lets anonymous users in says that they may not.
    expect([401, 403]).toContain(status)
    expect(body).toMatchObject({ kind: 'Status', status: 'Failure', code: status })
    if (authorization.startsWith('Bearer'))
      expect(body).toMatchObject({ code: 401, reason: 'Unauthorized', message: 'Unauthorized' })
  })

  test.each(['/healthz', '/livez', '/readyz'])('%s is anybody’s', async (path) => {
    const { status, text } = await target.call('GET', path, undefined, { headers: { authorization: '' } })
    expect(status).toBe(200)
    expect(text).toBe('ok')
  })
})

describe('paths', () => {
  test('that nothing is behind are not found, in plain text', async () => {
    for (const path of ['/nope', '/apis/nope.example.com/v1/things']) {
      const { status, text, headers } = await target.call('GET', path)
      expect(status).toBe(404)
      expect(text).toBe('404 page not found\n')
      expect(headers['content-type']).toContain('text/plain')
    }
    const { status, body } = await target.call('GET', '/api/v1/nonsense')
    expect(status).toBe(404)
    expect(body).toMatchObject({ kind: 'Status', reason: 'NotFound' })
  })
})

describe('bodies', () => {
  test('malformed JSON', async () => {
    const { status, body } = await target.call('POST', maps(), '{"metadata": {"name": ')
    expect(status).toBe(400)
    expect(body).toMatchObject({ kind: 'Status', reason: 'BadRequest', code: 400 })
  })

  test('no body', async () => {
    expect((await target.call('POST', maps(), '')).status).toBe(400)
  })

  test.each(['[]', '"text"', '1'])('%s is no object', async (text) => {
    expect((await target.call('POST', maps(), text)).status).toBe(400)
  })

  test('nested without end', async () => {
    const deep = `{"metadata":{"name":"deep"},"data":${'['.repeat(200_000)}${']'.repeat(200_000)}}`
    expect((await target.call('POST', maps(), deep)).status).toBe(400)
  })

  test('too large', async () => {
    const map = { metadata: { name: 'large' }, data: { a: 'x'.repeat(3 * 1024 * 1024 + 1) } }
    const { status, body } = await target.call('POST', maps(), map)
    expect(status).toBe(413)
    expect(body.reason).toBe('RequestEntityTooLarge')
    expect(body.message).toContain('limit is 3145728')
  })

  test('YAML', async () => {
    const text = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: from-yaml}\ndata:\n  a: "1"\n'
    const { status, body } = await target.call('POST', maps(), text, { type: 'application/yaml' })
    expect(status).toBe(201)
    expect(body['data']).toEqual({ a: '1' })
  })

  test('protobuf or text that claims to be something else', async () => {
    const { status, body } = await target.call('POST', maps(), 'k8s\0', { type: 'text/csv' })
    expect(status).toBe(415)
    expect(body.reason).toBe('UnsupportedMediaType')
  })
})

describe('answers', () => {
  test('as YAML', async () => {
    await target.call('POST', maps(), { metadata: { name: 'as-yaml' }, data: { a: '1' } })
    const { status, text, headers } = await target.call('GET', `${maps()}/as-yaml`, undefined, {
      accept: 'application/yaml',
    })
    expect(status).toBe(200)
    expect(headers['content-type']).toContain('application/yaml')
    expect(parse(text)).toMatchObject({ kind: 'ConfigMap', data: { a: '1' } })
  })

  test('a client that would rather have protobuf takes JSON', async () => {
    const { status } = await target.call('GET', maps(), undefined, {
      accept: 'application/x-unheard-of,application/json',
    })
    expect(status).toBe(200)
  })

  test('one that takes nothing that there is gets nothing', async () => {
    const { status, body } = await target.call('GET', maps(), undefined, { accept: 'text/csv' })
    expect(status).toBe(406)
    expect(body.reason).toBe('NotAcceptable')
  })

  test('large ones are compressed for clients that can take it', async () => {
    for (let i = 0; i < 3; i++)
      await target.call('POST', maps(), {
        metadata: { name: `big-${i}` },
        data: { a: 'abcdefgh'.repeat(12_000) },
      })
    const plain = await target.call('GET', maps())
    expect(plain.headers['content-encoding']).toBeUndefined()
    expect(plain.text.length).toBeGreaterThan(256 * 1024)
    const zipped = await target.bytes(maps(), { 'accept-encoding': 'gzip' })
    expect(zipped.headers['content-encoding']).toBe('gzip')
    expect(zipped.bytes.length).toBeLessThan(plain.text.length / 4)
    const [a, b] = [gunzipSync(zipped.bytes).toString(), plain.text].map((text) => {
      const list = JSON.parse(text) as { items: { metadata: { name: string } }[] }
      return list.items.map(({ metadata }) => metadata.name)
    })
    expect(a).toEqual(b)
  })
})

describe('methods', () => {
  test('that a resource does not have', async () => {
    const { status, body } = await target.call('POST', `${maps()}/x`, { metadata: { name: 'x' } })
    expect(status).toBe(405)
    expect(body).toMatchObject({ kind: 'Status', reason: 'MethodNotAllowed', code: 405 })
  })
})

test('YAML answers are sorted, and quote what older readers would take for a time or a flag', async () => {
  await target.call('POST', maps(), { metadata: { name: 'in-yaml' }, data: { b: 'yes', a: '1' } })
  const accept = 'application/yaml'
  const { text, headers } = await target.call('GET', `${maps()}/in-yaml`, undefined, { accept })
  expect(headers['content-type']).toContain('application/yaml')
  expect(text).toMatch(/^apiVersion: v1\ndata:\n {2}a: "1"\n {2}b: "yes"\nkind: ConfigMap\nmetadata:\n/)
  expect(text).toMatch(/^ {2}creationTimestamp: "\d{4}-/m)
  expect(text).toMatch(/^ {2}managedFields:\n {2}- apiVersion: v1$/m)
})
