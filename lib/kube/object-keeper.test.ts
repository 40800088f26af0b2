import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ConfigMap } from '#lib/kinds/core.ts'
import type { KubeObject } from '#lib/kinds/object.ts'
import { createObjectKeeper } from './object-keeper.ts'

/** As it comes over the wire: nothing is shared with anything. */
function fresh<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T
}

interface Thing extends KubeObject {
  spec?: unknown
  more?: unknown
  labels?: unknown
}

function object(name: string, rest: object = {}): Thing {
  return fresh({ apiVersion: 'v1', kind: 'Thing', metadata: { name }, ...rest })
}

describe('createObjectKeeper', () => {
  test('drops managedFields and nothing else', () => {
    const keep = createObjectKeeper<Thing>()
    const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': '{}', a: 'b' }
    const metadata = { name: 'x', uid: 'u', annotations, managedFields: [{ manager: 'me' }] }
    const kept = keep(object('x', { metadata, spec: { a: [1, 'two', null, true, 0.5, -0] } }))
    expect(kept).toEqual(
      object('x', {
        metadata: { name: 'x', uid: 'u', annotations },
        spec: { a: [1, 'two', null, true, 0.5, -0] },
      }),
    )
  })

  test('equal parts are one, within an object and between them', () => {
    const keep = createObjectKeeper<Thing>()
    const spec = { labels: { app: 'long enough to matter' }, list: [{ a: 1 }, { a: 1 }] }
    const make = (name: string) => keep(object(name, { spec, more: { labels: spec.labels } }))
    const [one, two] = [make('one'), make('two')]
    expect(one.spec).toBe(two.spec)
    const { list, labels } = one.spec as typeof spec
    expect(list[0]).toBe(list[1])
    expect((one.more as typeof spec).labels).toBe(labels)
    expect(one).not.toBe(two)
  })

  test('what only looks alike stays apart', () => {
    const keep = createObjectKeeper<Thing>()
    const parts = [
      { a: 1 },
      { a: '1' },
      { a: true },
      { a: null },
      { b: 1 },
      [1],
      { 0: 1 },
      { a: [] },
      { a: {} },
      [],
    ]
    const { spec } = keep(object('x', { spec: parts })) as unknown as { spec: unknown[] }
    expect(spec).toEqual(parts)
    expect(new Set(spec).size).toBe(parts.length)
  })

  test('nobody changes what is shared', () => {
    const kept = createObjectKeeper<Thing>()(object('x', { spec: { list: [{}] } }))
    expect(() => Object.assign(kept.metadata, { name: 'y' })).toThrow(TypeError)
    expect(() => (kept.spec as { list: object[] }).list.push({})).toThrow(TypeError)
  })

  test('a transform comes first, and sees no managedFields', () => {
    const keep = createObjectKeeper<ConfigMap>((object) => {
      expect(object.metadata).not.toHaveProperty('managedFields')
      delete object.data
      return object
    })
    const map: ConfigMap = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'a' },
      data: { big: 'text' },
    }
    Object.assign(map.metadata, { managedFields: [] })
    expect(keep(map)).toEqual({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } })
  })

  test('strange keys and depths are survived', () => {
    const keep = createObjectKeeper<Thing>()
    const text = `{"apiVersion":"v1","kind":"Thing","metadata":{"name":"x"},"__proto__":{"polluted":true},"constructor":1}`
    const kept = keep(JSON.parse(text) as KubeObject)
    expect(JSON.stringify(kept)).toBe(text)
    expect('polluted' in {}).toBe(false)
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    const nested = JSON.parse(`{"metadata":{"name":"x"},"spec":${deep}}`) as KubeObject
    expect(keep(nested)).toBe(nested)
  })

  test('whatever an object says, it still says it', () => {
    const keep = createObjectKeeper<Thing>()
    fc.assert(
      fc.property(fc.array(fc.jsonValue({ maxDepth: 4 }), { maxLength: 6 }), (specs) => {
        for (const spec of specs) {
          const wanted = object('x', { spec })
          expect(JSON.stringify(keep(fresh(wanted)))).toBe(JSON.stringify(wanted))
        }
      }),
      { numRuns: 300 },
    )
  })

  test('what has not been met for long is let go, and still comes out right', () => {
    const keep = createObjectKeeper<Thing>()
    const labels = { app: 'the first of many' }
    const first = keep(object('first', { labels }))
    for (let index = 0; index < 20_000; index += 1)
      keep(object(`other-${index}`, { labels: { app: `app ${index}` } }))
    const again = keep(object('again', { labels }))
    expect(again.labels).toEqual(labels)
    expect(again.labels).not.toBe(first.labels)
    const once = keep(object('once', { labels }))
    expect(once.labels).toBe(again.labels)
  })
})
