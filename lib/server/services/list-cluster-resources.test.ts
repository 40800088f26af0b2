import { afterEach, describe, expect, test } from 'vitest'
import { testInfo, testPlugin } from '#lib/domain/test-world.ts'
import { createKubeClient } from '#lib/kube/http-kube-client.ts'
import { sendJson, sendStatus, startFaultServer } from '#lib/kube/testing/fault-server.ts'
import type { FaultServer, Handler } from '#lib/kube/testing/fault-server.ts'
import type { ServiceContext } from './context.ts'
import { listClusterResources } from './list-cluster-resources.ts'
import { readerContext, staticPlatform, testCluster } from './testing/static-platform.ts'

const SECRET_DATA = 'c2VjcmV0LXZhbHVl'
const CORE = {
  kind: 'APIResourceList',
  resources: [
    { name: 'nodes/status', kind: 'Node', namespaced: false },
    { name: 'nodes', kind: 'Node', namespaced: false },
    { name: 'secrets', kind: 'Secret', namespaced: true },
  ],
}

const cleanups: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup()
})

async function scene(handler: Handler): Promise<{ ctx: ServiceContext; server: FaultServer }> {
  const { platform } = staticPlatform({
    clusters: [testCluster('global', { 'is-global': 'true' }), testCluster('business'), testCluster('edge')],
    modulePlugins: [testPlugin('logcenter')],
    moduleInfos: [testInfo('business', 'logcenter', 'v4.2.0')],
  })
  const server = await startFaultServer(handler)
  const client = createKubeClient(server.config(), { cluster: 'business' })
  cleanups.push(
    () => client.close(),
    () => server.close(),
  )
  const find = (cluster: string) => (cluster === 'edge' ? undefined : client)
  return { ctx: { ...readerContext(platform), caller: { name: 'reader', client: find } }, server }
}

/** Discovery of the core group, and one answer for whatever is listed. */
function serving(list: Handler): Handler {
  return (request, response) => {
    if (request.path === '/api/v1') return sendJson(response, 200, CORE)
    return /^\/api\/v1\/./.test(request.path)
      ? list(request, response)
      : sendStatus(response, 404, 'NotFound')
  }
}

const column = (name: string, priority = 0) => ({ name, priority, type: 'string' })
const row = (name: string, cells: unknown[], more: object = {}) => ({
  cells,
  object: { kind: 'PartialObjectMetadata', metadata: { name, ...more } },
})
const table = (columns: object[], rows: object[], more: object = {}) => ({
  kind: 'Table',
  metadata: more,
  columnDefinitions: columns,
  rows,
})

const NODES = table(
  [column('Name'), column('Status'), column('Roles'), column('Age'), column('Internal-IP', 1)],
  [
    row('192.0.2.11', ['192.0.2.11', 'Ready', 'control-plane,infra', '3d', '192.0.2.11']),
    row('worker-1', ['worker-1', 'NotReady,SchedulingDisabled', '<none>', '3d', '192.0.2.12']),
  ],
)

