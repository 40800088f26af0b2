import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { matchesFields, parseFieldSelector } from './field-selector.ts'

const escape = (text: string) => text.replaceAll(/[\\,=]/g, String.raw`\$&`)

test('values come back as they were, whatever is in them', () => {
  const part = fc.record({
    field: fc.constantFrom('metadata.name', 'type'),
    equal: fc.boolean(),
    value: fc.string(),
  })
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (parts) => {
      const text = parts
        .map(({ field, equal, value }) => `${field}${equal ? '=' : '!='}${escape(value)}`)
        .join(',')
      expect(parseFieldSelector(text)).toEqual(parts)
    }),
  )
})

test('all requirements must hold; a field that is missing is empty', () => {
  const selector = parseFieldSelector('a=1,b!=2')
  const fields = (values: Record<string, string>) => (field: string) => values[field]
  expect(matchesFields(selector, fields({ a: '1', b: '3' }))).toBe(true)
  expect(matchesFields(selector, fields({ a: '1' }))).toBe(true)
  expect(matchesFields(selector, fields({ a: '1', b: '2' }))).toBe(false)
  expect(matchesFields(selector, fields({ b: '3' }))).toBe(false)
})

test('nothing selects everything, nonsense nothing', () => {
  expect(parseFieldSelector('')).toEqual([])
  expect(() => parseFieldSelector('nonsense')).toThrow('invalid selector')
})
