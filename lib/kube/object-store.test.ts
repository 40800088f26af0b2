import { describe, expect, test } from 'vitest'
import type { ConfigMap } from '#lib/kinds/core.ts'
import type { WatchEvent } from './kube-client.ts'
import { createObjectStore } from './object-store.ts'

function object(name: string, version: number | string, uid = name): ConfigMap {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace: 'n', uid, resourceVersion: String(version) },
  }
}

function event(type: WatchEvent['type'], name: string, version: number | string): WatchEvent<ConfigMap> {
  return { type, object: object(name, version) }
}

function versions(
  store: ReturnType<typeof createObjectStore<ConfigMap>>,
): Record<string, string | undefined> {
  return Object.fromEntries(store.list().map(({ metadata }) => [metadata.name, metadata.resourceVersion]))
}

describe('replace', () => {
  test('tells what is new, changed and gone, and keeps what is the same', () => {
    const store = createObjectStore<ConfigMap>()
    store.replace([object('a', 1), object('b', 2), object('c', 3)], '5')
    const [same, changed, gone] = ['a', 'b', 'c'].map((name) => store.get(name, 'n'))
    const changes = store.replace([object('a', 1), object('b', 6), object('d', 7)], '8')
    expect(changes).toEqual([
      { type: 'modified', object: object('b', 6), previous: changed },
      { type: 'added', object: object('d', 7) },
      { type: 'deleted', object: gone, previous: gone },
    ])
    expect(store.get('a', 'n')).toBe(same)
    expect(store.resourceVersion).toBe('8')
    expect(store.revision).toBe(2)
  })

  test('the same list again changes nothing', () => {
    const store = createObjectStore<ConfigMap>()
    store.replace([object('a', 1)], '5')
    const before = store.list()
    expect(store.replace([object('a', 1)], '9')).toEqual([])
    expect(store.revision).toBe(1)
    expect(store.list()).toBe(before)
  })

  test('a namesake with another uid is a change', () => {
    const store = createObjectStore<ConfigMap>()
    store.replace([object('a', 1, 'first')], '5')
    expect(store.replace([object('a', 1, 'second')], '6')).toMatchObject([{ type: 'modified' }])
  })
})

describe('apply', () => {
  test('adds, changes, deletes, and counts one revision for the batch', () => {
    const store = createObjectStore<ConfigMap>()
    store.replace([object('a', 1), object('b', 2)], '5')
    const changes = store.apply([event('ADDED', 'c', 6), event('MODIFIED', 'a', 7), event('DELETED', 'b', 8)])
    expect(changes.map(({ type }) => type)).toEqual(['added', 'modified', 'deleted'])
    expect(changes[2]).toMatchObject({ object: object('b', 8), previous: object('b', 2) })
    expect(versions(store)).toEqual({ a: '7', c: '6' })
    expect(store.revision).toBe(2)
    expect(store.resourceVersion).toBe('8')
  })

  test('rows never go back in time', () => {
    const store = createObjectStore<ConfigMap>()
    store.replace([object('a', 9), object('b', 4)], '10')
    const late = [event('MODIFIED', 'a', 8), event('ADDED', 'old', 7), event('DELETED', 'a', 5)]
    expect(store.apply(late)).toEqual([])
    expect(store.olderEvents).toBe(2)
    expect(versions(store)).toEqual({ a: '9', b: '4' })
    expect(store.resourceVersion).toBe('10')
    expect(store.isBehind('9')).toBe(true)
    expect(store.isBehind('10')).toBe(false)
  })

  test('a deletion told with the last version of the object counts', () => {
    const store = createObjectStore<ConfigMap>()
    store.replace([object('a', 9)], '10')
    expect(store.apply([event('DELETED', 'a', 9)])).toHaveLength(1)
    expect(store.resourceVersion).toBe('10')
  })

  test('a deletion of what is not there is nothing', () => {
    const store = createObjectStore<ConfigMap>()
    store.replace([], '1')
    expect(store.apply([event('DELETED', 'a', 9)])).toEqual([])
    expect(store.revision).toBe(0)
  })

  test('a bookmark moves the version and nothing else', () => {
    const store = createObjectStore<ConfigMap>()
    store.replace([object('a', 1)], '5')
    const bookmark = {
      type: 'BOOKMARK' as const,
      object: { metadata: { resourceVersion: '99' } } as ConfigMap,
    }
    expect(store.apply([bookmark])).toEqual([])
    expect(store.resourceVersion).toBe('99')
    expect(store.revision).toBe(1)
  })

  test('versions that are no numbers are taken as they come', () => {
    const store = createObjectStore<ConfigMap>()
    store.replace([object('a', 'zz')], 'v9')
    expect(store.apply([event('MODIFIED', 'a', 'aa')])).toHaveLength(1)
    expect(store.isBehind('v1')).toBe(false)
    expect(store.resourceVersion).toBe('aa')
  })
})

test('the same version with other content, as after a restored backup, is a change of a list', () => {
  const store = createObjectStore<ConfigMap>()
  store.replace([object('a', 1)], '5')
  const other = { ...object('a', 1), data: { x: 'y' } }
  expect(store.replace([other], '5')).toMatchObject([{ type: 'modified', object: other }])
  expect(store.get('a', 'n')).toBe(other)
})

test('the same name in two namespaces is two objects', () => {
  const store = createObjectStore<ConfigMap>()
  const other = object('a', 2)
  other.metadata.namespace = 'm'
  store.replace([object('a', 1), other], '3')
  expect(store.list()).toHaveLength(2)
  expect(store.get('a', 'm')).toBe(other)
  expect(store.get('a')).toBeUndefined()
})

test('clear tells a deletion for each', () => {
  const store = createObjectStore<ConfigMap>()
  store.replace([object('a', 1), object('b', 2)], '3')
  expect(store.clear().map(({ type }) => type)).toEqual(['deleted', 'deleted'])
  expect(store.list()).toEqual([])
  expect(store.resourceVersion).toBeNull()
})
