import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import type { FormObject, FormValue } from './form-model.ts'
import { isObject } from './form-path.ts'
import { isSameJson } from '../same-json.ts'
import { applyToYaml } from './yaml-document.ts'
import { readYaml } from './yaml-reader.ts'
import { writeYaml } from './yaml-writing.ts'

function valueOf(text: string): FormValue {
  const reading = readYaml(text)
  if ('faults' in reading) throw new Error(`${text}\n${JSON.stringify(reading.faults)}`)
  return reading.value ?? {}
}

const OWN = `# How we run it
storage:           # decided by ops
    type: 'LocalVolume'   # not a class
    capacity: 40

    # the two with disks
    nodes:
    - 192.0.2.11
    - 192.0.2.12   # new
    path: "/cpaas/monitoring"

replicas: 1
flow: {a: 1, b: [x, 'y']}   # as it came
script: |
    line 1
    line 2
empty:
last: true
`

describe('one change leaves all other lines as they are', () => {
  const base = valueOf(OWN) as FormObject & { storage: FormObject }
  const { storage } = base

  test.each<[string, FormObject, Record<number, string | null> | string]>([
    ['a number', { ...base, replicas: 3 }, { 12: 'replicas: 3' }],
    [
      'a quoted text',
      { ...base, storage: { ...storage, type: 'PV' } },
      { 3: '    type: PV   # not a class' },
    ],
    [
      'an entry',
      { ...base, storage: { ...storage, nodes: ['192.0.2.11', '192.0.2.13'] } },
      { 9: '    - 192.0.2.13   # new' },
    ],
    ['an entry that goes', { ...base, storage: { ...storage, nodes: ['192.0.2.12'] } }, { 8: null }],
    [
      'an entry that comes last',
      { ...base, storage: { ...storage, nodes: ['192.0.2.11', '192.0.2.12', 'x'] } },
      { 9: '    - 192.0.2.12   # new\n    - x' },
    ],
    [
      'an entry that comes first',
      { ...base, storage: { ...storage, nodes: ['x', '192.0.2.11', '192.0.2.12'] } },
      { 8: '    - x\n    - 192.0.2.11' },
    ],
    [
      'all entries go',
      { ...base, storage: { ...storage, nodes: [] } },
      { 7: '    nodes: []', 8: null, 9: null },
    ],
    [
      'inside brackets',
      { ...base, flow: { a: 2, b: ['x', 'z z'] } },
      { 13: 'flow: {a: 2, b: [x, z z]}   # as it came' },
    ],
    ['a value where none was', { ...base, empty: 'now' }, { 17: 'empty: now' }],
    ['a map where none was', { ...base, empty: { a: [1] } }, { 17: 'empty:\n  a:\n    - 1' }],
    ['a value that becomes none', { ...base, replicas: null }, { 12: 'replicas: null' }],
    [
      'a text of several lines',
      { ...base, script: 'a\n\nb' },
      { 14: 'script: |-\n  a\n\n  b', 15: null, 16: null },
    ],
    ['a new key', { ...base, more: { x: 'y' } }, { 18: 'last: true\nmore:\n  x: y' }],
    [
      'a new key inside',
      { ...base, storage: { ...storage, pv: '' } },
      { 10: '    path: "/cpaas/monitoring"\n    pv: ""' },
    ],
  ])('%s', (_name, config, lines) => {
    const expected = OWN.split('\n')
      .flatMap((line, index) => {
        const own = (lines as Record<number, string | null>)[index + 1]
        return own === null ? [] : [own ?? line]
      })
      .join('\n')
    const text = applyToYaml(OWN, config)
    expect(text).toBe(expected)
    expect(valueOf(text)).toEqual(config)
  })

  test('a key that goes takes its lines, and nobody else’s', () => {
    const { storage: _gone, ...config } = base
    expect(applyToYaml(OWN, config)).toBe(`# How we run it\n\n${OWN.slice(OWN.indexOf('replicas'))}`)
    const { last: _last, ...rest } = base
    expect(applyToYaml(OWN, rest)).toBe(OWN.replace('last: true\n', ''))
  })
})

