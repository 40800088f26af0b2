import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cleanLine, cleanText } from './clean-text.ts'
import { cleanLocalText, displayNameOf, parseLocalText, pick } from './local-text.ts'

function named(annotations: Record<string, string>): string {
  const object = { apiVersion: 'v1', kind: 'X', metadata: { name: 'web-cli', annotations } }
  return JSON.stringify(displayNameOf(object, 'web-cli'))
}

describe('names', () => {
  test('plain or in both languages, swapped or not', () => {
    const both = '{"en":"Web Terminal","zh":"网页终端"}'
    const local = '{"en":"Web Terminal","zh":"网页终端"}'
    expect(named({ 'cpaas.io/display-name': both, 'cpaas.io/module-name': 'web-cli' })).toBe(local)
    expect(named({ 'cpaas.io/display-name': 'web-cli', 'cpaas.io/module-name': both })).toBe(local)
    expect(named({ 'cpaas.io/display-name': 'Plain', 'cpaas.io/module-name': 'other' })).toBe(
      '{"en":"Plain"}',
    )
    expect(named({ 'cpaas.io/display-name': ' ', 'cpaas.io/module-name': 'only' })).toBe('{"en":"only"}')
    expect(named({})).toBe('{"en":"web-cli"}')
  })
  test.each(['{"en":', '{}', '{"en":""}', '{"en":5}', '{broken', '[1]', '"x"', '{"__proto__":{"en":"x"}}'])(
    'what is no such JSON is shown as it is: %s',
    (text) => expect(parseLocalText(text)).toEqual({ en: text }),
  )
  test('fall back to the other language', () => {
    expect(pick({ en: 'a', zh: '甲' }, 'zh')).toBe('甲')
    expect(pick({ en: 'a' }, 'zh')).toBe('a')
    expect(pick({ en: ' ', zh: '甲' }, 'en')).toBe('甲')
    expect(pick(undefined, 'en')).toBe('')
  })
  test('descriptions keep line breaks and lose what hides', () => {
    expect(cleanLocalText({ en: 'a\nb\u202Ec\u0000', zh: ' ' })).toEqual({ en: 'a\nbc' })
  })
})

describe('cleaning', () => {
  test('a line has no breaks and HTML stays text', () => {
    expect(cleanLine(' a\n\t b ', 10)).toBe('a b')
    expect(cleanLine('<b>x</b>', 20)).toBe('<b>x</b>')
  })
  test('never longer than asked for, no controls, no half characters, always the same twice', () => {
    const hostile = fc.string({
      unit: fc.constantFrom('a', '😀', '\u202e', '\u0007', '中', '\u2066'),
      maxLength: 60,
    })
    fc.assert(
      fc.property(hostile, fc.integer({ min: 1, max: 20 }), (text, longest) => {
        const cleaned = cleanText(text, longest)
        expect(cleaned.length).toBeLessThanOrEqual(longest)
        expect(cleaned).not.toMatch(/[\p{Cc}\u202e\u2066]/u)
        expect(cleaned.isWellFormed()).toBe(true)
        expect(cleanText(cleaned, longest)).toBe(cleaned)
      }),
    )
  })
  test('a text of megabytes costs nothing', () => {
    cleanLine('\u202ex '.repeat(3_000_000), 100)
  })
})
