import type { ServerResponse } from 'node:http'
import { afterEach, describe, expect, test } from 'vitest'
import { CLUSTER } from '#lib/kinds/cluster.ts'
import { CONFIG_MAP } from '#lib/kinds/core.ts'
import { createKubeClient } from './http-kube-client.ts'
import type { KubeClientOptions } from './http-kube-client.ts'
import type { KubeClient } from './kube-client.ts'
import { ConflictError, ExpiredError } from './kube-error.ts'
import { failure } from './testing/failure.ts'
import { sendJson, sendStatus, startFaultServer } from './testing/fault-server.ts'
import type { FaultServer, Handler, SeenRequest } from './testing/fault-server.ts'

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

function names(from: number, to: number) {
  return Array.from({ length: to - from }, (_, index) => ({ metadata: { name: `c${from + index}` } }))
}

/** Serves `total` clusters in pages as asked for; `onPage` may answer instead. */
function pages(total: number, onPage?: (request: SeenRequest, response: ServerResponse) => boolean): Handler {
  return (request, response) => {
    if (onPage?.(request, response)) return
    const from = Number(request.query.get('continue') ?? 0)
    const to = Math.min(total, from + Number(request.query.get('limit') ?? total))
    const next = to < total ? { continue: String(to) } : {}
    sendJson(response, 200, { metadata: { resourceVersion: '7', ...next }, items: names(from, to) })
  }
}

describe('reading', () => {
  test('get sends the token and fills in what built-in kinds leave out', async () => {
    const { server, client } = await start((_, response) =>
      sendJson(response, 200, { metadata: { name: 'a', namespace: 'b' } }),
    )
    const object = await client.get(CONFIG_MAP, 'a', { namespace: 'b' })
    expect(object).toEqual({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'b' } })
    expect(server.requests[0]).toMatchObject({
      method: 'GET',
      path: '/api/v1/namespaces/b/configmaps/a',
      headers: { authorization: `Bearer ${TOKEN}`, accept: 'application/json' },
    })
  })

  test('a prefix stands between server and path', async () => {
    const { server, client } = await start((_, response) => sendJson(response, 200, {}), {
      pathPrefix: '/kubernetes/business',
    })
    await client.getPath('/version')
    expect(server.requests[0]?.path).toBe('/kubernetes/business/version')
    expect(client.server).toBe(`${server.url}/kubernetes/business`)
  })

  test('list gives one page, listAll all of them', async () => {
    const { server, client } = await start(pages(1201))
    const page = await client.list(CLUSTER, { limit: 3, labelSelector: 'a=b' })
    expect(page.items.map((item) => item.metadata.name)).toEqual(['c0', 'c1', 'c2'])
    expect(page.continue).toBe('3')
    expect(server.requests[0]?.query.get('labelSelector')).toBe('a=b')
    const all = await client.listAll(CLUSTER)
    expect(all.items.map((item) => item.metadata.name)).toEqual(
      names(0, 1201).map((item) => item.metadata.name),
    )
    expect(all).toMatchObject({ resourceVersion: '7' })
    expect(server.requests.slice(1).map(({ query }) => query.get('limit'))).toEqual(['500', '500', '500'])
  })

  test('a continue token that expires starts over once, without pages', async () => {
    const { server, client } = await start(
      pages(1201, ({ query }, response) => {
        if (query.get('continue') !== '1000') return false
        sendStatus(response, 410, 'Expired')
        return true
      }),
    )
    const all = await client.listAll(CLUSTER)
    expect(all.items).toHaveLength(1201)
    expect(server.requests.map(({ query }) => [query.get('limit'), query.get('continue')])).toEqual([
      ['500', null],
      ['500', '500'],
      ['500', '1000'],
      [null, null],
    ])
  })

  test('when that expires too, so be it', async () => {
    const { client } = await start(
      pages(600, ({ query }, response) => {
        if (query.get('limit') !== null && query.get('continue') === null) return false
        sendStatus(response, 410, 'Expired')
        return true
      }),
    )
    expect(await failure(client.listAll(CLUSTER))).toBeInstanceOf(ExpiredError)
  })

  test('a list that never ends is noticed', async () => {
    const { client } = await start((_, response) =>
      sendJson(response, 200, { metadata: { continue: 'more' }, items: [] }),
    )
    expect(await failure(client.listAll(CLUSTER))).toMatchObject({ reason: 'BadAnswer' })
  })

  test('a list may come with null for nothing, and with items that are none', async () => {
    const { client } = await start((request, response) =>
      sendJson(
        response,
        200,
        request.query.get('labelSelector') === 'none'
          ? { metadata: { resourceVersion: '1' }, items: null }
          : {
              metadata: { resourceVersion: '1' },
              items: [
                null,
                1,
                {},
                { metadata: {} },
                { kind: 'Pod', metadata: { name: 'x' } },
                ...names(0, 1),
              ],
            },
      ),
    )
    expect((await client.list(CLUSTER, { labelSelector: 'none' })).items).toEqual([])
    expect((await client.list(CLUSTER)).items.map((item) => item.metadata.name)).toEqual(['c0'])
  })

  test.each([
    ['a Status', { kind: 'Status', metadata: {}, status: 'Success' }],
    ['a table', { kind: 'Table', metadata: { resourceVersion: '1' }, rows: [], items: [] }],
    ['an object', { kind: 'Cluster', metadata: { name: 'a' } }],
    ['a list without metadata', { kind: 'ClusterList', items: [] }],
  ])('%s is not an empty list', async (_, answer) => {
    const { client } = await start((_, response) => sendJson(response, 200, answer))
    expect(await failure(client.list(CLUSTER))).toMatchObject({ reason: 'BadAnswer' })
  })

  test('__proto__ in an answer stays a plain key', async () => {
    const { client } = await start((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end('{"metadata":{"name":"a"},"__proto__":{"polluted":true}}')
    })
    const object = await client.get(CLUSTER, 'a')
    expect(Object.keys(object)).toContain('__proto__')
    expect('polluted' in object).toBe(false)
    expect('polluted' in {}).toBe(false)
  })
})