test('a list of maps: each is changed at its own place', () => {
  const text = `rows:
  - key: a   # first
    value: 1
  - key: b
    # about this value
    value: 2
  -
    key: c
`
  const rows = (valueOf(text) as { rows: FormObject[] }).rows
  const [a, b, c] = rows as [FormObject, FormObject, FormObject]
  expect(applyToYaml(text, { rows: [a, { ...b, value: 5 }, c] })).toBe(text.replace('value: 2', 'value: 5'))
  expect(applyToYaml(text, { rows: [a, c] })).toBe(text.replace(/ {2}- key: b[^-]*?2\n/, ''))
  expect(applyToYaml(text, { rows: [{ value: 1 }, b, c] })).toContain('# about this value\n    value: 2')
  expect(applyToYaml(text, { rows: [a, b, c, { key: 'd', x: { y: 1 } }] })).toBe(
    `${text}  - key: d\n    x:\n      y: 1\n`,
  )
})

test('texts with nothing in them, or nothing to be read, take the whole', () => {
  expect(applyToYaml('', { a: 1 })).toBe('a: 1\n')
  expect(applyToYaml('# mine\n', { a: 1 })).toBe('# mine\na: 1\n')
  expect(applyToYaml('# mine\n{}\n', { a: 1 })).toBe('# mine\na: 1\n')
  expect(applyToYaml('a: [', { a: 1 })).toBe('a: 1\n')
  expect(valueOf(applyToYaml('# mine\na: 1\n', {}))).toEqual({})
  expect(applyToYaml('a: 1 # one', { a: 1, b: 2 })).toBe('a: 1 # one\nb: 2')
})

test('a shared value that changes at one place stays as it is at the other', () => {
  const text = '# top\na: &x {b: 1} # shared\nc: *x\n'
  const changed = applyToYaml(text, { a: { b: 2 }, c: { b: 1 } })
  expect(valueOf(changed)).toEqual({ a: { b: 2 }, c: { b: 1 } })
  expect(changed).toContain('# top')
  expect(changed).toContain('# shared')
  expect(applyToYaml(text, { a: { b: 1 }, c: { b: 1 } })).toBe(text)
})

test('the same object at two places is written out twice', () => {
  const same = { limits: { cpu: '1' } }
  const config = { a: same, b: [same, same] }
  expect(writeYaml(config)).not.toContain('&')
  expect(applyToYaml('# mine\na: 1\nb:\n  - x\n', config)).not.toContain('&')
  expect(applyToYaml('a: &x 1\nb: *x\n', { ...config, c: 1 })).not.toContain('&')
  expect(applyToYaml('f: {a: 1}\n', { f: config })).not.toContain('&')
})

const key = fc.oneof(
  fc.constantFrom('a', 'b', 'c', 'd e', 'true', '1', 'x: y', '#z', '', '- p', 'nodes'),
  fc.string({ unit: 'grapheme', maxLength: 6 }).filter((text) => text !== '__proto__'),
)
const text = fc.oneof(
  fc.constantFrom(
    'yes',
    'null',
    '12',
    '',
    ' x',
    'a\nb',
    'a\n\n',
    '\n',
    '# no comment',
    'a: b',
    '|',
    "it's",
    '"',
    '{',
    '- a',
    '2026-01-02',
    '~',
  ),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
)
const scalar = fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null))
const { config } = fc.letrec<{ value: FormValue; config: FormObject }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }),
    tie('config'),
  ),
  config: fc.dictionary(key, tie('value'), { maxKeys: 5, noNullPrototype: true }),
}))

/** A config that has much in common with another. */
function relativeOf(value: FormObject): fc.Arbitrary<FormObject> {
  const change = (here: FormValue): fc.Arbitrary<FormValue> => {
    const same = { arbitrary: fc.constant(here), weight: 5 }
    const other = { arbitrary: fc.oneof(scalar, config), weight: 1 }
    if (Array.isArray(here))
      return fc.oneof(
        { arbitrary: fc.tuple(...here.map(change)).chain((items) => fc.subarray(items)), weight: 3 },
        { arbitrary: scalar.map((item) => [...here, item]), weight: 1 },
        same,
        other,
      )
    if (isObject(here)) return fc.oneof({ arbitrary: inside(here), weight: 5 }, same, other)
    return fc.oneof(same, other)
  }
  const inside = (here: FormObject): fc.Arbitrary<FormObject> =>
    fc
      .tuple(
        fc.subarray(Object.keys(here), { minLength: Math.floor(Object.keys(here).length / 2) }),
        fc.tuple(...Object.values(here).map(change)),
        fc.dictionary(key, scalar, { maxKeys: 1, noNullPrototype: true }),
      )
      .map(([kept, values, added]) => ({
        ...Object.fromEntries(
          Object.keys(here)
            .map((name, index) => [name, values[index] ?? null] as const)
            .filter(([name]) => kept.includes(name)),
        ),
        ...added,
      }))
  return inside(value)
}

