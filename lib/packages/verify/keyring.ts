import { readKeys, type Key } from 'openpgp'

/** The public keys whose signatures count. */
export interface Keyring {
  keys: readonly Key[]
}

/** Text or bytes that are no OpenPGP public keys. */
export class KeyringError extends Error {
  override name = 'KeyringError'
}

export const EMPTY_KEYRING: Keyring = { keys: [] }

const ARMOR = '-----BEGIN PGP '

/**
 * Reads exported public keys (`gpg --export`, armored or not), several in one file too.
 * @param files contents of keyring files
 * @throws KeyringError for what holds no public key
 */
export async function readKeyring(files: readonly Uint8Array[]): Promise<Keyring> {
  const keys: Key[] = []
  for (const bytes of files) {
    const text = Buffer.from(bytes).toString('latin1')
    const found = await (
      text.trimStart().startsWith(ARMOR) ? readKeys({ armoredKeys: text }) : readKeys({ binaryKeys: bytes })
    ).catch((error: unknown) => {
      throw new KeyringError('not an OpenPGP keyring (export it with gpg --export)', { cause: error })
    })
    if (found.length === 0) throw new KeyringError('the keyring holds no key')
    keys.push(...found.map((key) => key.toPublic()))
  }
  return { keys }
}