describe('objects to pick from', () => {
  test('nodes, with addresses, roles and what they are fit for', async () => {
    const { ctx, server } = await scene(serving((_, response) => sendJson(response, 200, NODES)))
    const list = await listClusterResources(ctx, { cluster: 'business', kind: 'Node', labelSelector: 'a=b' })
    expect(list).toEqual({
      isCut: false,
      items: [
        {
          name: '192.0.2.11',
          facts: [
            { code: 'role', value: 'control-plane' },
            { code: 'role', value: 'infra' },
            { code: 'ready', value: '' },
          ],
        },
        {
          name: 'worker-1',
          facts: [
            { code: 'address', value: '192.0.2.12' },
            { code: 'not-ready', value: '' },
            { code: 'unschedulable', value: '' },
          ],
        },
      ],
    })
    const asked = server.requests.at(-1)
    expect(asked?.path).toBe('/api/v1/nodes')
    expect(asked?.query.get('labelSelector')).toBe('a=b')
    expect(asked?.headers.accept).toContain('as=Table')
    const found = await listClusterResources(ctx, { cluster: 'business', kind: 'Node', search: ' INFRA ' })
    expect(found.items.map(({ name }) => name)).toEqual(['192.0.2.11'])
  })

  test('of a Secret its type and nothing else, whatever the server sends', async () => {
    const metadata = {
      namespace: 'cpaas-system',
      annotations: { 'kubectl.kubernetes.io/last-applied-configuration': SECRET_DATA },
      managedFields: [{ manager: SECRET_DATA }],
    }
    const columns = [column('Name'), column('Type'), column('Data')]
    const asTable = table(columns, [row('s3', ['s3', 'Opaque', 4], metadata)])
    const whole = { metadata: { name: 's3', ...metadata }, type: 'Opaque', data: { key: SECRET_DATA } }
    const asList = { kind: 'SecretList', metadata: {}, items: [whole] }
    for (const answer of [asTable, asList]) {
      const { ctx } = await scene(serving((_, response) => sendJson(response, 200, answer)))
      const list = await listClusterResources(ctx, { cluster: 'business', kind: 'Secret' })
      expect(list.items).toMatchObject([{ name: 's3', namespace: 'cpaas-system' }])
      expect(JSON.stringify(list)).not.toContain(SECRET_DATA)
    }
  })

  test('a page after the other while a search needs them, and never more than ten', async () => {
    const page = (from: number) =>
      Array.from({ length: 500 }, (_, index) => row(`node-${from + index}`, [`node-${from + index}`]))
    const { ctx, server } = await scene(
      serving(({ query }, response) => {
        const from = Number(query.get('continue') ?? 0)
        sendJson(response, 200, table([column('Name')], page(from), { continue: String(from + 500) }))
      }),
    )
    const pages = () => server.requests.filter(({ path }) => path === '/api/v1/nodes').length
    const first = await listClusterResources(ctx, { cluster: 'business', kind: 'Node', limit: 20 })
    expect([first.items.length, first.isCut, pages()]).toEqual([20, true, 1])
    const found = await listClusterResources(ctx, { cluster: 'business', kind: 'Node', search: 'node-1200' })
    expect([found.items.map(({ name }) => name), found.isCut, pages()]).toEqual([['node-1200'], true, 11])
  })

  test('of a kind that nobody knows here: what its columns say', async () => {
    const { ctx } = await scene((request, response) => {
      if (request.path === '/apis')
        return sendJson(response, 200, {
          groups: [{ name: 'example.io', preferredVersion: { groupVersion: 'example.io/v1beta1' } }],
        })
      if (request.path === '/apis/example.io/v1beta1')
        return sendJson(response, 200, { resources: [{ name: 'backups', kind: 'Backup', namespaced: true }] })
      if (request.path !== '/apis/example.io/v1beta1/namespaces/shop/backups')
        return sendStatus(response, 404, 'NotFound')
      const columns = [column('Name'), column('State'), column('Size', 1), column('Age')]
      return sendJson(response, 200, table(columns, [row('daily', ['daily', 'Done', '1Gi', '3d'])]))
    })
    expect(
      await listClusterResources(ctx, { cluster: 'business', kind: 'Backup', namespace: 'shop' }),
    ).toEqual({
      items: [{ name: 'daily', facts: [{ code: 'column', name: 'State', value: 'Done' }] }],
      isCut: false,
    })
  })

  test('what is not as it should be is left out', async () => {
    const rows = [
      null,
      7,
      {},
      { object: null },
      { object: { metadata: { name: 1 } } },
      row('fine', [{ a: 1 }]),
    ]
    const { ctx } = await scene(
      serving((_, response) =>
        sendJson(response, 200, table([column('Name'), null as never], rows as never)),
      ),
    )
    expect((await listClusterResources(ctx, { cluster: 'business', kind: 'Node' })).items).toEqual([
      { name: 'fine', facts: [] },
    ])
  })
})

