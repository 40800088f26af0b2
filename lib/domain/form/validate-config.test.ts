import { describe, expect, test } from 'vitest'
import type { Descriptor } from '#lib/kinds/plugin-spec.ts'
import { compileForm } from './compile-form.ts'
import type { FormObject } from './form-model.ts'
import { validateConfig } from './validate-config.ts'

const UI = 'urn:alm:descriptor:com.tectonic.ui:'

function codes(capabilities: string[], value: unknown, config: FormObject = {}): string[] {
  const descriptors: Descriptor[] = [{ path: 'x', 'x-descriptors': capabilities.map((one) => UI + one) }]
  const form = compileForm({ config, descriptors })
  return validateConfig(form, { x: value } as FormObject).map((error) => error.code)
}

describe('validateConfig', () => {
  test.each<[string[], unknown, string[]]>([
    [['text', 'validation:required'], '', ['required']],
    [['text', 'validation:required'], null, ['required']],
    [['text', 'validation:required'], 'x', []],
    [['text'], { a: 1 }, ['type']],
    [['resourceRequirements', 'validation:required'], { limits: {} }, ['required']],
    [['yaml', 'validation:required'], {}, []],
    [['text', 'validation:minLength:2'], '中', ['minLength']],
    [['text', 'validation:maxLength:2'], '👍🏽x', ['maxLength']],
    [['text', 'validation:pattern:^a+$'], 'aab', ['pattern']],
    [['text', 'validation:pattern:^(a+)+$'], `${'a'.repeat(5000)}!`, ['pattern']],
    [['number', 'validation:minimum:1'], 0, ['minimum']],
    [['number', 'validation:maximum:1'], 2, ['maximum']],
    [['number'], '2', ['type']],
    [['podCount'], 1.5, ['integer']],
    [['booleanSwitch', 'validation:required'], undefined, []],
    [['booleanSwitch'], 'true', ['type']],
    [['select:a', 'select:b'], 'c', ['enum']],
    [['select:a', 'select:b', 'allowCreate'], 'c', []],
    [['select:a', 'select:b', 'multiple'], ['a', 'c'], ['enum']],
    [['select:a', 'select:b', 'multiple', 'validation:minLength:2'], ['a'], ['minLength']],
    [['tagsInput', 'validation:required'], [], ['required']],
    [['tagsInput', 'validation:pattern:^[a-z]$'], ['a', 'B'], ['pattern']],
    [['text', 'hidden', 'validation:required'], '', []],
    [['text', 'disabled', 'validation:required'], '', []],
    [['yaml'], { any: ['thing'] }, []],
  ])('%j with %j: %j', (capabilities, value, expected) => {
    expect(codes(capabilities, value)).toEqual(expected)
  })

  test('the plugin’s own default is never the user’s mistake', () => {
    expect(codes(['select:a'], 'old', { x: 'old' })).toEqual([])
    expect(codes(['number'], 'old', { x: 'old' })).toEqual([])
  })

  test('types follow what the config holds', () => {
    expect(codes(['number'], '20', { x: '10' })).toEqual([])
    expect(codes(['number'], 'much', { x: '10' })).toEqual(['type'])
    expect(codes(['select:1', 'select:3'], 3, { x: 1 })).toEqual([])
    expect(codes(['select:1', 'select:3'], '3', { x: 1 })).toEqual(['enum'])
  })

  test('an error never carries the value', () => {
    const descriptors = [{ path: 'x', 'x-descriptors': [`${UI}password`, `${UI}validation:minLength:99`] }]
    const errors = validateConfig(compileForm({ descriptors }), { x: 'hunter2' })
    expect(JSON.stringify(errors)).not.toContain('hunter2')
    expect(errors).toHaveLength(1)
  })
})

test('a list of numbers takes no texts', () => {
  const form = compileForm({ config: { ports: [80, 443] } })
  const codes = (ports: FormObject[string]) => validateConfig(form, { ports }).map(({ code }) => code)
  expect(codes([8080])).toEqual([])
  expect(codes([8080, 'http'])).toEqual(['type'])
})
