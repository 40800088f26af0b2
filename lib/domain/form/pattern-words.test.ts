import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { patternWords } from './pattern-words.ts'

test.each([
  ['^/', { kind: 'prefix', prefixes: ['/'] }],
  ['^https?://', { kind: 'prefix', prefixes: ['http://', 'https://'] }],
  [String.raw`^s3:\/\/`, { kind: 'prefix', prefixes: ['s3://'] }],
  ['^[a-z0-9.-]+$', { kind: 'characters', named: ['lower', 'digits'], signs: ['.', '-'], ends: [] }],
  [
    '^[A-Za-z_]{1,63}$',
    { kind: 'characters', named: ['letters'], signs: ['_'], ends: [], count: { min: '1', max: '63' } },
  ],
  [
    '^[0-9]{4}$',
    { kind: 'characters', named: ['digits'], signs: [], ends: [], count: { min: '4', max: '4' } },
  ],
  [
    '^[0-9]{4,}$',
    { kind: 'characters', named: ['digits'], signs: [], ends: [], count: { min: '4', max: '' } },
  ],
  [
    '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
    { kind: 'characters', named: ['lower', 'digits'], signs: ['-'], ends: ['lower', 'digits'] },
  ],
])('%s can be said in words', (pattern, words) => {
  expect(patternWords(pattern)).toEqual(words)
})

test.each([
  '^(?!foo).*$',
  String.raw`^[^@\s]+@[^@\s]+$`,
  '^a+$',
  '^[b-f]+$',
  '^[!-~]+$',
  '^[abc]+$',
  '^a.c',
  '^a$',
  '@',
  '(',
  '',
  `^[a-z]+$${'x'.repeat(300)}`,
])('%s can’t', (pattern) => {
  expect(patternWords(pattern)).toBeNull()
})

test('the words mean what the pattern does', () => {
  const signs = fc.uniqueArray(fc.constantFrom('.', '_', '/', '-'))
  const ranges = fc.uniqueArray(fc.constantFrom('a-z', 'A-Z', '0-9'), { minLength: 1 })
  fc.assert(
    fc.property(ranges, signs, fc.string({ maxLength: 6 }), (named, extra, text) => {
      const pattern = `^[${named.join('')}${extra.toSorted((a) => (a === '-' ? 1 : -1)).join('')}]+$`
      const words = patternWords(pattern)
      if (words?.kind !== 'characters') throw new Error(pattern)
      const kinds = { letters: /[a-zA-Z]/, lower: /[a-z]/, upper: /[A-Z]/, digits: /[0-9]/ }
      const isAllowed = (sign: string) =>
        words.signs.includes(sign) || words.named.some((kind) => kinds[kind].test(sign))
      expect(text !== '' && Array.from(text).every(isAllowed)).toBe(new RegExp(pattern, 'u').test(text))
    }),
  )
})
