import { expect, test } from 'vitest'
import { readYamlMap } from './yaml-reader.ts'
import { locateSecrets } from './yaml-secrets.ts'

const SECRETS = [
  ['admin', 'password'],
  ['users', null, 'api-token'],
]

function hidden(text: string): string[] {
  return locateSecrets(text, readYamlMap(text), SECRETS).map(({ from, to }) => text.slice(from, to))
}

test('passwords are found at their paths, in rows too; other keys of that name are none', () => {
  const text =
    'password: plain\nadmin: {password: "a b", user: me}\nusers:\n  - api-token: x1\n  - api-token: ""\n'
  expect(hidden(text)).toEqual(['"a b"', 'x1'])
})

test('all of a password is hidden, however it is written', () => {
  expect(hidden('admin:\n  password: |\n    first\n    second\n\n  user: me\n')).toEqual([
    '|\n    first\n    second',
  ])
  expect(hidden('admin:\n  password:\n    - in a list\n    - of two\n')).toEqual([
    '- in a list\n    - of two',
  ])
  expect(hidden('base: &p hunter2\nadmin: {password: *p}\nusers: [{api-token: *p}]\n')).toEqual(['hunter2'])
})

test('while the text can’t be read, whatever stands behind a key of that name is hidden', () => {
  expect(hidden('admin:\n  password: hunter2 # mine\nbroken: [\n')).toEqual(['hunter2 # mine'])
  expect(hidden('users:\n- "api-token":   x\n  name: y\n a: b: c\n')).toEqual(['x'])
  expect(hidden('admin: {password: x\nother: 1')).toEqual(['x'])
  expect(hidden('password: |\n  first\n\n  second\nbroken: [')).toEqual(['|\n  first\n\n  second'])
  expect(hidden('- password:\n    first\n  broken: [')).toEqual(['\n    first'])
  expect(hidden('password:\nbroken: [')).toEqual([])
  expect(hidden('password: ""\nbroken: [')).toEqual([])
})
