import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Json, JsonObject } from '#lib/kinds/object.ts'
import { formatPath, getAt, parsePath, removeAt, setAt } from './form-path.ts'
import type { Step } from './form-path.ts'

const step = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }).filter((key) => key !== '__proto__'),
  fc.constantFrom('a.b', 'x"y', "it's", String.raw`a\b`, '[0]', '0', '', 'node-role.kubernetes.io/infra'),
  fc.integer({ min: 0, max: 9999 }),
  fc.constant(null),
)
const path = fc.array<Step>(step, { minLength: 1, maxLength: 8 })
const key = fc.constantFrom('a', 'b', 'x.y', '0')

describe('parsePath', () => {
  test.each<[string, Step[]]>([
    ['dataSource.audit', ['dataSource', 'audit']],
    ['.type', ['type']],
    ['hosts[0].name', ['hosts', 0, 'name']],
    ['hosts[].name', ['hosts', null, 'name']],
    ['hosts[*]', ['hosts', null]],
    ['labels["a.b/c"].d', ['labels', 'a.b/c', 'd']],
    ["labels.'a.b'", ['labels', 'a.b']],
    [String.raw`labels.a\.b.c`, ['labels', 'a.b', 'c']],
    ['a.0.b', ['a', '0', 'b']],
    ['a[b].c', ['a', 'b', 'c']],
  ])('%s', (text, expected) => {
    expect(parsePath(text)).toEqual(expected)
  })

  test.each([
    '',
    '.',
    'a..b',
    'a.',
    'a[0',
    'a["b"',
    'a[99999999]',
    'a.__proto__.b',
    'a["constructor"]',
    'prototype',
    'a"b"c"'.repeat(300),
    'a.'.repeat(80) + 'b',
  ])('refuses %s', (text) => {
    expect(parsePath(text)).toBeNull()
  })

  test('gives back what formatPath wrote', () => {
    fc.assert(
      fc.property(path, (steps) => {
        const text = formatPath(steps)
        const isHostile = steps.some((one) => one === 'constructor' || one === 'prototype')
        expect(parsePath(text)).toEqual(isHostile ? null : steps)
      }),
    )
  })

  test('takes any text without throwing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const steps = parsePath(text)
        if (steps !== null) expect(parsePath(formatPath(steps))).toEqual(steps)
      }),
    )
  })
})

describe('getAt and setAt', () => {
  test('what was set is there, and nothing else changed', () => {
    fc.assert(
      fc.property(
        fc.dictionary(key, fc.jsonValue({ maxDepth: 3 })),
        fc.array(key, { minLength: 1, maxLength: 4 }),
        fc.integer(),
        (raw, steps, value) => {
          const root = JSON.parse(JSON.stringify(raw)) as Record<string, never>
          const before = JSON.stringify(root)
          const next = setAt(root, steps, value)
          expect(JSON.stringify(root)).toBe(before)
          if (next === root) return
          expect(getAt(next, steps)).toBe(value)
          for (const other of Object.keys(root)) if (other !== steps[0]) expect(next[other]).toBe(root[other])
        },
      ),
    )
  })

  test('a chain of changes comes to the same when it copies each object once', () => {
    const step = fc.oneof(fc.constantFrom('a', 'b', 'c', '__proto__'), fc.nat({ max: 3 }))
    const change = fc.tuple(fc.array(step, { minLength: 1, maxLength: 4 }), fc.jsonValue({ maxDepth: 2 }))
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), fc.array(change), (raw, changes) => {
        const root: JsonObject = { a: raw as Json, b: { c: [raw as Json] } }
        const before = JSON.stringify([root, changes])
        const owned = new WeakSet<object>()
        const [one, each] = [owned, undefined].map((own) =>
          changes.reduce<JsonObject>((all, [path, value]) => setAt(all, path, value as Json, own), root),
        )
        expect(one).toEqual(each)
        expect(JSON.stringify([root, changes])).toBe(before)
      }),
    )
  })

  test('makes lists for indexes, and fills no holes beyond reason', () => {
    expect(setAt({}, ['a', 1, 'b'], 'x')).toEqual({ a: [null, { b: 'x' }] })
    expect(setAt({ a: [1] }, ['a', '0'], 2)).toEqual({ a: [2] })
    expect(setAt({ a: [1] }, ['a', 'key'], 2)).toEqual({ a: [1] })
    expect(setAt({ a: [1] }, ['a', 1e9], 2)).toEqual({ a: [1] })
    expect(setAt({ a: null }, ['a', 'b'], 1)).toEqual({ a: { b: 1 } })
  })

  test('no path reaches a prototype', () => {
    for (const hostile of ['__proto__', 'constructor', 'prototype']) {
      expect(setAt({}, ['a', hostile, 'polluted'], true)).toEqual({})
      expect(getAt({ a: {} }, ['a', hostile])).toBeUndefined()
    }
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
    expect(getAt({}, ['toString'])).toBeUndefined()
  })

  test('removeAt takes out one thing', () => {
    expect(removeAt({ a: { b: 1, c: 2 } }, ['a', 'b'])).toEqual({ a: { c: 2 } })
    expect(removeAt({ a: [1, 2] }, ['a', 0])).toEqual({ a: [2] })
    const root = { a: 1 }
    expect(removeAt(root, ['b'])).toBe(root)
  })
})
