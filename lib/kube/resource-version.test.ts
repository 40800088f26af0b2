import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareResourceVersions } from './resource-version.ts'

test('orders decimal versions as numbers of any size', () => {
  const version = fc.bigInt({ min: 0n, max: 10n ** 30n })
  fc.assert(
    fc.property(version, version, (a, b) => {
      const order = compareResourceVersions(String(a), String(b))
      expect(Math.sign(order ?? NaN)).toBe(a < b ? -1 : a > b ? 1 : 0)
    }),
  )
})

test.each([
  ['', '1'],
  ['1', 'abc'],
  ['01', '1'],
  ['-1', '1'],
  ['1.5', '1'],
])('says nothing about %j and %j', (a, b) => {
  expect(compareResourceVersions(a, b)).toBeUndefined()
})