describe('what can’t be listed', () => {
  const why = async (ctx: ServiceContext, more: object = {}) =>
    listClusterResources(ctx, { cluster: 'business', kind: 'Secret', ...more }).then(
      () => undefined,
      (error: unknown) => error,
    )

  test('is said with a reason', async () => {
    const { ctx } = await scene(serving((_, response) => sendStatus(response, 403, 'Forbidden')))
    expect(await why(ctx)).toMatchObject({ code: 'forbidden', reasons: [{ code: 'resources-forbidden' }] })
    expect(await why(ctx, { cluster: 'moon' })).toMatchObject({ reasons: [{ code: 'cluster-unknown' }] })
    expect(await why(ctx, { cluster: 'edge' })).toMatchObject({
      code: 'unavailable',
      reasons: [{ code: 'cluster-unreachable', params: { cluster: 'edge' } }],
    })
  })

  test('of a kind that the cluster does not have there is nothing, and why', async () => {
    const { ctx } = await scene(serving((_, response) => sendStatus(response, 405, 'MethodNotAllowed')))
    const none = async (kind: string, group?: string) =>
      listClusterResources(ctx, {
        cluster: 'business',
        kind,
        ...(group !== undefined && { group, version: 'v1' }),
      })
    const answer = (kind: string) => ({
      items: [],
      isCut: false,
      reason: { code: 'kind-unknown', params: { kind, cluster: 'business' } },
    })
    expect(await none('Backup')).toEqual(answer('Backup'))
    expect(await none('Backup', 'example.io')).toEqual(answer('Backup (example.io)'))
    // Known, but nothing that can be listed.
    expect(await none('Node')).toEqual(answer('Node'))
  })

  test('a selector that the server does not take is a wrong field', async () => {
    const { ctx } = await scene(serving((_, response) => sendStatus(response, 400, 'BadRequest')))
    expect(await why(ctx, { labelSelector: 'a=b' })).toMatchObject({
      code: 'invalid',
      errors: [{ path: 'labelSelector' }],
    })
  })

  test('a server that is away is an unreachable cluster, and its address is not repeated', async () => {
    const { ctx, server } = await scene(serving((_, response) => sendJson(response, 200, NODES)))
    await server.close()
    cleanups.pop()
    expect(await why(ctx)).toMatchObject({
      code: 'unavailable',
      reasons: [{ code: 'cluster-unreachable', params: { message: 'connection refused' } }],
    })
  })
})

describe('clusters to pick from', () => {
  test('those that have the plugin come first; the others say why not', async () => {
    const { ctx, server } = await scene((_, response) => sendStatus(response, 500, 'None'))
    const query = { cluster: 'global', kind: 'Cluster', plugin: 'logcenter' }
    expect(await listClusterResources(ctx, query)).toEqual({
      isCut: false,
      items: [
        {
          name: 'business',
          facts: [
            { code: 'version', value: 'v4.2.0' },
            { code: 'status', value: 'Running' },
          ],
        },
        ...['global', 'edge'].map((cluster) => ({
          name: cluster,
          facts: [],
          refusal: { code: 'plugin-not-on-cluster', params: { plugin: 'logcenter', cluster } },
        })),
      ],
    })
    const labelled = { cluster: 'business', kind: 'Cluster', labelSelector: 'is-global=true' }
    expect((await listClusterResources(ctx, labelled)).items.map(({ name }) => name)).toEqual(['global'])
    expect((await listClusterResources(ctx, { ...query, search: 'BUS' })).items).toHaveLength(1)
    expect(server.requests).toHaveLength(0)
  })

  test('a Cluster of another group is an object like any other', async () => {
    const { ctx } = await scene((_, response) => sendStatus(response, 404, 'NotFound'))
    const query = { cluster: 'global', kind: 'Cluster', group: 'cluster.x-k8s.io' }
    expect(await listClusterResources(ctx, query)).toMatchObject({ reason: { code: 'kind-unknown' } })
  })
})
