import { execFile } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { binary } from '#e2e/support/binaries.ts'
import { readKeyring, type Keyring } from '#lib/packages/verify/keyring.ts'
import { verifyPackage } from '#lib/packages/verify/verify-package.ts'

const run = promisify(execFile)
const USER = 'Release Engineering <release@example.com>'

let home = ''
let file = ''
const gpg = (...args: string[]) =>
  run(
    binary('gpg'),
    [
      '--homedir',
      home,
      '--batch',
      '--yes',
      '--quiet',
      '--pinentry-mode',
      'loopback',
      '--passphrase',
      '',
      ...args,
    ],
    { encoding: 'buffer' },
  )
const exported = async (...args: string[]): Promise<Keyring> =>
  readKeyring([(await gpg('--export', ...args)).stdout])

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'gpg-'))
  file = join(home, 'demo.tgz')
  await writeFile(file, randomBytes(5_000_000))
})
afterAll(async () => {
  await run('gpgconf', ['--homedir', home, '--kill', 'all']).catch(() => undefined)
  await rm(home, { recursive: true, force: true })
})

async function signature(...args: string[]): Promise<Buffer> {
  await gpg('--output', `${file}.sig`, ...args, '--detach-sign', file)
  return readFile(`${file}.sig`)
}
const verdictOf = (bytes: Buffer, keyring: Keyring, checksum?: Buffer) =>
  verifyPackage(createReadStream(file), 'demo.tgz', { signature: bytes, checksum }, keyring)

describe('what gpg signed', () => {
  test.each(['rsa2048', 'ed25519', 'nistp256'])('with %s', async (algorithm) => {
    const user = `${algorithm} <${algorithm}@example.com>`
    await gpg('--quick-gen-key', user, algorithm, 'sign', 'never')
    const keyring = await exported(`=${user}`)
    const hash = createHash('sha256')
      .update(await readFile(file))
      .digest('hex')
    for (const args of [[], ['--armor'], ['--digest-algo', 'SHA384']]) {
      const verdict = await verdictOf(
        await signature('--local-user', `=${user}`, ...args),
        keyring,
        Buffer.from(`${hash} *demo.tgz`),
      )
      expect(verdict).toMatchObject({ checksum: 'ok', signature: 'ok' })
      expect(verdict.signer).toMatch(new RegExp(`^${user} [0-9A-F]{40}$`))
    }
  })

  test('by a subkey, by a stranger, by a key revoked or expired since, with an old hash', async () => {
    await gpg('--quick-gen-key', USER, 'ed25519', 'cert', 'never')
    const { stdout } = await gpg('--list-keys', '--with-colons', `=${USER}`)
    const fingerprint = /^fpr:+([0-9A-F]{40}):/m.exec(stdout.toString())?.[1] ?? ''
    await gpg('--quick-add-key', fingerprint, 'ed25519', 'sign', '1d')
    const keyring = await exported(fingerprint)
    const good = await signature('--local-user', fingerprint)
    expect((await verdictOf(good, keyring)).signature).toBe('ok')

    await gpg('--quick-gen-key', 'Stranger', 'ed25519', 'sign', 'never')
    const stranger = await signature('--local-user', '=Stranger')
    expect((await verdictOf(stranger, keyring)).signature).toBe('unknown-key')
    const old = await signature('--local-user', '=Stranger', '--digest-algo', 'SHA1')
    expect((await verdictOf(old, await exported('=Stranger'))).signature).toBe('failed')

    await run('sed', [
      '-i',
      's/^:-----BEGIN/-----BEGIN/',
      join(home, 'openpgp-revocs.d', `${fingerprint}.rev`),
    ])
    await gpg('--import', join(home, 'openpgp-revocs.d', `${fingerprint}.rev`))
    expect((await verdictOf(good, await exported(fingerprint))).signature).toBe('failed')
  })
})
