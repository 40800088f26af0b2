import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Json, JsonObject } from '#lib/kinds/object.ts'
import { formatPath, isAtOrBelow, isObject } from './form/form-path.ts'
import type { FormPath } from './form/form-path.ts'
import { applyChoices, mergeConfig } from './merge-config.ts'
import type { ConfigMerge, MergeInput } from './merge-config.ts'
import type { MergeChoice } from './merge-finding.ts'
import { isSameJson } from './same-json.ts'

function told({ findings }: ConfigMerge): string[] {
  return findings.map(({ id, kind, choice }) => `${kind} ${id} ${choice}`)
}

describe('one key', () => {
  // old, mine, next → what it is, and what comes out; undefined where it is absent.
  test.each<[Json | undefined, Json | undefined, Json | undefined, string | null, Json | undefined]>([
    [1, 1, 1, null, 1],
    [1, 2, 1, 'kept a mine', 2],
    [1, 1, 2, 'follows a new', 2],
    [1, 2, 3, 'conflict a mine', 2],
    [1, 2, 2, null, 2],
    [undefined, undefined, 1, 'added a new', 1],
    [undefined, 1, 2, 'conflict a mine', 1],
    [undefined, 1, 1, null, 1],
    [undefined, 1, undefined, 'kept a mine', 1],
    [1, 2, undefined, 'removed a mine', 2],
    [1, 1, undefined, 'removed a new', undefined],
    [1, undefined, 1, 'kept a mine', undefined],
    [1, undefined, 2, 'conflict a mine', undefined],
    [1, undefined, undefined, null, undefined],
    [null, null, 1, 'follows a new', 1],
    [1, null, 1, 'kept a mine', null],
    [null, 1, undefined, 'removed a mine', 1],
    [undefined, null, undefined, 'kept a mine', null],
    [false, false, undefined, 'removed a new', undefined],
    [[1], [1], [2], 'follows a new', [2]],
    [[1], [1, 2], [2], 'conflict a mine', [1, 2]],
    ['x', 'x', { b: 1 }, 'follows a new', { b: 1 }],
    ['x', 'y', { b: 1 }, 'conflict a mine', 'y'],
    [{ b: 1 }, { b: 2 }, 'x', 'conflict a mine', { b: 2 }],
    [{ b: 1 }, { b: 1 }, 'x', 'follows a new', 'x'],
    [null, { b: 1 }, null, 'kept a mine', { b: 1 }],
    [{ b: 1 }, { b: 1 }, undefined, 'removed a.b new', undefined],
    [{ b: 1 }, {}, undefined, 'removed a mine', {}],
    [{}, {}, undefined, 'removed a new', undefined],
    [{ b: 1 }, { b: 1 }, {}, 'removed a.b new', {}],
    [{ b: 1 }, undefined, { b: 1, c: 1 }, 'conflict a mine', undefined],
    [undefined, undefined, {}, 'added a new', {}],
  ])('%j, %j, %j', (old, mine, next, finding, result) => {
    const side = (value: Json | undefined): JsonObject => (value === undefined ? {} : { a: value })
    const merge = mergeConfig({ old: side(old), mine: side(mine), next: side(next) })
    expect(told(merge)).toEqual(finding === null ? [] : [finding])
    expect(merge.config).toEqual(side(result))
  })
})

const OLD = { size: 1, log: { level: 'info', days: 7, path: '/old' }, hosts: ['a'], gone: true, own: 'x' }
const MINE = { log: { days: 14, level: 'info', path: '/mine' }, gone: true, own: 'y', size: 1, extra: null }
const NEXT = { size: 2, log: { level: 'warn', days: 7, path: '/new', rotate: { daily: true } }, hosts: ['a'] }

test('a configuration keeps its order, new keys come last', () => {
  const merge = mergeConfig({ old: OLD, mine: MINE, next: NEXT })
  expect(told(merge)).toEqual([
    'kept log.days mine',
    'follows log.level new',
    'conflict log.path mine',
    'added log.rotate.daily new',
    'removed gone new',
    'removed own mine',
    'follows size new',
    'kept extra mine',
    'kept hosts mine',
  ])
  expect(JSON.stringify(merge.config)).toBe(
    '{"log":{"days":14,"level":"warn","path":"/mine","rotate":{"daily":true}},"own":"y","size":2,"extra":null}',
  )
})

test('choices turn single findings, and only them', () => {
  const merge = mergeConfig({ old: OLD, mine: MINE, next: NEXT })
  const choices = new Map<string, MergeChoice>([
    ['log.path', 'new'],
    ['log.level', 'mine'],
    ['log.rotate.daily', 'mine'],
    ['own', 'new'],
    ['gone', 'mine'],
    ['hosts', 'new'],
    ['nowhere', 'new'],
  ])
  expect(JSON.stringify(applyChoices(merge, choices))).toBe(
    '{"log":{"days":14,"level":"info","path":"/new"},"gone":true,"size":2,"extra":null,"hosts":["a"]}',
  )
})

test('without the old defaults everything is the user’s', () => {
  const merge = mergeConfig({ old: undefined, mine: { a: 1, b: 2, c: 3 }, next: { a: 1, b: 5, d: { e: 4 } } })
  expect(told(merge)).toEqual(['kept b mine', 'removed c mine', 'added d.e new'])
  expect(merge.config).toEqual({ a: 1, b: 2, c: 3, d: { e: 4 } })
})

