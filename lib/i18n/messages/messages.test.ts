import { describe, expect, test } from 'vitest'
import { PROBLEM_CODES } from '#lib/contract/problem.ts'
import { PLUGIN_STATUSES } from '#lib/domain/plugin-status.ts'
import { REASON_CODES } from '#lib/domain/reason.ts'
import { LANGUAGES } from '../language.ts'
import { messagesOf } from '../messages-of.ts'
import { problemText } from '../problem-text.ts'
import { reasonText } from '../reason-text.ts'

function paths(tree: object, prefix = ''): string[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'object' ? paths(value, `${prefix}${key}.`) : [`${prefix}${key} ${typeof value}`],
  )
}

test('both languages have the same messages', () => {
  expect(paths(messagesOf('zh')).sort()).toEqual(paths(messagesOf('en')).sort())
})

describe.each(LANGUAGES)('%s', (language) => {
  const messages = messagesOf(language)

  test.each(REASON_CODES)('%s has a sentence, with and without parameters', (code) => {
    const bare = reasonText(messages, { code })
    expect(bare).not.toMatch(/undefined|null|\[object/)
    expect(bare.length).toBeGreaterThan(1)
    expect(bare).not.toBe(code)
  })

  test('a sentence carries what it speaks about', () => {
    const text = reasonText(messages, {
      code: 'cluster-label-missing',
      params: { cluster: 'edge', key: 'cpaas.io/arch-amd64', expected: 'true' },
    })
    expect(text).toContain('edge')
    expect(text).toContain('cpaas.io/arch-amd64')
  })

  test('every status and problem has its words', () => {
    for (const status of PLUGIN_STATUSES) {
      expect(messages.common.status[status]).toBeTruthy()
      expect(messages.common.statusMeaning[status]).toBeTruthy()
    }
    for (const code of PROBLEM_CODES) expect(messages.problems.titles[code]).toBeTruthy()
  })
})

test('no Chinese message was left in English', () => {
  const leftInEnglish: string[] = []
  const walk = (tree: object, path: string) => {
    for (const [key, value] of Object.entries(tree)) {
      if (typeof value === 'object') walk(value, `${path}${key}.`)
      else if (typeof value === 'string' && value !== '' && !/\p{Script=Han}/u.test(value))
        leftInEnglish.push(`${path}${key}`)
    }
  }
  walk(messagesOf('zh'), '')
  expect(leftInEnglish).toEqual(['plugins.detail.charts'])
})

test('an unknown code is shown as it is, and never reaches the prototype', () => {
  const messages = messagesOf('en')
  expect(reasonText(messages, { code: 'constructor' as never })).toBe('constructor')
  const problem = { type: 'about:blank', title: 'Odd', status: 500, detail: 'why', requestId: 'r' }
  expect(problemText(messages, { ...problem, code: 'odd' as never })).toEqual({
    title: 'Odd',
    lines: ['why'],
    hint: '',
  })
})

test('why a plugin can’t be removed comes in the reader’s language, as far as the plugin has it', () => {
  const both = { code: 'not-deletable', params: { message: 'Needed', messageZh: '必需' } } as const
  expect(reasonText(messagesOf('en'), both)).toBe('Needed')
  expect(reasonText(messagesOf('zh'), both)).toBe('必需')
  expect(reasonText(messagesOf('zh'), { code: 'not-deletable', params: { message: 'Needed' } })).toBe(
    'Needed',
  )
})
