import { describe, expect, test } from 'vitest'
import { acceptedLanguage, languageOf } from './language.ts'

describe('acceptedLanguage', () => {
  test.each([
    [null, 'en'],
    ['', 'en'],
    ['zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
    ['en-GB,zh;q=0.5', 'en'],
    ['de-DE,de;q=0.9,zh;q=0.3,en;q=0.2', 'zh'],
    ['zh;q=0.1, en;q=0.9', 'en'],
    ['zh;q=0', 'en'],
    ['zh;q=nonsense', 'en'],
    ['fr', 'en'],
    [';;;,,q=', 'en'],
  ] as const)('%s → %s', (header, language) => {
    expect(acceptedLanguage(header)).toBe(language)
  })
})

test('a cookie with anything else is no language', () => {
  expect(languageOf('zh')).toBe('zh')
  expect(languageOf('ZH')).toBeNull()
  expect(languageOf('__proto__')).toBeNull()
  expect(languageOf(undefined)).toBeNull()
})
