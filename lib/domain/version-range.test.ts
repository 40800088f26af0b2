import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareVersions } from './semver.ts'
import { matchesRange, parseRange } from './version-range.ts'

function matches(text: string, version: string): boolean | undefined {
  const range = parseRange(text)
  return range === undefined ? undefined : matchesRange(range, version)
}

describe('ranges', () => {
  test.each([
    // blang/semver
    ['>1.0.0 <2.0.0', '1.5.0', true],
    ['>1.0.0 <2.0.0', '1.0.0', false],
    ['<2.0.0 || >=3.0.0', '2.5.0', false],
    ['<2.0.0 || >=3.0.0', '3.0.0', true],
    ['>1.0.0 <3.0.0 !2.0.3-beta.2', '2.0.3-beta.2', false],
    ['>1.0.0 <3.0.0 !=2.0.3-beta.2', '2.0.3-beta.3', true],
    ['1.2.3', '1.2.3', true],
    ['==1.2.3', '1.2.4', false],
    ['1.2.x', '1.2.9', true],
    ['1.2.x', '1.3.0', false],
    ['1.x', '1.9.9', true],
    ['1.x.x', '2.0.0', false],
    ['>=1.2.x', '1.2.0', true],
    ['<=1.2.x', '1.2.99', true],
    ['<=1.2.x', '1.3.0', false],
    ['>1.2.x', '1.2.99', false],
    ['>1.2.x', '1.3.0', true],
    ['<1.x', '0.9.0', true],
    ['!=1.2.x', '1.2.7', false],
    ['!=1.2.x', '1.3.0', true],
    // prereleases compare plainly
    ['<2.0.0', '2.0.0-alpha', true],
    ['>=2.0.0', '2.0.0-alpha', false],
    ['>=1.0.0', '1.5.0-rc.1', true],
    // what real data holds
    ['*', 'v9.9.9-x', true],
    ['', '1.0.0', true],
    ['>= v4.0.0 < v4.1.0', 'v4.0.15', true],
    ['>=  4.0.0  ||  1.0.0', '1.0.0', true],
    ['>=4.0.0||1.0.0', '1.0.0', true],
    ['^1.2.3', '1.9.0', true],
    ['^1.2.3', '2.0.0', false],
    ['^0.2.3', '0.3.0', false],
    ['^0.0.3', '0.0.4', false],
    ['^0.0.3', '0.0.3', true],
    ['~1.2.3', '1.2.9', true],
    ['~1.2.3', '1.3.0', false],
    ['~1', '1.9.0', true],
    ['^1', '1.9.0', true],
    ['^0.0', '0.0.9', true],
    ['>=4.0', '4.0.0', true],
    ['4.1', '4.1.7', true],
    ['V1.0.0', '1.0.0', true],
    ['1.2.3', 'latest', false],
    ['!=1.2.3', 'latest', false],
    ['*', 'latest', true],
  ] as const)('%j on %s is %s', (text, version, expected) => {
    expect(matches(text, version)).toBe(expected)
  })

  test.each([
    'banana',
    '>',
    '>=',
    '||',
    '1.0.0 ||',
    '|| 1.0.0',
    '>=>1.0.0',
    '1.x.3',
    '=~1.0.0',
    '1.2.3.4',
    '01.2.3',
    '>=1.0.0 and',
  ])('nobody can parse %j', (text) => expect(parseRange(text)).toBeUndefined())

  const number = fc.integer({ min: 0, max: 4 })
  const version = fc
    .tuple(number, number, number, fc.constantFrom('', '-a', '-rc.1'))
    .map(([a, b, c, pre]) => `${a}.${b}.${c}${pre}`)

  test('a range and its complement share nothing and leave nothing out', () => {
    const pairs = [
      ['>', '<='],
      ['<', '>='],
      ['=', '!='],
      ['', '!'],
    ] as const
    fc.assert(
      fc.property(fc.constantFrom(...pairs), version, version, ([operator, opposite], limit, tried) => {
        expect(matches(`${operator}${limit}`, tried)).not.toBe(matches(`${opposite}${limit}`, tried))
      }),
    )
  })
  test('and narrows, or widens', () => {
    fc.assert(
      fc.property(version, version, version, (low, high, tried) => {
        const inside = compareVersions(tried, low) >= 0 && compareVersions(tried, high) < 0
        expect(matches(`>=${low} <${high}`, tried)).toBe(inside)
        expect(matches(`<${low} || >=${high}`, tried)).toBe(
          compareVersions(tried, low) < 0 || compareVersions(tried, high) >= 0,
        )
      }),
    )
  })
  test('never throws and never takes long, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 300, unit: fc.constantFrom(...'01.xv*^~<>=!| -+a'.split('')) }),
        (text) => {
          matches(text, '1.0.0')
        },
      ),
    )
    parseRange('> '.repeat(1000))
    parseRange(' '.repeat(2000))
  })
})
