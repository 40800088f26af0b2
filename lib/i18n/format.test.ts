import { describe, expect, test } from 'vitest'
import { formatBytes, formatDateTime, formatList, formatRelative } from './format.ts'

describe('formatRelative', () => {
  const now = Date.parse('2026-03-05T12:00:00Z')
  test.each([
    ['2026-03-05T11:59:40Z', 'now', '现在'],
    ['2026-03-05T11:57:00Z', '3 minutes ago', '3分钟前'],
    ['2026-03-05T09:00:00Z', '3 hours ago', '3小时前'],
    ['2026-03-04T12:00:00Z', 'yesterday', '昨天'],
    ['2026-03-05T12:02:00Z', 'in 2 minutes', '2分钟后'],
  ])('%s', (iso, en, zh) => {
    expect(formatRelative('en', iso, now)).toBe(en)
    expect(formatRelative('zh', iso, now)).toBe(zh)
  })

  test('what is no date is shown as it is', () => {
    expect(formatRelative('en', 'soon', now)).toBe('soon')
    expect(formatDateTime('zh', 'soon')).toBe('soon')
  })
})

test('bytes have binary units', () => {
  expect(formatBytes('en', 0)).toBe('0 B')
  expect(formatBytes('en', 1023)).toBe('1,023 B')
  expect(formatBytes('en', 1536)).toBe('1.5 KiB')
  expect(formatBytes('zh', 512 * 1024 * 1024)).toBe('512 MiB')
  expect(formatBytes('en', 3 * 1024 ** 5)).toBe('3,072 TiB')
})

test('lists follow the language', () => {
  expect(formatList('en', ['a', 'b', 'c'])).toBe('a, b, and c')
  expect(formatList('zh', ['a', 'b', 'c'])).toBe('a、b和c')
})
