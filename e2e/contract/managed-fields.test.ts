import { describe, expect, test } from 'vitest'
import { configMap, MERGE, applyAs, entriesOf, leaves, ownersOf } from './field-owners.ts'
import { ownerWrites } from './owner-writes.ts'
import { gadgetKind } from './gadget-kind.ts'
import type { Body } from './target.ts'
import { contractTarget } from './target.ts'

const target = contractTarget()
const { group, path, gadget } = gadgetKind(target)
const JSON_PATCH = { type: 'application/json-patch+json' }
const STRATEGIC = { type: 'application/strategic-merge-patch+json' }

const { maps, create, update, patch } = ownerWrites(target)
const namesOf = (body: Body) => entriesOf(body).map(({ manager }) => manager)

describe('who creates an object', () => {
  test('owns everything that it says', async () => {
    const body = await create(
      maps(),
      configMap(
        'created',
        { a: '1' },
        { labels: { l: '1' }, annotations: { n: '1' }, finalizers: ['a.b/c'] },
      ),
    )
    expect(entriesOf(body)).toEqual([
      {
        manager: 'one',
        operation: 'Update',
        apiVersion: 'v1',
        time: body.metadata?.creationTimestamp,
        fieldsType: 'FieldsV1',
        fieldsV1: {
          'f:data': leaves('.', 'f:a'),
          'f:metadata': {
            'f:annotations': leaves('.', 'f:n'),
            'f:finalizers': leaves('.', 'v:"a.b/c"'),
            'f:labels': leaves('.', 'f:l'),
          },
        },
      },
    ])
    await patch(maps('created'), { metadata: { finalizers: null } })
  })

  test.each([
    ['kubectl/v1.35.4 (linux/amd64) kubernetes/abc', 'kubectl'],
    ['curl', 'curl'],
    ['a b/1', 'a b'],
    [`${'x'.repeat(140)}/1`, 'x'.repeat(128)],
  ])('is known by its user agent: %s', async (agent, manager) => {
    const headers = { 'user-agent': agent }
    const { body } = await target.call('POST', maps(), configMap('', {}, { generateName: 'agent-' }), {
      headers,
    })
    expect(entriesOf(body)).toMatchObject([{ manager, fieldsV1: { 'f:metadata': leaves('f:generateName') } }])
  })

  test('is unknown when it says nothing', async () => {
    const { body } = await target.call('POST', maps(), configMap('unknown', { a: '1' }))
    expect(namesOf(body)).toEqual(['unknown'])
  })

  test('owns nothing of what the server decides', async () => {
    expect(entriesOf(await create(maps(), configMap('plain')))).toEqual([])
    const body = await create(maps(), configMap('system', {}, { generation: 3, uid: 'x', selfLink: '/x' }))
    expect(entriesOf(body)).toEqual([])
  })

  test('owns the objects on the way in custom kinds, and the defaults', async () => {
    const body = await create(path(), gadget('nested', { shape: { color: 'red' }, parts: [{ name: 'a' }] }))
    expect(ownersOf(body)).toEqual({
      'one Update': {
        'f:spec': {
          '.': {},
          'f:parts': { '.': {}, 'k:{"name":"a"}': leaves('.', 'f:name') },
          'f:shape': leaves('.', 'f:color', 'f:corners'),
        },
      },
    })
  })

  test('can not give it a status', async () => {
    const body = await create(path(), gadget('stateless', { size: 1 }, { status: { phase: 'Up' } }))
    expect(ownersOf(body)).toEqual({ 'one Update': { 'f:spec': leaves('.', 'f:size') } })
  })

  test('in a dry run is told the same', async () => {
    const { body } = await target.call(
      'POST',
      `${maps()}?dryRun=All&fieldManager=one`,
      configMap('dry', { a: '1' }),
    )
    expect(ownersOf(body)).toEqual({ 'one Update': { 'f:data': leaves('.', 'f:a') } })
  })
})

