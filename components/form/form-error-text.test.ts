import { describe, expect, test } from 'vitest'
import { compileForm } from '#lib/domain/form/compile-form.ts'
import { validateConfig } from '#lib/domain/form/validate-config.ts'
import { messagesOf } from '#lib/i18n/messages-of.ts'
import type { FormValue } from '#lib/domain/form/form-model.ts'
import { formErrorText } from './form-error-text.ts'

const UI = 'urn:alm:descriptor:com.tectonic.ui:'

function told(language: 'en' | 'zh', value: FormValue, ...capabilities: string[]): string[] {
  const form = compileForm({
    descriptors: [{ path: 'x', 'x-descriptors': capabilities.map((one) => UI + one) }],
  })
  return validateConfig(form, { x: value }).map((error) => formErrorText(messagesOf(language), error))
}

describe('how long a value may be', () => {
  test('counts characters of a text and entries of a list', () => {
    expect(told('en', 'abcd', 'text', 'validation:maxLength:3')).toEqual([
      'It must have at most 3 characters.',
    ])
    expect(told('en', ['a', 'b'], 'tagsInput', 'validation:maxLength:1')).toEqual([
      'No more than one entry may be there.',
    ])
    expect(told('zh', ['a'], 'tagsInput', 'validation:minLength:2')).toEqual(['至少需要 2 项。'])
  })

  test('by a JSON Schema, too', () => {
    const items = { type: 'array', items: { type: 'string' }, minItems: 2 }
    const form = compileForm({ config: { type: 'object', properties: { x: items } } })
    expect(validateConfig(form, { x: ['a'] }).map((error) => formErrorText(messagesOf('en'), error))).toEqual(
      ['At least 2 entries must be there.'],
    )
  })
})

describe('what a pattern asks for', () => {
  test.each([
    ['^/', 'It must begin with /'],
    ['^https?://', 'It must begin with http:// or https://'],
    ['^[a-z0-9-]{1,63}$', 'Only lower-case letters (a–z), digits, and “-” are allowed. 1 to 63 of them.'],
    [
      '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
      'Only lower-case letters (a–z), digits, and “-” are allowed. The first and the last must be lower-case letters (a–z) or digits.',
    ],
  ])('%s is said in words', (pattern, words) => {
    expect(told('en', '!', 'text', `validation:pattern:${pattern}`)).toEqual([words])
  })

  test('in Chinese as well; what has no words is shown as it is', () => {
    expect(told('zh', '!', 'text', 'validation:pattern:^https?://')).toEqual([
      '必须以 http:// 或 https:// 开头',
    ])
    expect(told('en', '!', 'text', 'validation:pattern:^(a|b)c$')).toEqual([
      'It does not have the form that the plugin asks for, the regular expression ^(a|b)c$',
    ])
  })
})
