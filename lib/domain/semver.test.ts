import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareVersions, parseVersion } from './semver.ts'

describe('parseVersion', () => {
  test('reads every part, with or without a leading v', () => {
    expect(parseVersion('v4.0.15-beta.2+abc.1')).toEqual({
      major: 4,
      minor: 0,
      patch: 15,
      prerelease: ['beta', '2'],
      build: 'abc.1',
    })
    expect(parseVersion('1.2.3')?.prerelease).toEqual([])
  })
  test.each([
    '',
    'v',
    '1',
    '1.2',
    '1.2.3.4',
    '01.2.3',
    '1.2.3-',
    '1.2.3-01',
    '1.2.3+',
    'latest',
    ' 1.2.3',
    'vv1.2.3',
  ])('refuses %j', (text) => expect(parseVersion(text)).toBeUndefined())
  test('takes no time over a hostile text', () => {
    expect(parseVersion(`1.2.3-${'0'.repeat(200_000)}`)).toBeUndefined()
    expect(parseVersion(`1.2.3-${'a.'.repeat(120)}!`)).toBeUndefined()
  })
})

const ORDERED = [
  'latest',
  'nightly',
  '0.9.9',
  'v1.0.0-alpha',
  '1.0.0-alpha.1',
  'v1.0.0-alpha.beta',
  '1.0.0-beta',
  '1.0.0-beta.2',
  '1.0.0-beta.11',
  '1.0.0-rc.1',
  'v1.0.0',
  '1.2.0',
  'v1.10.0',
  '4.0.4',
]

const part = fc.integer({ min: 0, max: 12 })
const versionText = fc
  .tuple(
    fc.constantFrom('', 'v'),
    part,
    part,
    part,
    fc.constantFrom('', '-0', '-1', '-10', '-a', '-a.1', '-a.b', '-rc', 'x'),
  )
  .map(([v, major, minor, patch, pre]) => `${v}${major}.${minor}.${patch}${pre}`)

describe('compareVersions', () => {
  test('follows semver order, and what is no version sorts below', () => {
    const shuffled = ORDERED.toSorted((a, b) => (a.length % 5) - (b.length % 5))
    expect(shuffled.sort(compareVersions)).toEqual(ORDERED)
  })
  test('ignores the leading v and build metadata', () => {
    expect(compareVersions('v1.2.3', '1.2.3+build')).toBe(0)
  })
  test('is a total order', () => {
    fc.assert(
      fc.property(versionText, versionText, versionText, (a, b, c) => {
        expect(Math.sign(compareVersions(a, b))).toBe(-Math.sign(compareVersions(b, a)) + 0)
        expect(compareVersions(a, a)).toBe(0)
        if (compareVersions(a, b) <= 0 && compareVersions(b, c) <= 0)
          expect(compareVersions(a, c)).toBeLessThanOrEqual(0)
      }),
    )
  })
})