describe('who changes an object', () => {
  test('owns what it changes, and others no longer', async () => {
    await create(maps(), configMap('changed', { a: '1', b: '1' }))
    const body = await update(maps('changed'), configMap('changed', { a: '2', b: '1', c: '1' }), 'two')
    expect(ownersOf(body)).toEqual({
      'one Update': { 'f:data': leaves('.', 'f:b') },
      'two Update': { 'f:data': leaves('f:a', 'f:c') },
    })
  })

  test('owns nothing of what it leaves as it is', async () => {
    const before = await create(maps(), configMap('same', { a: '1' }))
    expect(await update(maps('same'), configMap('same', { a: '1' }), 'two')).toEqual(before)
    expect(await patch(maps('same'), { data: { a: '1' } }, 'two')).toEqual(before)
  })

  test('takes away what it removes from all', async () => {
    await create(maps(), configMap('removed', { a: '1', b: '1' }))
    await applyAs(target, maps('removed'), 'applier', configMap('removed', { a: '1' }))
    const body = await patch(maps('removed'), { data: { a: null } }, 'two')
    expect(ownersOf(body)).toEqual({ 'one Update': { 'f:data': leaves('.', 'f:b') } })
  })

  test('has one entry for all its changes, with the time of the last', async () => {
    const old = { manager: 'one', operation: 'Update', apiVersion: 'v1', time: '2020-01-01T00:00:00Z' }
    await create(maps(), configMap('times', { a: '1' }), 'zero')
    await patch(maps('times'), {
      metadata: {
        managedFields: [{ ...old, fieldsType: 'FieldsV1', fieldsV1: { 'f:data': leaves('.', 'f:a') } }],
      },
    })
    const other = await patch(maps('times'), { data: { b: '1' } }, 'two')
    expect(entriesOf(other).find(({ manager }) => manager === 'one')?.time).toBe('2020-01-01T00:00:00Z')
    const body = await patch(maps('times'), { data: { c: '1' } })
    expect(entriesOf(body)).toHaveLength(2)
    const entry = entriesOf(body).find(({ manager }) => manager === 'one')
    expect(entry?.fieldsV1).toEqual({ 'f:data': leaves('.', 'f:a', 'f:c') })
    expect(entry?.time).not.toBe('2020-01-01T00:00:00Z')
  })

  test.each([
    ['a merge patch', MERGE, { data: { b: '2' } }],
    ['a JSON patch', JSON_PATCH, [{ op: 'add', path: '/data/b', value: '2' }]],
    ['a strategic merge patch', STRATEGIC, { data: { b: '2' } }],
  ])('is on record after %s', async (name, options, change) => {
    const object = name.replaceAll(' ', '-').toLowerCase()
    await create(maps(), configMap(object, { a: '1' }))
    const body = await patch(maps(object), change, 'two', options)
    expect(ownersOf(body)).toEqual({
      'one Update': { 'f:data': leaves('.', 'f:a') },
      'two Update': { 'f:data': leaves('f:b') },
    })
  })

  test('is somebody else than the one of that name who applies', async () => {
    await applyAs(target, maps('twofold'), 'one', configMap('twofold', { a: '1', b: '1' }))
    const body = await patch(maps('twofold'), { data: { a: '2' } })
    expect(entriesOf(body)).toMatchObject([
      { manager: 'one', operation: 'Apply', fieldsV1: { 'f:data': leaves('f:b') } },
      { manager: 'one', operation: 'Update', fieldsV1: { 'f:data': leaves('f:a') } },
    ])
  })

  test('is one per version', async () => {
    await create(path(), gadget('versions', { size: 1, note: 'a' }))
    const body = await patch(`${path('v2')}/versions`, { spec: { note: 'b' } })
    expect(entriesOf(body)).toMatchObject([
      { manager: 'one', apiVersion: `${group}/v1`, fieldsV1: { 'f:spec': leaves('.', 'f:size') } },
      { manager: 'one', apiVersion: `${group}/v2`, fieldsV1: { 'f:spec': leaves('f:note') } },
    ])
  })

  test('of items, values and whole lists', async () => {
    const ports = [{ port: 80 }, { port: 81 }]
    await create(path(), gadget('items', { ports, tags: ['a', 'b'], plain: ['a'] }))
    const spec = { ports: [{ port: 80, name: 'x' }, { port: 82 }], tags: ['b', 'c'], plain: ['a', 'b'] }
    const body = await patch(`${path()}/items`, { spec }, 'two')
    expect(ownersOf(body)).toEqual({
      'one Update': {
        'f:spec': {
          '.': {},
          'f:ports': { '.': {}, 'k:{"port":80,"protocol":"TCP"}': leaves('.', 'f:port', 'f:protocol') },
          'f:tags': leaves('.', 'v:"b"'),
        },
      },
      'two Update': {
        'f:spec': {
          'f:plain': {},
          'f:ports': {
            'k:{"port":80,"protocol":"TCP"}': leaves('f:name'),
            'k:{"port":82,"protocol":"TCP"}': leaves('.', 'f:port', 'f:protocol'),
          },
          'f:tags': leaves('v:"c"'),
        },
      },
    })
  })

  test('of custom kinds stay on record after an empty list, not after an empty entry', async () => {
    const before = await create(path(), gadget('cleared', { size: 1 }))
    expect(await patch(`${path()}/cleared`, { metadata: { managedFields: [] } })).toEqual(before)
    const body = await patch(`${path()}/cleared`, { metadata: { managedFields: [{}] } })
    expect(body.metadata).not.toHaveProperty('managedFields')
  })

  test('that many: the oldest become one', async () => {
    await create(maps(), configMap('many', { a: '1' }))
    for (let index = 0; index < 12; index++)
      await patch(maps('many'), { data: { [`k${index}`]: 'x' } }, `m${String(index).padStart(2, '0')}`)
    const names = namesOf(await target.call('GET', maps('many')).then(({ body }) => body))
    expect(names).toHaveLength(10)
    expect(names).toContain('ancient-changes')
    expect(names).toContain('m11')
  })
})

