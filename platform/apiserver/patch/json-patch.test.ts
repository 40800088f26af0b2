import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Json, JsonObject } from '#lib/kinds/object.ts'
import { cloneJson } from '../json.ts'
import { PatchError, applyJsonPatch } from './json-patch.ts'

const json = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>
const object = fc.dictionary(fc.string(), json) as fc.Arbitrary<JsonObject>
const pointer = (key: string) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`

describe('applyJsonPatch', () => {
  test('what is added under any key is found under it, and gone after a remove', () => {
    fc.assert(
      fc.property(object, fc.string(), json, (document, key, value) => {
        const path = pointer(key)
        const added = applyJsonPatch(document, [
          { op: 'add', path, value },
          { op: 'test', path, value },
        ]) as JsonObject
        expect(Object.hasOwn(added, key)).toBe(true)
        const removed = applyJsonPatch(added, [{ op: 'remove', path }]) as JsonObject
        expect(Object.hasOwn(removed, key)).toBe(false)
      }),
    )
  })

  test('the document itself is never changed', () => {
    fc.assert(
      fc.property(object, fc.string(), json, (document, key, value) => {
        const before = cloneJson(document)
        applyJsonPatch(document, [{ op: 'add', path: pointer(key), value }])
        expect(document).toEqual(before)
      }),
    )
  })

  test('an inserted item moves the others, in every position', () => {
    fc.assert(
      fc.property(fc.array(json), fc.nat(), json, (list, seed, value) => {
        const at = seed % (list.length + 1)
        const { items } = applyJsonPatch({ items: list }, [{ op: 'add', path: `/items/${at}`, value }]) as {
          items: Json[]
        }
        expect(items).toEqual(list.toSpliced(at, 0, cloneJson(value)))
      }),
    )
  })

  test.each<[string, Json]>([
    ['remove of nothing', [{ op: 'remove', path: '/none' }]],
    ['replace of nothing', [{ op: 'replace', path: '/none', value: 1 }]],
    ['an index behind the end', [{ op: 'add', path: '/list/9', value: 1 }]],
    ['an index with a leading zero', [{ op: 'replace', path: '/list/00', value: 1 }]],
    ['a failed test', [{ op: 'test', path: '/a', value: 2 }]],
    ['a move into itself', [{ op: 'move', from: '/deep', path: '/deep/inside' }]],
    ['no operation', [{ path: '/a' }]],
    ['an unknown operation', [{ op: 'swap', path: '/a' }]],
    ['no path', [{ op: 'remove' }]],
    ['a parent that is no container', [{ op: 'add', path: '/a/b', value: 1 }]],
  ])('%s does not fit', (_name, patch) => {
    expect(() => applyJsonPatch({ a: 1, list: [1], deep: {} }, patch)).toThrow(PatchError)
  })

  test.each<[string, Json]>([
    ['no list', { op: 'add' }],
    ['a number', [5]],
  ])('%s is malformed', (_name, patch) => {
    expect(() => applyJsonPatch({ a: 1 }, patch)).toThrow(TypeError)
  })

  test('no value is null', () => {
    expect(applyJsonPatch({ a: 1 }, [{ op: 'add', path: '/a' }])).toEqual({ a: null })
  })

  test('__proto__ is a key like any other', () => {
    const patched = applyJsonPatch({}, [{ op: 'add', path: '/__proto__', value: { polluted: true } }])
    expect(JSON.stringify(patched)).toBe('{"__proto__":{"polluted":true}}')
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
    expect(() => applyJsonPatch({}, [{ op: 'add', path: '/__proto__/polluted', value: 1 }])).toThrow(
      PatchError,
    )
    expect(() => applyJsonPatch({}, [{ op: 'copy', from: '/constructor', path: '/x' }])).toThrow(PatchError)
  })
})
