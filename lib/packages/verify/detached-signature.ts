import { createHash, type Hash } from 'node:crypto'
import { createMessage, enums, readSignature, verify, type Signature, type SignaturePacket } from 'openpgp'
import type { Keyring } from './keyring.ts'
import type { Verdict } from './verdict.ts'

/** Hash algorithms that count (RFC 9580, 9.5), with the bytes of salt that a version 6 signature has. */
const HASHES: Readonly<Record<number, { name: string; salt: number }>> = {
  8: { name: 'sha256', salt: 16 },
  9: { name: 'sha384', salt: 24 },
  10: { name: 'sha512', salt: 32 },
  12: { name: 'sha3-256', salt: 16 },
  14: { name: 'sha3-512', salt: 32 },
}
const ARMOR = '-----BEGIN PGP '
/** As many signatures of one file are looked at. */
const MOST_SIGNATURES = 8
const LONGEST_SIGNER = 200

/** What the library has beside its types. */
type OpenPacket = SignaturePacket & {
  version: number
  salt?: Uint8Array | null
  hashed?: Promise<Uint8Array>
}

type SignatureVerdict = Pick<Verdict, 'signature' | 'signer'>

/** One signature of a file whose bytes are still coming. */
interface Pending {
  packet: OpenPacket
  hash: Hash
}

/** Checks a detached OpenPGP signature while the signed file streams by. */
export interface SignatureCheck {
  update(chunk: Uint8Array): void
  /** Once, after the last byte. Never rejects. */
  finish(): Promise<SignatureVerdict>
}

/**
 * @param bytes the signature, armored or not
 * @returns a check that fails for what is no signature
 */
export async function checkSignature(bytes: Uint8Array, keyring: Keyring): Promise<SignatureCheck> {
  const packets = await packetsOf(bytes)
  const pending = packets.flatMap((packet) => beginHash(packet) ?? [])
  return {
    update(chunk) {
      for (const { hash } of pending) hash.update(chunk)
    },
    async finish() {
      let found: SignatureVerdict = packets.length === 0 ? { signature: 'failed' } : unknownKey(packets[0])
      for (const packet of packets) {
        const known = keyring.keys.some((key) => key.getKeys(packet.issuerKeyID).length > 0)
        if (!known) continue
        const hash = pending.find((one) => one.packet === packet)?.hash
        const verdict =
          hash === undefined ? failedBy(packet, keyring) : await finishOne(packet, hash, keyring)
        if (verdict.signature === 'ok') return verdict
        found = verdict
      }
      return found
    },
  }
}

async function packetsOf(bytes: Uint8Array): Promise<OpenPacket[]> {
  const text = Buffer.from(bytes).toString('latin1')
  const isArmored = text.trimStart().startsWith(ARMOR)
  try {
    const signature = await (isArmored
      ? readSignature({ armoredSignature: text })
      : readSignature({ binarySignature: bytes }))
    const packets = [...signature.packets].slice(0, MOST_SIGNATURES) as OpenPacket[]
    return packets.filter(({ signatureData }) => signatureData instanceof Uint8Array)
  } catch {
    return []
  }
}

/** Undefined for a signature over text, by an old hash, or of a kind that GnuPG does not make. */
function beginHash(packet: OpenPacket): Pending | undefined {
  const algorithm = HASHES[packet.hashAlgorithm ?? 0]
  if (algorithm === undefined || packet.signatureType !== enums.signature.binary) return undefined
  if (packet.version !== 4 && packet.version !== 6) return undefined
  const salt = packet.salt ?? new Uint8Array()
  if (salt.length !== (packet.version === 6 ? algorithm.salt : 0)) return undefined
  return { packet, hash: createHash(algorithm.name).update(salt) }
}

/**
 * The library hashes signed data by itself, but holds all of it. So the digest (RFC 9580, 5.2.4) is made here, and handed
 * to it the way its own reader of one-pass signatures does; everything about keys and signatures is the library's.
 */
async function finishOne(packet: OpenPacket, hash: Hash, keyring: Keyring): Promise<SignatureVerdict> {
  const signed = packet.signatureData ?? new Uint8Array()
  const trailer = Buffer.from([packet.version, 0xff, 0, 0, 0, 0])
  trailer.writeUInt32BE(signed.length, 2)
  packet.hashed = Promise.resolve(new Uint8Array(hash.update(signed).update(trailer).digest()))
  try {
    const result = await verify({
      message: await createMessage({ binary: new Uint8Array() }),
      signature: signatureOf(packet),
      verificationKeys: [...keyring.keys],
      format: 'binary',
    })
    await result.signatures[0]?.verified
    return { signature: result.signatures.length === 1 ? 'ok' : 'failed', ...signerOf(packet, keyring) }
  } catch {
    return failedBy(packet, keyring)
  }
}

function signatureOf(packet: SignaturePacket): Signature {
  // The library wants a Signature, of which it reads the packets alone; its class has no use without reading.
  const packets = Object.assign([packet], { filterByTag: () => [packet] })
  return { packets } as unknown as Signature
}

function failedBy(packet: OpenPacket, keyring: Keyring): SignatureVerdict {
  return { signature: 'failed', ...signerOf(packet, keyring) }
}

function unknownKey(packet: OpenPacket | undefined): SignatureVerdict {
  const id = packet?.issuerKeyID.toHex().toUpperCase()
  return { signature: 'unknown-key', ...(id !== undefined && { signer: id }) }
}

/** Name in the key and its fingerprint. */
function signerOf(packet: OpenPacket, keyring: Keyring): { signer?: string } {
  const key = keyring.keys.find((one) => one.getKeys(packet.issuerKeyID).length > 0)
  if (key === undefined) return {}
  const [user = ''] = key.getUserIDs()
  const name = user.replaceAll(/[\p{C}]/gu, '').slice(0, LONGEST_SIGNER)
  return { signer: `${name} ${key.getFingerprint().toUpperCase()}`.trim() }
}
