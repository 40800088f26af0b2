import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { stringify } from 'yaml'
import { loadYamlObjects } from './load-yaml.ts'
import { PackageError } from './package-error.ts'

function codeOf(text: string): string {
  try {
    loadYamlObjects(text, 'x.yaml')
    return 'fine'
  } catch (error) {
    if (error instanceof PackageError) return error.code
    throw error
  }
}

test('documents, aliases and quoted texts', () => {
  const text = '---\na: &x {b: [1, true, null]}\nc: *x\n---\n# nothing\n---\nd: "true"\ne: 0o17\n'
  expect(loadYamlObjects(text, 'x.yaml')).toEqual([
    { a: { b: [1, true, null] }, c: { b: [1, true, null] } },
    { d: 'true', e: 15 },
  ])
  expect(loadYamlObjects('', 'x.yaml')).toEqual([])
  expect(loadYamlObjects('when: 2024-01-01\non: yes\n', 'x.yaml')).toEqual([
    { when: '2024-01-01', on: 'yes' },
  ])
})

const bomb = [
  'a: &a [x,x,x,x,x,x,x,x,x]',
  ...Array.from({ length: 8 }, (_, i) => {
    const [name, of] = ['bcdefghi'[i], 'abcdefgh'[i]]
    return `${name}: &${name} [${Array.from({ length: 9 }, () => `*${of}`).join(',')}]`
  }),
].join('\n')

test.each(
  [
    ['a: [1', 'yaml-invalid'],
    ['a: b: c', 'yaml-invalid'],
    ['- 1', 'yaml-invalid'],
    ['just text', 'yaml-invalid'],
    ['a: *nowhere', 'yaml-invalid'],
    [bomb, 'yaml-expansion'],
    ['a: !!js/function "x"', 'yaml-tag'],
    ['a: !custom {b: 1}', 'yaml-tag'],
    ['%YAML 1.1\n---\na: !!omap [b: 1]', 'yaml-tag'],
    ['%TAG ! tag:example.com,2000:\n---\na: !b c', 'yaml-tag'],
    ['a: !!binary aGVsbG8=', 'yaml-tag'],
    ['a: !!set {x}', 'yaml-tag'],
    ['__proto__: {x: 1}', 'yaml-key'],
    ['a: {"__proto__": 1}', 'yaml-key'],
    ['a: [{constructor: {prototype: 1}}]', 'yaml-key'],
    ['a: 1\na: 2', 'yaml-key'],
    ['{a: 1}: b', 'yaml-key'],
    ['a: &x {b: 1}\nc: {<<: *x}', 'yaml-key'],
    ['a: .inf', 'yaml-value'],
    ['a: .nan', 'yaml-value'],
    ['a: 1e999', 'yaml-value'],
    [`a: ${'['.repeat(100)}${']'.repeat(100)}`, 'yaml-too-deep'],
    ['---\na: 1\n'.repeat(600), 'yaml-expansion'],
  ].map(([text = '', code]) => ({ text, code, title: text.slice(0, 40) })),
)('$title is refused: $code', ({ text, code }) => expect(codeOf(text)).toBe(code))

test.each([
  ['deep flow', '['.repeat(200_000), ['yaml-too-deep', 'yaml-invalid']],
  ['deep maps', '{a: '.repeat(20_000), ['yaml-too-deep', 'yaml-invalid']],
  [
    'deep block',
    Array.from({ length: 1000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
    ['yaml-too-deep', 'yaml-invalid'],
  ],
  ['wide map', Array.from({ length: 60_000 }, (_, i) => `k${i}: ${i}`).join('\n'), ['fine']],
  ['a long alias chain', `a: &a ${'x'.repeat(500_000)}\nb: [${'*a,'.repeat(300)}]`, ['yaml-expansion']],
  ['the same alias often', `a: &a [1]\nb: [${'*a,'.repeat(100_000)}]`, ['yaml-expansion']],
  [
    'merge bomb',
    `a: &a {k: 1}\n${Array.from({ length: 9 }, (_, i) => `b${i}: &b${i} {<<: [${`*${i === 0 ? 'a' : `b${i - 1}`},`.repeat(10)}]}`).join('\n')}`,
    ['yaml-key'],
  ],
  ['many documents', '---\n'.repeat(200_000), ['yaml-expansion']],
])('%s ends soon', (_name, text, codes) => {
  expect(codes).toContain(codeOf(text))
})

test('JSON objects survive, whatever is in them', () => {
  const key = fc
    .string({ maxLength: 8 })
    .filter((k) => !['__proto__', 'constructor', 'prototype', '<<'].includes(k))
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 4 },
      fc.string(),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('any'), { maxLength: 3 }),
      fc.dictionary(key, tie('any'), { maxKeys: 4, noNullPrototype: true }),
    ),
  })).any
  fc.assert(
    fc.property(fc.dictionary(key, value, { maxKeys: 4, noNullPrototype: true }), (object) => {
      expect(loadYamlObjects(stringify(object, { version: '1.2' }), 'x.yaml')).toEqual([object])
    }),
    { numRuns: 100 },
  )
})

test('no text makes it throw anything but PackageError', () => {
  const piece = fc.constantFrom(
    'a',
    ': ',
    '\n',
    '  ',
    '- ',
    '[',
    ']',
    '{',
    '}',
    '&x ',
    '*x',
    '!!str ',
    '|',
    '>',
    '"',
    "'",
    '#',
    '---\n',
    '%YAML 1.1\n',
    '? ',
    '<<',
    ',',
    '\t',
    '\u2028',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      expect(typeof codeOf(pieces.join(''))).toBe('string')
    }),
    { numRuns: 300 },
  )
})
