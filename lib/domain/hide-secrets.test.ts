import { expect, test } from 'vitest'
import type { Json } from '#lib/kinds/object.ts'
import { compileForm } from './form/compile-form.ts'
import { formatPath } from './form/form-path.ts'
import { hideSecrets, secretPaths } from './hide-secrets.ts'

const PASSWORD = 'urn:alm:descriptor:com.tectonic.ui:password'
const form = compileForm({
  config: { db: { password: '', user: 'x' } },
  descriptors: [
    { path: 'db.password', 'x-descriptors': [PASSWORD] },
    { path: 'db.user', 'x-descriptors': [] },
  ],
})

const mask = () => '***'
const USERS: Json[] = [{ key: 'k', name: 'n' }, { key: null }, 'x']

test('passwords are hidden wherever the value that holds them begins', () => {
  const secrets = [...secretPaths(form, undefined, form), ['users', null, 'key'], ['users', 0, 'key']]
  expect(secrets[0]).toEqual(['db', 'password'])
  const config = {
    db: { password: 'p', user: 'u' },
    users: USERS,
    key: 'open',
  }
  expect(hideSecrets(config, [], secrets, mask)).toEqual({
    db: { password: '***', user: 'u' },
    users: [{ key: '***', name: 'n' }, { key: null }, 'x'],
    key: 'open',
  })
  expect(hideSecrets(config.db, ['db'], secrets, mask)).toEqual({ password: '***', user: 'u' })
  expect(hideSecrets('p', ['db', 'password'], secrets, mask)).toBe('***')
  expect(hideSecrets({ deep: 1 }, ['db', 'password', 'deeper'], secrets, mask)).toBe('***')
  expect(hideSecrets('k', ['users', 0, 'key'], secrets, mask)).toBe('***')
  expect(hideSecrets('u', ['db', 'user'], secrets, mask)).toBe('u')
  expect(hideSecrets('', ['db', 'password'], secrets, mask)).toBe('')
  expect(hideSecrets(undefined, ['db', 'password'], secrets, mask)).toBeUndefined()
  expect(
    hideSecrets(config, [], secrets, (value, path) => `${formatPath(path)}=${JSON.stringify(value)}`),
  ).toMatchObject({
    db: { password: 'db.password="p"' },
    users: [{ key: 'users[0].key="k"' }, { key: null }, 'x'],
  })
})
