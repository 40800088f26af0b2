import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { stringify } from 'yaml'
import type { Json } from '#lib/kinds/object.ts'
import { ApiError } from '../api-error.ts'
import { parseConfiguration } from './parse-configuration.ts'

test('JSON and YAML of the same object mean the same', () => {
  const objects = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })) as fc.Arbitrary<Json>
  fc.assert(
    fc.property(objects, (object) => {
      const value = JSON.parse(JSON.stringify(object)) as Json
      // The library writes this key bare, which merges: that is another object.
      fc.pre(!JSON.stringify(value).includes('"<<"'))
      expect(parseConfiguration(JSON.stringify(value))).toEqual({ value, duplicates: [] })
      expect(parseConfiguration(stringify(value, { version: '1.1' })).value).toEqual(value)
    }),
  )
})

test('no text makes it throw anything but a bad request', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.string({
          unit: fc.constantFrom(
            '{',
            '}',
            '[',
            ']',
            ':',
            ',',
            '-',
            '&',
            '*',
            '!',
            '|',
            '>',
            '"',
            ' ',
            '\n',
            'a',
          ),
        }),
      ),
      (text) => {
        try {
          parseConfiguration(text)
        } catch (error) {
          expect(error).toBeInstanceOf(ApiError)
          expect((error as ApiError).code).toBe(400)
        }
      },
    ),
  )
})

test.each([
  ['a: yes', { a: true }],
  ['a: 010', { a: 8 }],
  ['a: 2026-01-01', { a: '2026-01-01' }],
  ['a: 2026-01-01T00:00:00Z', { a: '2026-01-01T00:00:00Z' }],
  ['a: 12:30:45', { a: '12:30:45' }],
  ['a: "yes"', { a: 'yes' }],
  ['{"a": 1', undefined],
])('YAML is read as Go reads it: %s', (text, value) => {
  if (value === undefined) expect(() => parseConfiguration(text)).toThrow(ApiError)
  else expect(parseConfiguration(text).value).toEqual(value)
})

test('of a key that is there twice the last value counts, and each is told', () => {
  expect(parseConfiguration('a: 1\nb:\n  c: 1\n  "c": 2\na: 3\n')).toEqual({
    value: { a: 3, b: { c: 2 } },
    duplicates: ['line 4: key "c" already set in map', 'line 5: key "a" already set in map'],
  })
})

test('what is nested too deeply is refused', () => {
  expect(() => parseConfiguration(`{"a":${'['.repeat(5000)}${']'.repeat(5000)}}`)).toThrow(ApiError)
  expect(() => parseConfiguration(`a: ${'['.repeat(5000)}${']'.repeat(5000)}`)).toThrow(ApiError)
})