const styled = fc.record({
  indent: fc.constantFrom(2, 3, 4),
  indentSeq: fc.boolean(),
  collectionStyle: fc.constantFrom<'any' | 'flow'>('any', 'flow'),
  defaultStringType: fc.constantFrom(
    'PLAIN',
    'QUOTE_DOUBLE',
    'QUOTE_SINGLE',
    'BLOCK_LITERAL',
  ) as fc.Arbitrary<'PLAIN'>,
})

test('what comes out says exactly the new configuration, whatever the text looked like', () => {
  fc.assert(
    fc.property(
      config.chain((from) => fc.tuple(fc.constant(from), fc.oneof(relativeOf(from), config))),
      styled,
      ([from, to], style) => {
        const own = stringify(from, { lineWidth: 0, ...style })
        const result = applyToYaml(own, to)
        expect(isSameJson(valueOf(result), to)).toBe(true)
      },
    ),
    { numRuns: 1500 },
  )
})

test('no change, no other text; twice is once', () => {
  fc.assert(
    fc.property(config, config, styled, (from, to, style) => {
      const own = stringify(from, { lineWidth: 0, ...style })
      // The library writes some texts so that they read as others.
      fc.pre(isSameJson(valueOf(own), from))
      expect(applyToYaml(own, from)).toBe(own)
      const once = applyToYaml(own, to)
      expect(applyToYaml(once, to)).toBe(once)
    }),
    { numRuns: 300 },
  )
})

test('any text at all is taken or replaced, never thrown at', () => {
  const piece = fc.constantFrom(
    'a',
    'b',
    ': ',
    ' ',
    '\n',
    '\n  ',
    '- ',
    '{',
    '}',
    '[',
    ']',
    '&x ',
    '*x',
    '"',
    '|',
    '#',
    ', ',
    '? ',
  )
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 20 }).map((all) => all.join('')),
      config,
      (own, to) => {
        expect(isSameJson(valueOf(applyToYaml(own, to)), to)).toBe(true)
      },
    ),
    { numRuns: 1000 },
  )
})

test('comments at keys that stay are kept, wherever something else changes', () => {
  const names = ['alpha', 'beta', 'gamma', 'delta']
  const leaf = fc.record({
    above: fc.boolean(),
    value: fc.oneof(fc.integer(), fc.constantFrom('x', 'it is', "'q'"), fc.constant(['p', 'q'])),
  })
  const tree = fc.record(Object.fromEntries(names.map((name) => [name, leaf])))
  fc.assert(
    fc.property(
      tree,
      tree,
      fc.subarray(names, { minLength: 1 }),
      fc.subarray(names),
      (one, two, kept, moved) => {
        const lines = (prefix: string, part: typeof one) =>
          names.flatMap((name) => {
            const { above, value } = part[name] as { above: boolean; value: FormValue }
            const [first = '', ...rest] = writeYaml({ [name]: value })
              .trimEnd()
              .split('\n')
            return [
              ...(above ? [`${prefix}# above ${prefix.length} ${name}`] : []),
              `${prefix}${first} # at ${prefix.length} ${name}`,
              ...rest.map((line) => prefix + line),
            ]
          })
        const own = ['# top', ...lines('', one), '', 'inner: # in', ...lines('   ', two), ''].join('\n')
        const before = valueOf(own) as FormObject & { inner: FormObject }
        const change = (part: FormObject) =>
          Object.fromEntries(
            Object.entries(part)
              .filter(([name]) => !names.includes(name) || kept.includes(name))
              .map(([name, value]) => [name, moved.includes(name) ? 'moved' : value]),
          )
        const after = { ...change(before), inner: { ...change(before.inner), added: { x: 1 } } }
        const result = applyToYaml(own, after)
        expect(valueOf(result)).toEqual(after)
        expect(result).toContain('# top')
        expect(result).toContain('# in')
        for (const name of kept)
          for (const [depth, part] of [
            [0, one],
            [3, two],
          ] as const) {
            expect(result).toContain(`# at ${depth} ${name}`)
            if (part[name]?.above === true) expect(result).toContain(`# above ${depth} ${name}`)
          }
      },
    ),
    { numRuns: 500 },
  )
})
