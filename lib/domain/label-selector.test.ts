import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { matchesSelector, parseLabelSelector } from './label-selector.ts'

const LABELS = { app: 'web', 'cpaas.io/credentials': 'S3', size: '12', empty: '' }

function matches(text: string): boolean | null {
  const selector = parseLabelSelector(text)
  return selector === null ? null : matchesSelector(selector, LABELS)
}

describe('a label selector in words', () => {
  test.each([
    ['', true],
    ['app=web', true],
    ['app == web', true],
    ['app=db', false],
    ['app!=db', true],
    ['missing!=x', true],
    ['app', true],
    ['missing', false],
    ['!missing', true],
    ['! app', false],
    ['app in (db, web)', true],
    ['app in(db,web)', true],
    ['app notin (web)', false],
    ['missing notin (web)', true],
    ['cpaas.io/credentials=S3,app in (web)', true],
    ['empty=', true],
    ['size>9', true],
    ['size<9', false],
    ['app>9', false],
    ['constructor', false],
    ['__proto__=x', null],
  ])('%s: %s', (text, expected) => {
    expect(matches(text)).toBe(expected)
  })

  test.each(['=', 'a=b=c', 'a b', 'a in (b', 'a in b)', ',', 'a=b,', 'size>x', 'a/b/c=d', 'ä=b', '../x'])(
    '%j is none',
    (text) => {
      expect(parseLabelSelector(text)).toBeNull()
    },
  )

  test('whatever is written, reading ends, throws nothing and is bounded', () => {
    const pieces = fc.constantFrom(
      'a',
      '=',
      '!',
      '(',
      ')',
      ',',
      ' in ',
      ' notin ',
      '>',
      '9',
      '/',
      '.',
      '\u0000',
    )
    const texts = fc.oneof(
      fc.string(),
      fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(texts, (text) => {
        const selector = parseLabelSelector(text)
        if (selector !== null) expect(typeof matchesSelector(selector, LABELS)).toBe('boolean')
      }),
    )
    expect(parseLabelSelector('a'.repeat(2001))).toBeNull()
    expect(parseLabelSelector(' '.repeat(1999) + 'x')).not.toBeNull()
  })
})
