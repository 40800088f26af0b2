import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateKey } from 'openpgp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DEFAULT_LIMITS, type PackageLimits } from './package-limits.ts'
import { DEFAULT_PACKAGE_SETTINGS, limitVariable, loadPackageSettings } from './package-settings.ts'

let dir = ''
let keyring = ''
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'settings-'))
  keyring = join(dir, 'keys.asc')
  const { publicKey } = await generateKey({ userIDs: [{ name: 'Ada' }] })
  await writeFile(keyring, publicKey)
  await writeFile(join(dir, 'password'), 'p ss\n')
  await writeFile(join(dir, 'ca.crt'), 'PEM')
})
afterAll(() => rm(dir, { recursive: true }))

describe('what the environment says about packages', () => {
  test('nothing', async () => expect(await loadPackageSettings({})).toEqual(DEFAULT_PACKAGE_SETTINGS))

  test('a registry', async () => {
    const { registry } = await loadPackageSettings({
      REGISTRY_ADDRESS: 'registry.example:5000/team/plugins',
      REGISTRY_CA_FILE: join(dir, 'ca.crt'),
      REGISTRY_USERNAME: 'admin',
      REGISTRY_PASSWORD_FILE: join(dir, 'password'),
    })
    expect(registry.explicit).toEqual({
      host: 'registry.example:5000',
      isPlain: false,
      prefix: 'team/plugins',
      ca: 'PEM',
      credentials: { username: 'admin', password: 'p ss' },
    })
    const plain = await loadPackageSettings({ REGISTRY_ADDRESS: 'http://127.0.0.1:5000' })
    expect(plain.registry.explicit).toMatchObject({
      host: '127.0.0.1:5000',
      isPlain: true,
      credentials: null,
    })
  })

  test('every limit has a variable', async () => {
    const names = Object.keys(DEFAULT_LIMITS) as (keyof PackageLimits)[]
    const env = Object.fromEntries(names.map((name, at) => [limitVariable(name), String(at + 1)]))
    expect(env['PACKAGE_LIMIT_UNPACKED_BYTES']).toBeDefined()
    const { limits } = await loadPackageSettings(env)
    expect(limits).toEqual(Object.fromEntries(names.map((name, at) => [name, at + 1])))
  })

  test('a keyring', async () => {
    const settings = await loadPackageSettings({
      PACKAGE_VERIFICATION: 'require',
      PACKAGE_KEYRING_FILES: keyring,
    })
    expect(settings.policy).toBe('require')
    expect(settings.keyring.keys).toHaveLength(1)
  })

  test.each<[Record<string, string>, RegExp]>([
    [{ PACKAGE_VERIFICATION: 'maybe' }, /^PACKAGE_VERIFICATION/],
    [{ PACKAGE_VERIFICATION: 'require' }, /needs PACKAGE_KEYRING_FILES/],
    [{ PACKAGE_KEYRING_FILES: '/nowhere' }, /ENOENT/],
    [{ REGISTRY_ADDRESS: 'a b' }, /^REGISTRY_ADDRESS/],
    [{ REGISTRY_ADDRESS: 'host/UPPER' }, /lower case/],
    [{ REGISTRY_ADDRESS: 'user:secret@host' }, /^REGISTRY_ADDRESS: (?!.*secret)/],
    [{ REGISTRY_ADDRESS: 'a', REGISTRY_USERNAME: 'a' }, /together/],
    [{ REGISTRY_PLAIN: 'yes' }, /^REGISTRY_PLAIN/],
    [{ PACKAGE_LIMIT_ENTRIES: '-1' }, /^PACKAGE_LIMIT_ENTRIES/],
    [{ PACKAGE_PUSH_PARALLEL: '99' }, /from 1 to 16/],
  ])('%o makes no sense', async (env, message) => {
    await expect(loadPackageSettings(env)).rejects.toThrow(message)
  })
})
