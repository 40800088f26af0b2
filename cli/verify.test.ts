import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createMessage, generateKey, sign, type PrivateKey } from 'openpgp'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { buildPackage } from '#lib/packages/build-package.ts'
import { runCli } from './testing/run-cli.ts'
import { undocumentedFields } from './testing/undocumented-fields.ts'

// Many processes, on machines that may do other things.
vi.setConfig({ testTimeout: 150_000, hookTimeout: 120_000 })

const EXAMPLE = resolve(import.meta.dirname, '../examples/web-cli/v4.0.5')

let cwd = ''
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'violet-verify-'))
  await mkdir(join(cwd, 'all'))
  const bytes = await buildPackage(EXAMPLE)
  const known = await generateKey({
    userIDs: [{ name: 'Release', email: 'r@example.com' }],
    format: 'object',
  })
  const other = await generateKey({ userIDs: [{ name: 'Other', email: 'o@example.com' }], format: 'object' })
  await writeFile(join(cwd, 'keys.asc'), known.publicKey.armor())
  const files: [name: string, signature: Buffer | undefined, checksum: string | undefined][] = [
    ['signed', await signatureOf(bytes, known.privateKey), undefined],
    ['both', await signatureOf(bytes, known.privateKey), sumOf(bytes)],
    ['summed', undefined, sumOf(bytes)],
    ['stranger', await signatureOf(bytes, other.privateKey), undefined],
    ['of-another', await signatureOf(Buffer.from('x'), known.privateKey), undefined],
    ['wrong-sum', await signatureOf(bytes, known.privateKey), sumOf(Buffer.from('x'))],
    ['bare', undefined, undefined],
  ]
  for (const [name, signature, checksum] of files) {
    const file = join(cwd, 'all', `${name}.tgz`)
    await writeFile(file, bytes)
    if (signature !== undefined) await writeFile(`${file}.sig`, signature)
    if (checksum !== undefined) await writeFile(`${file}.sha256`, `${checksum}  ${name}.tgz\n`)
  }
})
afterAll(() => rm(cwd, { recursive: true }))

function sumOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}

async function signatureOf(bytes: Buffer, key: PrivateKey): Promise<Buffer> {
  const message = await createMessage({ binary: new Uint8Array(bytes) })
  return Buffer.from(await sign({ message, signingKeys: key, detached: true, format: 'armored' }))
}

const verify = (path: string, ...args: string[]) => runCli(['verify', path, ...args], { cwd })

test('good signatures, good checksums, failures and what has neither are told apart', async () => {
  const { exitCode, stdout } = await verify('all', '--keyring', 'keys.asc')
  expect(exitCode).toBe(4)
  const lines = stdout.split('\n').map((line) => line.replace(/ <.*/, '').replace(/: .*/, ''))
  expect(lines).toEqual([
    'GPG signature good (2):',
    '  all/both.tgz, Release',
    '  all/signed.tgz, Release',
    '',
    'Checksum good (1):',
    '  all/summed.tgz',
    '',
    'Signed by a key that is not known (1):',
    expect.stringMatching(/^ {2}all\/stranger.tgz, [0-9A-F]{16}$/),
    '',
    'Failed (2):',
    '  all/of-another.tgz',
    '  all/wrong-sum.tgz',
    '',
    'None found (1):',
    '  all/bare.tgz',
    '',
  ])
})

test('the exit code says whether anything failed, or is not signed where that is required', async () => {
  const required = ['--keyring', 'keys.asc', '--verification', 'require']
  const ends = async (name: string, ...args: string[]) => (await verify(`all/${name}.tgz`, ...args)).exitCode
  for (const name of ['bare', 'summed', 'stranger']) {
    expect([name, await ends(name)]).toEqual([name, 0])
    expect([name, await ends(name, ...required)]).toEqual([name, 4])
  }
  expect(await ends('signed', ...required)).toBe(0)
  expect(await ends('signed', '--verification', 'require')).toBe(2)
  expect(await ends('signed', '--keyring', 'all/bare.tgz')).toBe(2)
  expect(await ends('of-another', '--keyring', 'keys.asc')).toBe(4)
})

test('JSON says the same', async () => {
  const { stdout } = await verify('all/both.tgz', '--keyring', 'keys.asc', '-o', 'json')
  expect(JSON.parse(stdout)).toMatchObject({
    policy: 'warn',
    packages: [{ file: 'all/both.tgz', group: 'gpg', checksum: 'ok', signature: 'ok' }],
  })
})

test('a package that can not be read does not hide how the others stand', async () => {
  await mkdir(join(cwd, 'links'))
  await mkdir(join(cwd, 'links/folder.tgz'))
  await writeFile(join(cwd, 'links/readme.md'), 'nothing')
  await symlink('../all/signed.tgz', join(cwd, 'links/b.tgz'))
  await symlink('../all/signed.tgz.sig', join(cwd, 'links/b.tgz.sig'))
  await symlink('nowhere', join(cwd, 'links/a.tgz'))
  const { exitCode, stdout } = await verify('links', '--keyring', 'keys.asc', '-o', 'json')
  expect([exitCode, JSON.parse(stdout)]).toMatchObject([
    4,
    {
      packages: [
        { file: 'links/a.tgz', group: 'failed', why: 'links/a.tgz does not exist' },
        { file: 'links/b.tgz', group: 'gpg', why: '' },
      ],
    },
  ])
  expect(undocumentedFields('verify', JSON.parse(stdout))).toEqual([])
})
