import { expect, test } from 'vitest'
import type { Json } from '#lib/kinds/object.ts'
import { compileForm } from './form/compile-form.ts'
import { hideSecrets, secretPaths } from './hide-secrets.ts'

const PASSWORD = 'urn:alm:descriptor:com.tectonic.ui:password'
const form = compileForm({
  config: { db: { password: '', user: 'x' } },
  descriptors: [
    { path: 'db.password', 'x-descriptors': [PASSWORD] },
    { path: 'db.user', 'x-descriptors': [] },
  ],
})

const USERS: Json[] = [{ key: 'k', name: 'n' }, { key: null }, 'x']

test('passwords are hidden wherever the value that holds them begins', () => {
  const secrets = [...secretPaths(form, undefined), ['users', null, 'key']]
  expect(secrets[0]).toEqual(['db', 'password'])
  const config = {
    db: { password: 'p', user: 'u' },
    users: USERS,
    key: 'open',
  }
  expect(hideSecrets(config, [], secrets, '***')).toEqual({
    db: { password: '***', user: 'u' },
    users: [{ key: '***', name: 'n' }, { key: null }, 'x'],
    key: 'open',
  })
  expect(hideSecrets(config.db, ['db'], secrets, '***')).toEqual({ password: '***', user: 'u' })
  expect(hideSecrets('p', ['db', 'password'], secrets, '***')).toBe('***')
  expect(hideSecrets({ deep: 1 }, ['db', 'password', 'deeper'], secrets, '***')).toBe('***')
  expect(hideSecrets('k', ['users', 0, 'key'], secrets, '***')).toBe('***')
  expect(hideSecrets('u', ['db', 'user'], secrets, '***')).toBe('u')
  expect(hideSecrets('', ['db', 'password'], secrets, '***')).toBe('')
  expect(hideSecrets(undefined, ['db', 'password'], secrets, '***')).toBeUndefined()
})
