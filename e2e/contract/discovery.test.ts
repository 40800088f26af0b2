import { describe, expect, test } from 'vitest'
import { contractTarget } from './target.ts'
import { untilDocumented, widgetKind } from './widget.ts'

const target = contractTarget()
const { group } = widgetKind(target)
const AGGREGATED = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList'
const get = async (path: string, accept?: string) =>
  target.call('GET', path, undefined, accept === undefined ? {} : { accept })

describe('discovery', () => {
  test('the version', async () => {
    const { body } = await get('/version')
    expect(body).toMatchObject({
      major: '1',
      minor: expect.stringMatching(/^\d+/),
      gitVersion: expect.stringMatching(/^v1\.\d+\.\d+/),
    })
  })

  test('the core group', async () => {
    expect((await get('/api')).body).toMatchObject({ kind: 'APIVersions', versions: ['v1'] })
    const { body } = await get('/api/v1')
    expect(body).toMatchObject({ kind: 'APIResourceList', groupVersion: 'v1' })
    expect(body['resources']).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          name: 'namespaces',
          kind: 'Namespace',
          namespaced: false,
          shortNames: ['ns'],
        }),
        expect.objectContaining({
          name: 'secrets',
          singularName: 'secret',
          namespaced: true,
          verbs: expect.arrayContaining(['create', 'delete', 'get', 'list', 'patch', 'update', 'watch']),
        }),
        expect.objectContaining({ name: 'nodes/status' }),
      ]),
    )
  })

  test('the groups', async () => {
    const { body } = await get('/apis')
    expect(body.kind).toBe('APIGroupList')
    const groups = (body['groups'] as { name: string }[]).map(({ name }) => name)
    expect(groups).toEqual(
      expect.arrayContaining([
        'apps',
        'apiextensions.k8s.io',
        'authorization.k8s.io',
        'coordination.k8s.io',
        'storage.k8s.io',
        group,
      ]),
    )
    expect((await get(`/apis/${group}`)).body).toMatchObject({
      kind: 'APIGroup',
      name: group,
      preferredVersion: { groupVersion: `${group}/v1`, version: 'v1' },
    })
    expect((await get('/apis/none.example.com')).status).toBe(404)
  })

  test('everything in one document', async () => {
    const core = await get('/api', AGGREGATED)
    expect(core.headers['content-type']).toContain('as=APIGroupDiscoveryList')
    expect(core.body).toMatchObject({ kind: 'APIGroupDiscoveryList', apiVersion: 'apidiscovery.k8s.io/v2' })
    const { body } = await get('/apis', AGGREGATED)
    const found = body.items?.find(({ metadata }) => metadata?.name === group)
    expect(found?.['versions']).toEqual([
      expect.objectContaining({
        version: 'v1',
        resources: [
          expect.objectContaining({
            resource: 'widgets',
            responseKind: { group, version: 'v1', kind: 'Widget' },
            scope: 'Cluster',
            singularResource: 'widget',
            shortNames: ['wd'],
            subresources: [expect.objectContaining({ subresource: 'status' })],
          }),
        ],
      }),
    ])
  })

  test('a client that knows it gets nothing anew', async () => {
    const { headers } = await get('/apis', AGGREGATED)
    const etag = [headers['etag']].flat()[0] ?? ''
    expect(etag).not.toBe('')
    const again = await target.call('GET', '/apis', undefined, {
      accept: AGGREGATED,
      headers: { 'if-none-match': etag },
    })
    expect(again.status).toBe(304)
  })
})

describe('OpenAPI', () => {
  test('has a document for each group and version', async () => {
    const paths = await untilDocumented(target, `apis/${group}/v1`)
    expect(Object.keys(paths)).toEqual(expect.arrayContaining(['api/v1', `apis/${group}/v1`]))
    const { body: document } = await get(paths[`apis/${group}/v1`]?.serverRelativeURL ?? '')
    const schemas = (document['components'] as { schemas: Record<string, Record<string, unknown>> }).schemas
    const widget = Object.values(schemas).find((schema) =>
      JSON.stringify(schema['x-kubernetes-group-version-kind'])?.includes('"Widget"'),
    )
    expect(widget).toMatchObject({
      description: 'A widget for tests.',
      properties: { spec: { properties: { size: { description: 'How large the widget is.' } } } },
    })
    const post = (document['paths'] as Record<string, { post?: { parameters?: { name: string }[] } }>)[
      `/apis/${group}/v1/widgets`
    ]?.post
    expect(post?.parameters?.map(({ name }) => name)).toContain('fieldValidation')
  })

  test('a document under its hash is for good, under another one it has moved', async () => {
    const paths = await untilDocumented(target, `apis/${group}/v1`)
    const url = paths[`apis/${group}/v1`]?.serverRelativeURL ?? ''
    expect(url).toMatch(/\?hash=[0-9A-F]+$/)
    const { status, headers } = await get(url)
    expect(status).toBe(200)
    expect(headers['cache-control']).toBe('public, immutable')
    expect(Date.parse(String(headers['expires']))).toBeGreaterThan(Date.now())
    const etag = String(headers['etag'])
    expect(url).toContain(etag.replaceAll('"', ''))
    const [bare = ''] = url.split('?')
    const known = await target.call('GET', bare, undefined, { headers: { 'if-none-match': etag } })
    expect(known.status).toBe(304)
    const moved = await get(`${bare}?hash=AAAA`)
    expect(moved.status).toBe(301)
    expect(moved.headers['location']).toBe(url)
    expect((await get('/openapi/v3/apis/none.example.com/v1')).status).toBe(404)
  })
})

describe('health', () => {
  const text = async (at: string) => {
    const answer = await get(at)
    return { status: answer.status, text: answer.text }
  }

  test.each(['healthz', 'livez', 'readyz'])('%s', async (name) => {
    expect(await text(`/${name}`)).toEqual({ status: 200, text: 'ok' })
    expect(await text(`/${name}/ping`)).toEqual({ status: 200, text: 'ok' })
    expect(await text(`/${name}/etcd`)).toEqual({ status: 200, text: 'ok' })
    expect((await text(`/${name}/nothing`)).status).toBe(404)
    const verbose = (await text(`/${name}?verbose&exclude=ping`)).text
    expect(verbose).toMatch(/^\[\+\]ping excluded: ok\n\[\+\]log ok\n\[\+\]etcd ok\n/)
    expect(verbose.endsWith(`\n${name} check passed\n`)).toBe(true)
  })
})
