import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { yamlCursor } from './yaml-cursor.ts'

/** The cursor at the `|` of a text. */
function at(text: string) {
  const offset = text.indexOf('|')
  const cursor = yamlCursor(text.replace('|', ''), offset)
  return cursor && `${cursor.at} ${JSON.stringify(cursor.path)} ${[...cursor.present].join(',')}`.trim()
}

test.each([
  ['|', 'key []'],
  ['a: 1\nb|', 'key [] a'],
  ['a: 1\nb: |', 'value ["b"] a'],
  ['a: 1\nb: tr|ue\nc: 2', 'value ["b"] a,c'],
  ['a:\n  b: 1\n  |\n  c: 2\nd: 1', 'key ["a"] b,c'],
  ['a:\n    b:\n        c: |', 'value ["a","b","c"]'],
  ['a:\n  b: 1\n|', 'key [] a'],
  ['a:\n  - |', 'item ["a",null]'],
  ['a:\n- x\n- |', 'item ["a",null]'],
  ['a:\n  - x: 1\n    |', 'key ["a",null] x'],
  ['a:\n  - x: 1\n    y: 2\n  - x: |\n    z: 3\n  - q: 1', 'value ["a",null,"x"] z'],
  ['a:\n  - b:\n      - c: |', 'value ["a",null,"b",null,"c"]'],
  ["\"x.y\":\n  'it''s': |", 'value ["x.y","it\'s"]'],
  ['# note\na: # why\n\n  # more\n  b|', 'key ["a"]'],
  ['a: 1 # |', null],
  ['# |', null],
  ['a: {b: |', null],
  ['a: "x|', 'value ["a"]'],
  ['a: some words |', null],
  ['text: >\n  some |', null],
  ['a: 1\n  b|', null],
])('%j is %j', (text, expected) => {
  expect(at(text)).toBe(expected)
})

test('inside a block of text nothing is told', () => {
  expect(yamlCursor('text: |\n  some', 14)).toBeNull()
})

test('no text and no offset makes it throw', () => {
  const piece = fc.constantFrom('a', ': ', ' ', '\n', '  ', '- ', '{', '"', "'", '#', '|', '\t')
  const text = fc.array(piece).map((all) => all.join(''))
  fc.assert(
    fc.property(text, fc.nat(100), (own, offset) => {
      const cursor = yamlCursor(own, Math.min(offset, own.length))
      if (cursor !== null) expect(cursor.from).toBeLessThanOrEqual(own.length)
    }),
  )
})