describe('writing', () => {
  const echo: Handler = (request, response) => sendJson(response, 200, JSON.parse(request.body))

  test('create and replace send the whole object', async () => {
    const { server, client } = await start(echo)
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'b' }, data: {} }
    expect(await client.create(CONFIG_MAP, object, { dryRun: true, fieldManager: 'me' })).toEqual(object)
    await client.replace(CONFIG_MAP, object, { subresource: 'status' })
    expect(server.requests).toMatchObject([
      { method: 'POST', path: '/api/v1/namespaces/b/configmaps' },
      { method: 'PUT', path: '/api/v1/namespaces/b/configmaps/a/status' },
    ])
    expect(Object.fromEntries(server.requests[0]?.query ?? [])).toEqual({ dryRun: 'All', fieldManager: 'me' })
    expect(server.requests[0]?.headers['content-type']).toBe('application/json')
  })

  test('each kind of patch has its content type', async () => {
    const { server, client } = await start((_, response) => sendJson(response, 200, { metadata: {} }))
    await client.patch(CLUSTER, 'a', { type: 'json', operations: [{ op: 'remove', path: '/spec' }] })
    await client.patch(CLUSTER, 'a', { type: 'merge', body: { spec: null } })
    await client.patch(CLUSTER, 'a', { type: 'apply', body: { spec: {} }, fieldManager: 'me', force: true })
    expect(server.requests.map(({ headers, body }) => [headers['content-type'], JSON.parse(body)])).toEqual([
      ['application/json-patch+json', [{ op: 'remove', path: '/spec' }]],
      ['application/merge-patch+json', { spec: null }],
      ['application/apply-patch+yaml', { spec: {}, apiVersion: 'platform.tkestack.io/v1', kind: 'Cluster' }],
    ])
    expect(Object.fromEntries(server.requests[2]?.query ?? [])).toEqual({ fieldManager: 'me', force: 'true' })
  })

  test('delete sends preconditions and policy', async () => {
    const { server, client } = await start((_, response) => sendJson(response, 200, { kind: 'Status' }))
    await client.delete(CLUSTER, 'a', { uid: 'u', resourceVersion: '3', propagationPolicy: 'Foreground' })
    expect(JSON.parse(server.requests[0]?.body ?? '')).toEqual({
      apiVersion: 'v1',
      kind: 'DeleteOptions',
      preconditions: { uid: 'u', resourceVersion: '3' },
      propagationPolicy: 'Foreground',
    })
  })

  test('a refused write is told with its reason, and is not sent again', async () => {
    const { server, client } = await start((_, response) => sendStatus(response, 409, 'Conflict'))
    const error = await failure(client.patch(CLUSTER, 'a', { type: 'merge', body: {} }))
    expect(error).toBeInstanceOf(ConflictError)
    expect(server.requests).toHaveLength(1)
  })
})
