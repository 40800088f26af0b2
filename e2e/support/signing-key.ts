import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { binary } from './binaries.ts'

const run = promisify(execFile)

export interface SigningKey {
  /** As `gpg --export` writes it. */
  publicKey: Buffer
  /** What `gpg --detach-sign` writes beside a file of these bytes. */
  sign(bytes: Buffer): Promise<Buffer>
  /** Removes the key and everything about it. */
  remove(): Promise<void>
}

/**
 * A key of gpg, in a home of its own.
 * @param user `Name <address>`
 */
export async function makeSigningKey(user: string): Promise<SigningKey> {
  const home = await mkdtemp(join(tmpdir(), 'gpg-'))
  const gpg = (...args: string[]) => {
    const plain = ['--batch', '--yes', '--quiet', '--pinentry-mode', 'loopback', '--passphrase', '']
    return run(binary('gpg'), ['--homedir', home, ...plain, ...args], { encoding: 'buffer' })
  }
  await gpg('--quick-gen-key', user, 'ed25519', 'sign', 'never')
  const { stdout } = await gpg('--export')
  let count = 0
  return {
    publicKey: stdout,
    async sign(bytes) {
      const file = join(home, `signed-${(count += 1)}`)
      await writeFile(file, bytes)
      await gpg('--detach-sign', file)
      return readFile(`${file}.sig`)
    },
    async remove() {
      await run('gpgconf', ['--homedir', home, '--kill', 'all']).catch(() => undefined)
      await rm(home, { recursive: true, force: true })
    },
  }
}
