import { beforeAll, describe, expect, test } from 'vitest'
import { contractTarget } from './target.ts'
import { widgetKind } from './widget.ts'

const target = contractTarget()
const { path, widget } = widgetKind(target)
const TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json'

interface Table {
  kind: string
  apiVersion: string
  metadata: { resourceVersion: string; continue?: string; remainingItemCount?: number }
  columnDefinitions: { name: string; type: string; format: string; priority: number }[]
  rows: {
    cells: unknown[]
    object?: { kind: string; apiVersion: string; spec?: object; metadata: { name: string } }
  }[]
}
const table = async (at: string) =>
  (await target.call('GET', at, undefined, { accept: TABLE })).body as unknown as Table

beforeAll(async () => {
  await target.call('POST', path, widget('bare'))
  await target.call('POST', path, widget('full', { metadata: { labels: { 'example.com/team': 'blue' } } }))
  await target.call(
    'PATCH',
    `${path}/full/status`,
    { status: { versions: [{ version: 'v2' }, { version: 'v1' }] } },
    { type: 'application/merge-patch+json' },
  )
})

describe('tables', () => {
  test('carry the columns of the definition behind the name', async () => {
    const { kind, apiVersion, columnDefinitions, metadata } = await table(path)
    expect({ kind, apiVersion }).toEqual({ kind: 'Table', apiVersion: 'meta.k8s.io/v1' })
    expect(metadata.resourceVersion).toMatch(/^\d+$/)
    expect(columnDefinitions.map(({ name, type, priority }) => [name, type, priority])).toEqual([
      ['Name', 'string', 0],
      ['Team', 'string', 0],
      ['Size', 'integer', 0],
      ['Newest_Version', 'string', 0],
      ['Color', 'string', 1],
      ['Age', 'date', 0],
    ])
    expect(columnDefinitions[0]?.format).toBe('name')
  })

  test('rows have a cell for each column, null where there is nothing', async () => {
    const { rows } = await table(path)
    const age = expect.stringMatching(/^\d+[smh]/)
    expect(rows.map(({ cells }) => cells)).toEqual([
      ['bare', null, 3, null, 'green', age],
      ['full', 'blue', 3, 'v2', 'green', age],
    ])
  })

  test('rows carry metadata, everything or nothing', async () => {
    const [metadataOnly] = (await table(path)).rows
    expect(metadataOnly?.object).toMatchObject({
      kind: 'PartialObjectMetadata',
      apiVersion: 'meta.k8s.io/v1',
      metadata: { name: 'bare' },
    })
    expect(metadataOnly?.object?.spec).toBeUndefined()
    const [whole] = (await table(`${path}?includeObject=Object`)).rows
    expect(whole?.object).toMatchObject({ kind: 'Widget', spec: { size: 3 } })
    const [none] = (await table(`${path}?includeObject=None`)).rows
    expect(none?.object ?? undefined).toBeUndefined()
  })

  test('one object is a table of one row', async () => {
    const { kind, rows } = await table(`${path}/full`)
    expect(kind).toBe('Table')
    expect(rows.map(({ cells }) => cells[0])).toEqual(['full'])
  })

  test('have pages, too', async () => {
    const first = await table(`${path}?limit=1`)
    expect(first.metadata.continue).toBeTruthy()
    const second = await table(`${path}?limit=1&continue=${first.metadata.continue}`)
    expect(second.rows.map(({ cells }) => cells[0])).toEqual(['full'])
  })

  test('of a kind without columns show name and age', async () => {
    const { columnDefinitions } = await table(`/api/v1/namespaces/${target.namespace}/serviceaccounts`)
    expect(columnDefinitions.map(({ name }) => name)).toEqual(['Name', 'Age'])
  })

  test('nodes show status, roles and version', async () => {
    const name = `${target.namespace}-node`
    await target.call('POST', '/api/v1/nodes', {
      metadata: { name, labels: { 'node-role.kubernetes.io/control-plane': '' } },
      status: { conditions: [{ type: 'Ready', status: 'True' }], nodeInfo: { kubeletVersion: 'v1.30.1' } },
    })
    const { columnDefinitions, rows } = await table(`/api/v1/nodes/${name}`)
    await target.call('DELETE', `/api/v1/nodes/${name}`)
    const shown = columnDefinitions.flatMap(({ name, priority }, index) =>
      priority === 0 ? [[name, rows[0]?.cells[index]]] : [],
    )
    expect(Object.fromEntries(shown)).toMatchObject({
      Name: name,
      Roles: 'control-plane',
      Version: expect.anything(),
    })
    expect(shown.map(([column]) => column)).toEqual(['Name', 'Status', 'Roles', 'Age', 'Version'])
  })
})

describe('metadata only', () => {
  const accept = (as: string) => ({ accept: `application/json;as=${as};v=v1;g=meta.k8s.io` })

  test('of one object', async () => {
    const { body } = await target.call('GET', `${path}/full`, undefined, accept('PartialObjectMetadata'))
    expect(body).toMatchObject({
      kind: 'PartialObjectMetadata',
      apiVersion: 'meta.k8s.io/v1',
      metadata: { name: 'full' },
    })
    expect(body.spec).toBeUndefined()
  })

  test('of a list', async () => {
    const { body } = await target.call('GET', path, undefined, accept('PartialObjectMetadataList'))
    expect(body.kind).toBe('PartialObjectMetadataList')
    expect(body.items?.map(({ metadata, spec }) => [metadata?.name, spec])).toEqual([
      ['bare', undefined],
      ['full', undefined],
    ])
  })

  test('a form that nobody knows is not acceptable', async () => {
    const { status, body } = await target.call('GET', path, undefined, accept('Chart'))
    expect(status).toBe(406)
    expect(body.reason).toBe('NotAcceptable')
  })
})
