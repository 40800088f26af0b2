import { createHash } from 'node:crypto'
import { checksumFor } from './checksum-file.ts'
import { checkSignature } from './detached-signature.ts'
import type { Keyring } from './keyring.ts'
import type { Verdict } from './verdict.ts'

/** The files beside a package: `<file>.sha256` and `<file>.sig`. */
export interface Sidecars {
  checksum?: Uint8Array | undefined
  signature?: Uint8Array | undefined
}

/** Larger ones are no sidecars. Bytes. */
export const LARGEST_SIDECAR = 256 * 1024

/** Checks a package while it is read. */
export interface PackageVerifier {
  /** The same bytes, hashed on their way. */
  through(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array>
  /** The verdict, once `through` has been read to its end. Never rejects. */
  verdict(): Promise<Verdict>
}

/**
 * @param fileName of the package, for checksum files that name several
 * @param keyring whose signatures count; with an empty one every signature is by an unknown key
 */
export async function createVerifier(
  fileName: string,
  { checksum, signature }: Sidecars,
  keyring: Keyring,
): Promise<PackageVerifier> {
  const isTooLarge = (bytes: Uint8Array | undefined) => (bytes?.length ?? 0) > LARGEST_SIDECAR
  const sha256 = checksum === undefined ? undefined : createHash('sha256')
  const check =
    signature === undefined
      ? undefined
      : await checkSignature(isTooLarge(signature) ? new Uint8Array() : signature, keyring)
  const wanted =
    checksum === undefined || isTooLarge(checksum)
      ? undefined
      : checksumFor(Buffer.from(checksum).toString('utf8'), fileName)
  let isComplete = false
  return {
    async *through(source) {
      for await (const chunk of source) {
        sha256?.update(chunk)
        check?.update(chunk)
        yield chunk
      }
      isComplete = true
    },
    async verdict() {
      const sum = isComplete ? sha256?.digest('hex') : undefined
      const isSum = wanted !== undefined && sum === wanted
      return {
        checksum: sha256 === undefined ? 'none' : isSum ? 'ok' : 'failed',
        ...(check === undefined
          ? { signature: 'none' }
          : isComplete
            ? await check.finish()
            : { signature: 'failed' }),
      }
    },
  }
}

/** The verdict on a whole file. @throws what `source` throws */
export async function verifyPackage(
  source: AsyncIterable<Uint8Array>,
  fileName: string,
  sidecars: Sidecars,
  keyring: Keyring,
): Promise<Verdict> {
  const verifier = await createVerifier(fileName, sidecars, keyring)
  const chunks = verifier.through(source)
  while ((await chunks.next()).done !== true);
  return verifier.verdict()
}
