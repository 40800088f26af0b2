import { expect, test } from 'vitest'
import {
  INSTALL_BODY,
  PLUGIN_PATH,
  PLUGIN_QUERY,
  PLUGIN_VERSION_PATH,
  RESOURCE_QUERY,
} from './request-schemas.ts'

test('a query without parameters asks for everything', () => {
  expect(PLUGIN_QUERY.parse({})).toEqual({ status: [], lifecycle: [] })
})

test('a query is typed: lists may repeat or carry commas, empty parameters are absent', () => {
  expect(
    PLUGIN_QUERY.parse({
      cluster: ['business'],
      q: [''],
      status: ['Running,Failed', 'Upgradable'],
      lifecycle: ['core'],
      sort: ['-name'],
      page: ['2'],
      pageSize: ['200'],
    }),
  ).toEqual({
    cluster: 'business',
    q: undefined,
    status: ['Running', 'Failed', 'Upgradable'],
    lifecycle: ['core'],
    sort: '-name',
    page: 2,
    pageSize: 200,
  })
})

test.each([
  { page: ['0'] },
  { page: ['1e3'] },
  { page: ['1', '2'] },
  { pageSize: ['201'] },
  { status: ['Sleeping'] },
  { sort: ['age'] },
  { cluster: ['../x'] },
  { q: ['x'.repeat(201)] },
])('the query %o is refused', (query) => {
  expect(PLUGIN_QUERY.safeParse(query).success).toBe(false)
})

test('a query for live objects needs a kind and may narrow it', () => {
  const query = {
    kind: ['Secret'],
    group: [''],
    namespace: ['cpaas-system'],
    labelSelector: ['cpaas.io/credentials in (S3, OSS),!gone'],
    limit: ['20'],
  }
  expect(RESOURCE_QUERY.parse(query)).toMatchObject({
    kind: 'Secret',
    namespace: 'cpaas-system',
    labelSelector: 'cpaas.io/credentials in (S3, OSS),!gone',
    limit: 20,
  })
})

test.each([
  ['kind', {}],
  ['kind', { kind: ['../secrets'] }],
  ['kind', { kind: ['Secret', 'Node'] }],
  ['group', { group: ['a/b'] }],
  ['version', { version: ['v1/../v2'] }],
  ['namespace', { namespace: ['a/b'] }],
  ['namespace', { namespace: ['..'] }],
  ['labelSelector', { labelSelector: ['a=b&limit=1'] }],
  ['labelSelector', { labelSelector: ['a in (b'] }],
  ['labelSelector', { labelSelector: ['a'.repeat(2001)] }],
  ['search', { search: ['x'.repeat(201)] }],
  ['limit', { limit: ['501'] }],
  ['plugin', { plugin: ['<img>'] }],
])('a wrong %s is named: %o', (field, query) => {
  const result = RESOURCE_QUERY.safeParse({
    kind: ['Node'],
    ...(field === 'kind' ? { kind: undefined } : {}),
    ...query,
  })
  expect(result.error?.issues.map(({ path }) => path[0])).toEqual([field])
})

test('an install may carry any JSON as configuration, and nothing unknown beside it', () => {
  const body = {
    cluster: 'business',
    plugin: 'gpu-device-plugin',
    version: 'v4.0.15+build.1',
    config: { custom: { on: true, list: [1, null, 'x'] }, empty: {} },
    labels: { 'logcenter.plugins.cpaas.io/cluster': 'global' },
  }
  expect(INSTALL_BODY.parse(body)).toEqual(body)
  expect(INSTALL_BODY.safeParse({ ...body, dryrun: true }).success).toBe(false)
  expect(INSTALL_BODY.safeParse({ ...body, config: [] }).success).toBe(false)
  expect(INSTALL_BODY.safeParse({ ...body, config: null }).success).toBe(false)
})

test.each(['', 'Upper', 'a/b', '..', '-a', 'a'.repeat(254), '<img>'])('%j is no name', (plugin) => {
  expect(PLUGIN_PATH.safeParse({ plugin }).success).toBe(false)
})

test.each(['../v1', 'v1 0', '', 'v1/2'])('%j is no version', (version) => {
  expect(PLUGIN_VERSION_PATH.safeParse({ plugin: 'a', version }).success).toBe(false)
})
