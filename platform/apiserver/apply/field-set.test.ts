import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Json } from '#lib/kinds/object.ts'
import {
  EMPTY,
  difference,
  differenceBelow,
  equalSets,
  fieldSet,
  hasPath,
  intersection,
  pathsOf,
  showPath,
  union,
} from './field-set.ts'
import { parseFieldsV1, toFieldsV1 } from './fields-v1.ts'
import type { Step } from './path-step.ts'
import { fieldStep, keyStep, parseStep, sortSteps, valueStep } from './path-step.ts'

const scalar: fc.Arbitrary<Json> = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.boolean(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
)
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.string().map(fieldStep),
  fc
    .uniqueArray(fc.tuple(fc.string(), scalar), { minLength: 1, maxLength: 3, selector: ([name]) => name })
    .map(keyStep),
  scalar.map(valueStep),
  fc.nat().map((index) => `i:${index}`),
)
/** Few different steps, so that sets meet. */
const small = fc.constantFrom<Step[]>('f:a', 'f:b', 'k:{"name":"a"}', 'v:1')
const paths = (of: fc.Arbitrary<Step>) =>
  fc.array(fc.array(of, { minLength: 1, maxLength: 4 }), { maxLength: 12 })
const sets = paths(small).map(fieldSet)
const texts = (set: ReturnType<typeof fieldSet>) =>
  new Set([...pathsOf(set)].map((path) => JSON.stringify(path)))

describe('FieldsV1', () => {
  test('what is written is read again, whatever the names and values', () => {
    fc.assert(
      fc.property(paths(step).map(fieldSet), (set) => {
        const written = JSON.parse(JSON.stringify(toFieldsV1(set))) as Json
        expect(equalSets(parseFieldsV1(written), set)).toBe(true)
      }),
    )
  })

  test('no JSON makes the reader throw anything but a TypeError', () => {
    fc.assert(
      fc.property(fc.jsonValue() as fc.Arbitrary<Json>, (value) => {
        try {
          parseFieldsV1(value)
        } catch (error) {
          expect(error).toBeInstanceOf(TypeError)
        }
      }),
    )
  })

  test('looks like that of the API server', () => {
    const set = fieldSet([
      ['f:spec', 'f:ports'],
      [
        'f:spec',
        'f:ports',
        keyStep([
          ['protocol', 'TCP'],
          ['port', 80],
        ]),
      ],
      [
        'f:spec',
        'f:ports',
        keyStep([
          ['protocol', 'TCP'],
          ['port', 80],
        ]),
        'f:name',
      ],
      ['f:metadata', 'f:finalizers', valueStep('a<b>&c')],
    ])
    expect(JSON.stringify(toFieldsV1(set))).toBe(
      JSON.stringify({
        'f:metadata': { 'f:finalizers': { 'v:"a\\u003cb\\u003e\\u0026c"': {} } },
        'f:spec': { 'f:ports': { '.': {}, 'k:{"port":80,"protocol":"TCP"}': { '.': {}, 'f:name': {} } } },
      }),
    )
  })

  test('other spellings mean the same, and unknown steps are left out', () => {
    const set = parseFieldsV1({ 'f:a': { 'k:{ "b": 1, "a": "x" }': {}, 'x:new': {} } })
    expect([...pathsOf(set)]).toEqual([['f:a', 'k:{"a":"x","b":1}']])
  })

  test.each(['x', 'fa', 'v:{', 'k:1', 'i:one'])('%s is no step', (text) => {
    expect(() => parseStep(text)).toThrow(TypeError)
  })
})

describe('sets', () => {
  test('of paths: union, intersection and difference are what they are called', () => {
    fc.assert(
      fc.property(sets, sets, (a, b) => {
        const [left, right] = [texts(a), texts(b)]
        expect(texts(union(a, b))).toEqual(new Set([...left, ...right]))
        expect(texts(intersection(a, b))).toEqual(new Set([...left].filter((path) => right.has(path))))
        expect(texts(difference(a, b))).toEqual(new Set([...left].filter((path) => !right.has(path))))
        expect(equalSets(union(difference(a, b), intersection(a, b)), a)).toBe(true)
      }),
    )
  })

  test('a difference with everything below leaves no path below', () => {
    fc.assert(
      fc.property(sets, sets, (a, b) => {
        const taken = [...pathsOf(b)]
        const isBelow = (path: readonly Step[]) =>
          taken.some((prefix) => prefix.every((part, index) => part === path[index]))
        const left = [...pathsOf(a)].filter((path) => !isBelow(path))
        expect([...pathsOf(differenceBelow(a, b))]).toEqual(left)
      }),
    )
  })

  test('know their paths, and nothing else', () => {
    const set = fieldSet([['f:a', 'f:b']])
    expect([
      hasPath(set, ['f:a', 'f:b']),
      hasPath(set, ['f:a']),
      hasPath(set, []),
      hasPath(EMPTY, ['f:a']),
    ]).toEqual([true, false, false, false])
  })
})

describe('steps', () => {
  test('fields come first, numbers count as numbers', () => {
    const steps = ['v:"b"', 'v:10', 'v:2', 'i:3', 'k:{"name":"b"}', 'f:z', 'k:{"name":"a"}', 'f:a', 'v:true']
    expect(sortSteps(steps)).toEqual([
      'f:a',
      'f:z',
      'k:{"name":"a"}',
      'k:{"name":"b"}',
      'v:2',
      'v:10',
      'v:"b"',
      'v:true',
      'i:3',
    ])
  })

  test('texts are in the order of their UTF-8 bytes', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), (names) => {
        const sorted = names.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
        expect(sortSteps(names.map(fieldStep))).toEqual(sorted.map(fieldStep))
      }),
    )
  })

  test('are shown as in messages', () => {
    const path = ['f:spec', 'f:ports', 'k:{"port":80,"protocol":"TCP"}', 'f:set', 'v:"x"', 'i:2']
    expect(showPath(path)).toBe('.spec.ports[port=80,protocol="TCP"].set[="x"][2]')
  })
})
