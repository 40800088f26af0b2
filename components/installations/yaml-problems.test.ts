import { expect, test } from 'vitest'
import { compileForm } from '#lib/domain/form/compile-form.ts'
import { readYamlMap } from '#lib/domain/form/yaml-reader.ts'
import { messagesOf } from '#lib/i18n/messages-of.ts'
import { yamlProblems } from './yaml-problems.ts'

const UI = 'urn:alm:descriptor:com.tectonic.ui'

const form = compileForm({
  config: { size: 'Small', replicas: 1, path: '/data' },
  descriptors: [
    { path: 'size', 'x-descriptors': [`${UI}:select:Small`, `${UI}:select:Large`] },
    { path: 'replicas', 'x-descriptors': [`${UI}:number`, `${UI}:validation:maximum:3`] },
    { path: 'name', 'x-descriptors': [`${UI}:text`, `${UI}:validation:required`] },
  ],
  fixedDescriptors: [{ path: 'path', 'x-descriptors': [`${UI}:text`] }],
})

function problems(
  text: string,
  refused: { path: string; detail: string }[] = [],
  current?: Record<string, string | number>,
): string[] {
  const reading = readYamlMap(text)
  return yamlProblems({ messages: messagesOf('en'), reading, form, current, refused }).map(
    ({ from, to, message }) => `${text.slice(from, to)} | ${message}`,
  )
}

test('what breaks a rule is told at its value, in the order of the text; what is missing at the beginning', () => {
  expect(problems('replicas: 9\nsize: Tiny # why\n')).toEqual([
    ' | name: A value is needed.',
    '9 | replicas: It must be 3 or less.',
    'Tiny | size: Choose one of the values offered.',
  ])
  expect(problems('size: Small\nreplicas: 1\nname: x\n')).toEqual([])
})

test('what can’t change after installing is told where it was changed', () => {
  const current = { size: 'Small', replicas: 1, name: 'x', path: '/data' }
  expect(problems('name: x\npath: /other\n', [], current)).toEqual([
    '/other | path: This can’t be changed after installing.',
  ])
})

test('the server’s word stands beside them, once for each value', () => {
  const refused = [
    { path: 'name', detail: 'taken' },
    { path: 'size', detail: 'no such size' },
    { path: '', detail: 'not today' },
  ]
  expect(problems('name: x\nsize: Tiny\n', refused)).toEqual([
    ' | not today',
    'x | name: taken',
    'Tiny | size: Choose one of the values offered.',
  ])
})

test('a text that is no YAML has only that problem; a list is no configuration', () => {
  expect(problems('size: [Tiny\nname: 1\n', [{ path: 'name', detail: 'taken' }])).toHaveLength(1)
  expect(problems('- a\n- b\n')).toEqual(['- a\n- b\n | This must be a map: keys with their values.'])
})
