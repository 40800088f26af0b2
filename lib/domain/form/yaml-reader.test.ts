import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { MAX_YAML_LENGTH, readYaml } from './yaml-reader.ts'

function valueOf(text: string): unknown {
  const reading = readYaml(text)
  return 'faults' in reading ? reading.faults : reading.value
}

function faultOf(text: string): string {
  const reading = readYaml(text)
  if (!('faults' in reading)) return 'none'
  const [{ code, line, column }] = reading.faults
  return `${code} ${line}:${column}`
}

test('YAML 1.2: words that were booleans once stay texts, and so do times', () => {
  expect(valueOf('a: yes\nb: on\nc: true\nd: 2026-01-02\ne: 1_000\nf: 010\ng: 0x1f\nh: ~\ni:\n')).toEqual({
    a: 'yes',
    b: 'on',
    c: true,
    d: '2026-01-02',
    e: '1_000',
    f: 10,
    g: 31,
    h: null,
    i: null,
  })
})

test('nothing but comments is no value; null is one', () => {
  expect(valueOf('')).toBeUndefined()
  expect(valueOf('# nothing\n')).toBeUndefined()
  expect(valueOf('null')).toBeNull()
})

test.each([
  ['a: [1\nb: 2\n', 'syntax 2:1'],
  ['a: 1\n  b: 2\n', 'syntax 1:4'],
  ['a:\n\tb: 1\n', 'syntax 2:1'],
  ['a: 1\n---\nb: 2\n', 'syntax 2:1'],
  ['%YAML 1.1\n---\na: yes\n', 'directive 1:1'],
  ['a: 1\nb:\n  c: 2\n  c: 3\n', 'duplicateKey 4:3'],
  ['1: a\n"1": b\n', 'duplicateKey 2:1'],
  ['a:\n  __proto__: {x: 1}\n', 'forbiddenKey 2:3'],
  ['"__proto__": 1\n', 'forbiddenKey 1:1'],
  ['1.0: a\n', 'keyNotText 1:1'],
  ['a: 1\n? [x]\n: 2\n', 'keyNotText 2:3'],
  ['a: &x {b: 1}\nc:\n  <<: *x\n', 'mergeKey 3:3'],
  ['a: !!binary aGk=\n', 'tag 1:13'],
  ['a: !mine 1\n', 'tag 1:10'],
  ['a: *nobody\n', 'unknownAlias 1:4'],
  ['a: .nan\n', 'notJson 1:4'],
  ['a: -.inf\n', 'notJson 1:4'],
  ['a: 1e999\n', 'notJson 1:4'],
  ['a: 9007199254740993\n', 'bigNumber 1:4'],
])('%j is refused, and it says where: %s', (text, fault) => {
  expect(faultOf(text)).toBe(fault)
})

test('what a number holds exactly is taken, however it is written', () => {
  expect(valueOf('a: 9007199254740991\nb: 1e21\nc: "9007199254740993"\n')).toEqual({
    a: 9_007_199_254_740_991,
    b: 1e21,
    c: '9007199254740993',
  })
})

test('aliases count as what they stand for, as long as it is not too much', () => {
  expect(valueOf('a: &x {b: 1}\nc: *x\n')).toEqual({ a: { b: 1 }, c: { b: 1 } })
  const layers = Array.from(
    { length: 12 },
    (_, index) =>
      `k${index + 1}: &a${index + 1} [${Array.from({ length: 9 }, () => `*a${index}`).join(', ')}]`,
  )
  expect(faultOf(`k0: &a0 [x]\n${layers.join('\n')}\n`)).toMatch(/^tooMuch /)
  expect(faultOf('a: &x\n  b: *x\n')).toMatch(/^tooDeep /)
})

test('what is too long or too deep is refused, not tried', () => {
  expect(faultOf('a'.repeat(MAX_YAML_LENGTH + 1))).toBe('tooLong 1:1')
  expect(faultOf('['.repeat(100_000))).toMatch(/^(?:syntax|tooDeep) /)
  expect(faultOf(`${'['.repeat(80)}${']'.repeat(80)}`)).toBe('tooDeep 1:66')
  expect(faultOf('- '.repeat(20_000))).toMatch(/^(?:syntax|tooDeep) /)
})

test('no text makes it throw, and what it takes is JSON', () => {
  const piece = fc.constantFrom(
    'a',
    ':',
    ' ',
    '\n',
    '  ',
    '- ',
    '{',
    '}',
    '[',
    ']',
    '&x',
    '*x',
    '!',
    '"',
    "'",
    '|',
    '#',
    ',',
    '? ',
    '<<',
    '%',
    '1',
    '~',
    '---',
    '\t',
  )
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(piece).map((all) => all.join('')),
        fc.string({ unit: 'binary' }),
      ),
      (text) => {
        const reading = readYaml(text)
        if ('faults' in reading) {
          expect(reading.faults.length).toBeGreaterThan(0)
          for (const { from, to } of reading.faults) expect(from).toBeLessThanOrEqual(to)
        } else if (reading.value !== undefined)
          expect(JSON.parse(JSON.stringify(reading.value))).toEqual(reading.value)
      },
    ),
    { numRuns: 1000 },
  )
})

test('an alias stands for the last anchor of its name above it, however many there are', () => {
  expect(valueOf('- &a 1\n- *a\n- &a {b: 2}\n- *a\n')).toEqual([1, 1, { b: 2 }, { b: 2 }])
  expect(faultOf('- *a\n- &a 1\n')).toBe('unknownAlias 1:3')
  const many = 20_000
  expect(valueOf(`a: &a 1\nl:\n${'- *a\n'.repeat(many)}`)).toEqual({ a: 1, l: Array(many).fill(1) })
})
