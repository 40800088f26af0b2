import { describe, expect, test } from 'vitest'
import { configMap, MERGE, applyAs, causesOf, leaves, ownersOf } from './field-owners.ts'
import { gadgetKind } from './gadget-kind.ts'
import type { Body } from './target.ts'
import { contractTarget } from './target.ts'

const target = contractTarget()
const { path, gadget } = gadgetKind(target)

const maps = (name: string) => `/api/v1/namespaces/${target.namespace}/configmaps/${name}`
const applyMap = (name: string, manager: string, data?: unknown, query = '') =>
  applyAs(target, maps(name), manager, configMap(name, data), query)
const applyGadget = (name: string, manager: string, spec?: unknown, query = '') =>
  applyAs(target, `${path()}/${name}`, manager, gadget(name, spec), query)

describe('lists and maps', () => {
  test('a set takes the values of everybody', async () => {
    await applyGadget('set', 'one', { tags: ['a', 'b'] })
    const { body } = await applyGadget('set', 'two', { tags: ['c', 'a'] })
    expect(new Set(body.spec?.['tags'] as string[])).toEqual(new Set(['a', 'b', 'c']))
    expect(ownersOf(body)['two Apply']).toEqual({ 'f:spec': { 'f:tags': leaves('v:"a"', 'v:"c"') } })
    const left = await applyGadget('set', 'one', { tags: ['b'] })
    expect(left.body.spec?.['tags']).toEqual(expect.arrayContaining(['a', 'b', 'c']))
    expect((await applyGadget('set', 'two', {})).body.spec?.['tags']).toEqual(['b'])
  })

  test('items with keys merge one by one', async () => {
    await applyGadget('keyed', 'one', { parts: [{ name: 'a', value: '1' }] })
    const { body } = await applyGadget('keyed', 'two', {
      parts: [{ name: 'b' }, { name: 'a', parts: [{ key: 'k', value: 'v' }] }],
    })
    expect(body.spec?.['parts']).toEqual(
      expect.arrayContaining([{ name: 'a', value: '1', parts: [{ key: 'k', value: 'v' }] }, { name: 'b' }]),
    )
    expect(ownersOf(body)).toEqual({
      'one Apply': { 'f:spec': { 'f:parts': { 'k:{"name":"a"}': leaves('.', 'f:name', 'f:value') } } },
      'two Apply': {
        'f:spec': {
          'f:parts': {
            'k:{"name":"a"}': {
              ...leaves('.', 'f:name'),
              'f:parts': { 'k:{"key":"k"}': leaves('.', 'f:key', 'f:value') },
            },
            'k:{"name":"b"}': leaves('.', 'f:name'),
          },
        },
      },
    })
    const alone = await applyGadget('keyed', 'one', {})
    expect(alone.body.spec?.['parts']).toEqual(
      expect.arrayContaining([{ name: 'a', parts: [{ key: 'k', value: 'v' }] }, { name: 'b' }]),
    )
  })

  test('a key that is left out has its default', async () => {
    const { body } = await applyGadget('keys', 'one', {
      ports: [{ port: 80 }, { port: 80, protocol: 'UDP' }],
    })
    expect(body.spec?.['ports']).toEqual([
      { port: 80, protocol: 'TCP' },
      { port: 80, protocol: 'UDP' },
    ])
    const next = await applyGadget('keys', 'two', { ports: [{ port: 80, protocol: 'TCP', name: 'web' }] })
    expect(next.body.spec?.['ports']).toEqual([
      { port: 80, protocol: 'TCP', name: 'web' },
      { port: 80, protocol: 'UDP' },
    ])
    expect(ownersOf(next.body)['one Apply']).toEqual({
      'f:spec': {
        'f:ports': {
          'k:{"port":80,"protocol":"TCP"}': leaves('.', 'f:port'),
          'k:{"port":80,"protocol":"UDP"}': leaves('.', 'f:port', 'f:protocol'),
        },
      },
    })
  })

  test('items come in the order of the last configuration', async () => {
    const parts = (...names: string[]) => ({ parts: names.map((name) => ({ name })) })
    const namesOf = ({ spec = {} }: Body) => (spec['parts'] as { name: string }[]).map(({ name }) => name)
    await applyGadget('order', 'one', parts('a', 'b', 'c', 'd'))
    expect(namesOf((await applyGadget('order', 'two', parts('d', 'x', 'b'))).body)).toEqual([
      'a',
      'c',
      'd',
      'x',
      'b',
    ])
    expect(namesOf((await applyGadget('order', 'one', parts('b', 'a'))).body)).toEqual(['d', 'x', 'b', 'a'])
  })

  test('what is atomic, and a list of which nothing is said, has one owner', async () => {
    await applyGadget('atomic', 'one', { whole: { a: '1' }, plain: ['a'] })
    const { body } = await applyGadget('atomic', 'two', { whole: { b: '2' }, plain: ['b'] })
    expect(causesOf(body).map(({ field }) => field)).toEqual(['.spec.plain', '.spec.whole'])
    const forced = await applyGadget('atomic', 'two', { whole: { b: '2' }, plain: ['b'] }, 'force=true')
    expect(forced.body.spec).toEqual({ whole: { b: '2' }, plain: ['b'] })
    expect(ownersOf(forced.body)).toEqual({ 'two Apply': { 'f:spec': leaves('f:whole', 'f:plain') } })
  })

  test('maps merge by key', async () => {
    await applyGadget('map', 'one', { words: { a: '1', b: '1' } })
    const { body } = await applyGadget('map', 'two', { words: { c: '1' } })
    expect(body.spec?.['words']).toEqual({ a: '1', b: '1', c: '1' })
    expect((await applyGadget('map', 'one', { words: { a: '1' } })).body.spec?.['words']).toEqual({
      a: '1',
      c: '1',
    })
  })

  test('fields without a schema merge as objects, their lists are one value', async () => {
    await applyGadget('free', 'one', { free: { deep: { a: 1 }, list: [{ a: 1 }], text: 'x' } })
    const { body } = await applyGadget('free', 'two', { free: { deep: { b: 2 }, other: true } })
    expect(body.spec?.['free']).toEqual({ deep: { a: 1, b: 2 }, list: [{ a: 1 }], text: 'x', other: true })
    expect(ownersOf(body)['one Apply']).toEqual({
      'f:spec': { 'f:free': { 'f:deep': leaves('.', 'f:a'), 'f:list': {}, 'f:text': {} } },
    })
    const other = await applyGadget('free', 'two', { free: { deep: { b: 2 }, list: [{ a: 2 }] } })
    expect(causesOf(other.body).map(({ field }) => field)).toEqual(['.spec.free.list'])
  })

  test('an embedded object has metadata like any other', async () => {
    const embedded = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'inside', labels: { a: 'b' }, finalizers: ['a.b/c'] },
      data: { a: 'b' },
    }
    const { body } = await applyGadget('embedding', 'one', { embedded })
    expect(ownersOf(body)['one Apply']).toEqual({
      'f:spec': {
        'f:embedded': {
          ...leaves('f:apiVersion', 'f:kind'),
          'f:metadata': {
            'f:name': {},
            'f:labels': leaves('f:a'),
            'f:finalizers': leaves('v:"a.b/c"'),
          },
          'f:data': leaves('.', 'f:a'),
        },
      },
    })
  })

  test('defaults belong to nobody who applies', async () => {
    const { body } = await applyGadget('defaults', 'one', { shape: { color: 'red' } })
    expect(body.spec).toEqual({ shape: { color: 'red', corners: 4 } })
    expect(ownersOf(body)['one Apply']).toEqual({ 'f:spec': { 'f:shape': leaves('f:color') } })
    const next = await applyGadget('defaults', 'two', { shape: { corners: 5 } })
    expect(next.status).toBe(200)
    expect(next.body.spec).toEqual({ shape: { color: 'red', corners: 5 } })
  })

  test('odd names and values come through', async () => {
    const words = { 'a/b': '1', '.': '2', '<&>': '3', ü: '4', '"': '5' }
    const { body } = await applyGadget('odd', 'one', { words, tags: ['a,b', '='], parts: [{ name: '<"&>' }] })
    expect(ownersOf(body)['one Apply']).toEqual({
      'f:spec': {
        'f:words': leaves('f:a/b', 'f:.', 'f:<&>', 'f:ü', 'f:"'),
        'f:tags': leaves('v:"a,b"', 'v:"="'),
        'f:parts': { 'k:{"name":"\\u003c\\"\\u0026\\u003e"}': leaves('.', 'f:name') },
      },
    })
    expect((await applyGadget('odd', 'one', { size: 1 })).body.spec).toEqual({ size: 1 })
  })

  test('metadata: finalizers are a set, owners go by uid, labels by key', async () => {
    const owner = (uid: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', name: 'mother', uid })
    const { body: mother } = await applyMap('mother', 'one', {})
    const uid = mother.metadata?.uid ?? ''
    const apply = (manager: string, metadata: object) =>
      applyAs(target, maps('child'), manager, configMap('child', undefined, metadata))
    await apply('one', { labels: { a: '1' }, finalizers: ['a.b/one'], ownerReferences: [owner(uid)] })
    const { body } = await apply('two', { labels: { b: '2' }, finalizers: ['a.b/two'] })
    expect(body.metadata?.labels).toEqual({ a: '1', b: '2' })
    expect(body.metadata?.finalizers).toEqual(['a.b/one', 'a.b/two'])
    expect(ownersOf(body)['one Apply']).toEqual({
      'f:metadata': {
        'f:labels': leaves('f:a'),
        'f:finalizers': leaves('v:"a.b/one"'),
        'f:ownerReferences': leaves(`k:{"uid":"${uid}"}`),
      },
    })
    const conflict = await apply('two', { ownerReferences: [{ ...owner(uid), name: 'other' }] })
    expect(causesOf(conflict.body).map(({ field }) => field)).toEqual([
      `.metadata.ownerReferences[uid="${uid}"]`,
    ])
    await target.call('PATCH', maps('child'), { metadata: { finalizers: null } }, MERGE)
  })
})
