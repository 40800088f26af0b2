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

test('while the text can’t be read, whatever stands behind a key of that name is hidden', () => {
  expect(hidden('admin:\n  password: hunter2 # mine\nbroken: [\n')).toEqual(['hunter2 # mine'])
  expect(hidden('users:\n- "api-token":   x\n  name: y\n a: b: c\n')).toEqual(['x'])
  expect(hidden('admin: {password: x\nother: 1')).toEqual(['x'])
  expect(hidden('password:\nbroken: [')).toEqual([])
  expect(hidden('password: ""\nbroken: [')).toEqual([])
})