test('hostile keys', () => {
  const hostile = JSON.parse('{"a":{"__proto__":{"x":1},"constructor":1},"__proto__":2}') as JsonObject
  const merge = mergeConfig({ old: {}, mine: hostile, next: hostile })
  expect(merge.unusable).toEqual(['__proto__', 'a.__proto__'])
  expect(JSON.stringify(merge.config)).toBe('{"a":{"constructor":1}}')
  expect(JSON.stringify(mergeConfig({ old: {}, mine: {}, next: hostile }).config)).toBe(
    '{"a":{"constructor":1}}',
  )
  expect(({} as JsonObject)['x']).toBeUndefined()
})

test('depth has an end', () => {
  const nested = (leaf: Json): JsonObject => {
    let value: Json = leaf
    for (let depth = 0; depth < 50_000; depth++) value = { k: value }
    return value as JsonObject
  }
  const merge = mergeConfig({ old: nested(1), mine: nested(2), next: nested(3) })
  expect(merge.findings.map(({ kind, path }) => [kind, path.length])).toEqual([['conflict', 64]])
})

const scalar = fc.oneof(
  fc.constantFrom<Json>(null, true, 0, 1, 'x', ''),
  fc.constantFrom<Json>([], [1], [{ a: 1 }]),
)
const key = fc.constantFrom('a', 'b', 'c', 'd.e', '0', 'constructor')
const { tree } = fc.letrec<{ tree: JsonObject; value: Json }>((tie) => ({
  tree: fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  value: fc.oneof({ depthSize: 'small', withCrossShrink: true }, scalar, tie('tree')),
}))
const input: fc.Arbitrary<MergeInput> = fc.record({
  old: fc.option(tree, { nil: undefined }),
  mine: tree,
  next: tree,
})

/** Every value that is no object with keys, with its path. */
function leaves(value: Json, path: FormPath = []): [FormPath, Json][] {
  if (!isObject(value) || Object.keys(value).length === 0) return [[path, value]]
  return Object.entries(value).flatMap(([name, child]) => leaves(child, [...path, name]))
}

/** Own values only, whatever the keys are. */
function at(value: Json | undefined, path: FormPath): Json | undefined {
  let here = value
  for (const step of path)
    here = isObject(here) && Object.hasOwn(here, String(step)) ? here[String(step)] : undefined
  return here
}

function isListed(merge: ConfigMerge, path: FormPath): boolean {
  return merge.findings.some((one) => isAtOrBelow(path, one.path) || isAtOrBelow(one.path, path))
}

describe('laws', () => {
  test('no change and no change is no change', () => {
    fc.assert(
      fc.property(tree, (config) => {
        const merge = mergeConfig({ old: config, mine: config, next: config })
        expect([merge.findings, JSON.stringify(merge.config)]).toEqual([[], JSON.stringify(config)])
      }),
    )
  })
  test('a new version without new defaults changes nothing; a configuration without own values follows', () => {
    fc.assert(
      fc.property(tree, tree, (one, other) => {
        const same = mergeConfig({ old: one, mine: other, next: one })
        expect(JSON.stringify(same.config)).toBe(JSON.stringify(other))
        expect(same.findings.every(({ kind }) => kind === 'kept')).toBe(true)
        const follows = mergeConfig({ old: one, mine: one, next: other })
        expect(follows.config).toEqual(other)
        expect(follows.findings.filter(({ kind }) => kind === 'kept' || kind === 'conflict')).toEqual([])
      }),
    )
  })
  test('what the user set wins; what goes is listed', () => {
    fc.assert(
      fc.property(input, (sides) => {
        const merge = mergeConfig(sides)
        for (const [path, value] of leaves(sides.mine)) {
          if (path.length === 0) continue
          const isOwn = sides.old === undefined || !isSameJson(at(sides.old, path), value)
          const isThere = isSameJson(at(merge.config, path), value)
          // Inside a value that is of another type now, the finding of the whole speaks for it.
          if (!isThere) expect(isListed(merge, path)).toBe(true)
          if (isOwn && !isThere) expect(isObject(value) && isListed(merge, path)).toBe(true)
        }
      }),
    )
  })
  test('what differs from the new defaults is a finding, and nothing else is', () => {
    fc.assert(
      fc.property(input, (sides) => {
        const merge = mergeConfig(sides)
        const ids = merge.findings.map(({ id }) => id)
        expect(new Set(ids).size).toBe(ids.length)
        for (const { id, path, mine, next } of merge.findings) {
          expect([id, at(sides.mine, path), at(sides.next, path)]).toEqual([formatPath(path), mine, next])
          expect(isSameJson(mine, next)).toBe(false)
        }
        const all = (choice: MergeChoice) => new Map(ids.map((id) => [id, choice]))
        expect(JSON.stringify(applyChoices(merge, all('mine')))).toBe(JSON.stringify(sides.mine))
        expect(applyChoices(merge, all('new'))).toEqual(sides.next)
      }),
    )
  })
  test('merging again changes nothing', () => {
    fc.assert(
      fc.property(input, (sides) => {
        const { config } = mergeConfig(sides)
        expect(JSON.stringify(mergeConfig({ ...sides, mine: config }).config)).toBe(JSON.stringify(config))
      }),
    )
  })
  test('a choice is followed, and changes only its own place', () => {
    fc.assert(
      fc.property(input, fc.nat(), fc.boolean(), (sides, which, isMine) => {
        const merge = mergeConfig(sides)
        const finding = merge.findings[which % Math.max(1, merge.findings.length)]
        if (finding === undefined) return
        const config = applyChoices(merge, new Map([[finding.id, isMine ? 'mine' : 'new']]))
        expect(at(config, finding.path)).toEqual(isMine ? finding.mine : finding.next)
        for (const { path } of merge.findings)
          if (path !== finding.path) expect(at(config, path)).toEqual(at(merge.config, path))
      }),
    )
  })
})