describe('the status', () => {
  test('has owners of its own', async () => {
    await create(path(), gadget('state', { size: 1 }))
    const change = { status: { phase: 'Up', conditions: [{ type: 'Ready', status: 'True' }] } }
    const body = await patch(`${path()}/state/status`, { ...change, spec: { size: 2 } })
    expect(body.spec).toEqual({ size: 1 })
    expect(ownersOf(body)).toEqual({
      'one Update': { 'f:spec': leaves('.', 'f:size') },
      'one Update status': {
        'f:status': {
          ...leaves('.', 'f:phase'),
          'f:conditions': { '.': {}, 'k:{"type":"Ready"}': leaves('.', 'f:status', 'f:type') },
        },
      },
    })
    const put = await update(`${path()}/state/status`, { ...body, status: { phase: 'Down' } }, 'two')
    expect(ownersOf(put)).toEqual({
      'one Update': { 'f:spec': leaves('.', 'f:size') },
      'one Update status': leaves('f:status'),
      'two Update status': { 'f:status': leaves('f:phase') },
    })
  })

  test('is not written, nor owned, with the rest', async () => {
    await create(path(), gadget('rest', { size: 1 }))
    const body = await patch(`${path()}/rest`, { spec: { size: 2 }, status: { phase: 'Up' } }, 'two')
    expect(body.status).toBeUndefined()
    expect(ownersOf(body)['two Update']).toEqual({ 'f:spec': leaves('f:size') })
  })

  test('of a definition belongs to the server', async () => {
    const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions'
    const { body } = await target.call('GET', `${definitions}/gadgets.${group}`)
    const [server] = entriesOf(body).filter(({ subresource }) => subresource === 'status')
    expect(server).toMatchObject({ manager: expect.stringMatching(/^kube/) as string, operation: 'Update' })
    expect(server?.fieldsV1).toEqual({
      'f:status': {
        'f:acceptedNames': leaves('f:kind', 'f:listKind', 'f:plural', 'f:singular'),
        'f:conditions': Object.fromEntries(
          ['Established', 'NamesAccepted'].map((type) => [
            `k:${JSON.stringify({ type })}`,
            leaves('.', 'f:lastTransitionTime', 'f:message', 'f:reason', 'f:status', 'f:type'),
          ]),
        ),
      },
    })
  })

  test('does not change the record by itself', async () => {
    await create(path(), gadget('kept', { size: 1 }))
    const body = await patch(`${path()}/kept/status`, {
      metadata: { managedFields: [{}] },
      status: { phase: 'Up' },
    })
    expect(Object.keys(ownersOf(body))).toEqual(['one Update', 'one Update status'])
  })
})
