import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareQuantities, isAmount, parseQuantity } from './quantity.ts'

test.each([
  '0',
  '1',
  '+1',
  '-1',
  '1.',
  '.5',
  '1.5',
  '500m',
  '2Ki',
  '1.5Gi',
  '3E',
  '1e3',
  '1E-3',
  '1e+3',
  '100n',
  '7u',
])('%s is a quantity', (text) => {
  expect(parseQuantity(text)).not.toBeNull()
})

test.each([
  '',
  '.',
  'm',
  '1 Gi',
  ' 1',
  '1gi',
  '1K',
  '1KB',
  '1e',
  '1e3m',
  '0x10',
  '1,5',
  '--1',
  '1e9999',
  '1'.repeat(101),
  'NaN',
])('%s is none', (text) => {
  expect(parseQuantity(text)).toBeNull()
})

test.each<[string | number, string | number, number]>([
  ['1000m', '1', 0],
  ['1Ki', '1024', 0],
  ['1Gi', '1G', 1],
  ['0.1', '100m', 0],
  [0.1, '100m', 0],
  [1e-7, '100n', 0],
  ['1E', '1000P', 0],
  ['1e3', '1k', 0],
  ['9007199254740993', '9007199254740992', 1],
  ['1.5Gi', '1536Mi', 0],
  ['-1', '1n', -1],
])('%s compared with %s', (a, b, expected) => {
  expect(compareQuantities(a, b)).toBe(expected)
  expect(compareQuantities(b, a)).toBe(expected === 0 ? 0 : -expected)
})

test('what is no quantity compares with nothing', () => {
  expect(compareQuantities('much', '1')).toBeNull()
  expect([isAmount('1Gi'), isAmount(2), isAmount('-1'), isAmount(null), isAmount({})]).toEqual([
    true,
    true,
    false,
    false,
    false,
  ])
})

test('comparing is exact, whatever the suffixes', () => {
  const suffix = fc.constantFrom<[string, bigint]>(
    ['m', 1n],
    ['', 1000n],
    ['k', 1_000_000n],
    ['Ki', 1_024_000n],
    ['Gi', 1_073_741_824_000n],
  )
  const amount = fc.tuple(fc.bigInt(0n, 10n ** 18n), suffix)
  fc.assert(
    fc.property(amount, amount, ([a, [aName, aFactor]], [b, [bName, bFactor]]) => {
      const difference = a * aFactor - b * bFactor
      const expected = difference === 0n ? 0 : difference < 0n ? -1 : 1
      expect(compareQuantities(`${a}${aName}`, `${b}${bName}`)).toBe(expected)
    }),
  )
})

test('any text is a quantity or none, never an exception', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9.eEmkKMGi+-]{0,12}$/)), (text) => {
      if (parseQuantity(text) !== null) expect(compareQuantities(text, text)).toBe(0)
    }),
  )
})
