import * as fc from 'fast-check'
import { createHash } from 'node:crypto'
import { createMessage, generateKey, sign } from 'openpgp'
import { beforeAll, describe, expect, test } from 'vitest'
import { checksumFor } from './checksum-file.ts'
import { EMPTY_KEYRING, readKeyring, type Keyring } from './keyring.ts'
import { judge, parseVerdict, verdictText, type Verdict } from './verdict.ts'
import { verifyPackage, type Sidecars } from './verify-package.ts'

const FILE = Buffer.from('a package '.repeat(10_000))
const HEX = createHash('sha256').update(FILE).digest('hex')

async function* pieces(bytes: Buffer) {
  for (let at = 0; at < bytes.length; at += 777) yield bytes.subarray(at, at + 777)
}

const verdictOf = (sidecars: Sidecars, keyring: Keyring = EMPTY_KEYRING, file = FILE) =>
  verifyPackage(pieces(file), 'demo.tgz', sidecars, keyring)

describe('checksum files', () => {
  test.each<[string, string, boolean]>([
    ['hex alone', HEX, true],
    ['in capitals, CRLF', `${HEX.toUpperCase()}\r\n`, true],
    ['sha256sum', `${HEX}  demo.tgz\n`, true],
    ['sha256sum, binary, with a path', `${HEX} *out/demo.tgz\n`, true],
    ['BSD', `SHA256 (demo.tgz) = ${HEX}\n`, true],
    ['a renamed file', `${HEX}  other.tgz\n`, true],
    ['several', `${'0'.repeat(64)}  a.tgz\n${HEX}  demo.tgz\n`, true],
    ['several, none of it', `${HEX}  a.tgz\n${HEX}  b.tgz\n`, false],
    ['another', '0'.repeat(64), false],
    ['nothing', '', false],
    ['something else', '<html>', false],
  ])('%s', async (_name, text, isGood) => {
    expect((await verdictOf({ checksum: Buffer.from(text) })).checksum).toBe(isGood ? 'ok' : 'failed')
  })

  test('any text is read', () => {
    fc.assert(
      fc.property(fc.string(), (text) => /^[0-9a-f]{64}$/.test(checksumFor(text, 'x') ?? '0'.repeat(64))),
    )
  })
})

describe('signatures', () => {
  const users = { good: 'Ada <ada@example.com>', other: 'Eve <eve@example.com>' }
  type Made = Awaited<ReturnType<typeof make>>
  async function make(name: string, type: 'ecc' | 'rsa' = 'ecc') {
    const [, user = '', email = ''] = /^(.*) <(.*)>$/.exec(name) ?? []
    return generateKey({ userIDs: [{ name: user, email }], format: 'object', type, rsaBits: 2048 })
  }
  async function signed({ privateKey }: Made, format: 'binary' | 'armored' = 'binary', bytes = FILE) {
    const message = await createMessage({ binary: new Uint8Array(bytes) })
    const signature = await sign({ message, signingKeys: privateKey, detached: true, format: 'armored' })
    const armored = Buffer.from(String(signature))
    if (format === 'armored') return armored
    const body = armored
      .toString()
      .split('\n\n')[1]
      ?.split('\n')
      .filter((line) => !line.startsWith('=') && !line.startsWith('-'))
    // Armor may come with or without blank lines of headers; the body is plain Base64.
    return Buffer.from((body ?? []).join(''), 'base64')
  }
  let ada: Made
  let eve: Made
  let keyring: Keyring
  beforeAll(async () => {
    ada = await make(users.good)
    eve = await make(users.other)
    keyring = await readKeyring([Buffer.from(ada.publicKey.armor())])
  })

  test('armored and binary, by the known key', async () => {
    for (const format of ['armored', 'binary'] as const) {
      const verdict = await verdictOf({ signature: await signed(ada, format) }, keyring)
      expect(verdict).toEqual({
        checksum: 'none',
        signature: 'ok',
        signer: `${users.good} ${ada.publicKey.getFingerprint().toUpperCase()}`,
      })
    }
  })
  test('by RSA, with a binary keyring of several keys', async () => {
    const rsa = await make(users.good, 'rsa')
    const ring = await readKeyring([Buffer.concat([eve.publicKey.write(), rsa.publicKey.write()])])
    expect((await verdictOf({ signature: await signed(rsa) }, ring)).signature).toBe('ok')
    expect((await verdictOf({ signature: await signed(eve) }, ring)).signature).toBe('ok')
    expect((await verdictOf({ signature: await signed(ada) }, ring)).signature).toBe('unknown-key')
  })
  test('over other bytes, or damaged, it fails', async () => {
    const signature = await signed(ada)
    const other = Buffer.from(FILE)
    other[5000] = 0
    expect((await verdictOf({ signature }, keyring, other)).signature).toBe('failed')
    expect((await verdictOf({ signature: Buffer.from('no signature') }, keyring)).signature).toBe('failed')
    expect((await verdictOf({ signature: Buffer.alloc(0) }, keyring)).signature).toBe('failed')
    await fc.assert(
      fc.asyncProperty(fc.nat(signature.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const damaged = Buffer.from(signature)
        damaged[at] = (damaged[at] ?? 0) ^ flip
        const verdict = await verdictOf({ signature: damaged }, keyring)
        // Bytes that are not signed (hints about the key) may change without harm.
        expect(['failed', 'unknown-key', 'ok']).toContain(verdict.signature)
        const wrong = await verdictOf({ signature: damaged }, keyring, other)
        expect(wrong.signature).not.toBe('ok')
      }),
      { numRuns: 60 },
    )
  })
  test('a keyring that is none is refused', async () => {
    await expect(readKeyring([Buffer.from('nonsense')])).rejects.toThrow(/keyring/)
  })
})

describe('policies', () => {
  const verdict = (checksum: Verdict['checksum'], signature: Verdict['signature']): Verdict => ({
    checksum,
    signature,
  })
  const codeOf = (value: Verdict) => {
    try {
      return judge(value, 'require').join()
    } catch (error) {
      return (error as { code: string }).code
    }
  }
  test('off says nothing, warn says it, require refuses', () => {
    expect(judge(verdict('failed', 'failed'), 'off')).toEqual([])
    expect(judge(verdict('failed', 'failed'), 'warn')).toHaveLength(2)
    expect(judge(verdict('ok', 'unknown-key'), 'warn')).toHaveLength(1)
    expect(judge(verdict('none', 'none'), 'warn')).toEqual([])
    expect(codeOf(verdict('ok', 'none'))).toBe('not-verified')
    expect(codeOf(verdict('none', 'unknown-key'))).toBe('not-verified')
    expect(codeOf(verdict('failed', 'ok'))).toBe('verification-failed')
    expect(codeOf(verdict('ok', 'failed'))).toBe('verification-failed')
    expect(codeOf(verdict('none', 'ok'))).toBe('')
  })
  test('verdicts are read back, and nothing else', () => {
    const one: Verdict = { checksum: 'ok', signature: 'ok', signer: 'Ada' }
    expect(parseVerdict(verdictText(one))).toEqual(one)
    for (const text of [undefined, '', '{', '[]', '{"checksum":"ok"}', '{"checksum":"x","signature":"ok"}'])
      expect(parseVerdict(text)).toBeUndefined()
  })
})
