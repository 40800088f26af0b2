import 'reflect-metadata'
import { randomBytes, webcrypto } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import { isIP } from 'node:net'
import { join } from 'node:path'
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  X509Certificate,
  X509CertificateGenerator,
  cryptoProvider,
} from '@peculiar/x509'
import { writePrivate } from './write-private.ts'

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const YEAR_MS = 365 * 86_400_000
const RENEW_BEFORE_MS = 30 * 86_400_000

export interface Certificates {
  readonly caPem: string
  readonly certPem: string
  readonly keyPem: string
}

/**
 * The server's certificate, signed by a CA of its own that is kept in `dir` and made there at first use.
 * @param hosts names and addresses that the certificate is good for
 */
export async function ensureCertificates(dir: string, hosts: readonly string[]): Promise<Certificates> {
  cryptoProvider.set(webcrypto as Crypto)
  await mkdir(dir, { recursive: true, mode: 0o700 })
  const paths = {
    ca: join(dir, 'ca.crt'),
    caKey: join(dir, 'ca.key'),
    cert: join(dir, 'server.crt'),
    key: join(dir, 'server.key'),
  }
  let caPem = await readIfThere(paths.ca)
  let caKeyPem = await readIfThere(paths.caKey)
  if (caPem === undefined || caKeyPem === undefined) {
    ;({ caPem, caKeyPem } = await createCa())
    await writePrivate(paths.caKey, caKeyPem)
    await writePrivate(paths.ca, caPem)
  }
  const known = { certPem: await readIfThere(paths.cert), keyPem: await readIfThere(paths.key) }
  if (known.certPem !== undefined && known.keyPem !== undefined && isGood(known.certPem, caPem, hosts))
    return { caPem, certPem: known.certPem, keyPem: known.keyPem }
  const made = await createServerCertificate(caPem, caKeyPem, hosts)
  await writePrivate(paths.key, made.keyPem)
  await writePrivate(paths.cert, made.certPem)
  return { caPem, ...made }
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

function isGood(certPem: string, caPem: string, hosts: readonly string[]): boolean {
  const certificate = new X509Certificate(certPem)
  const names = certificate.getExtension(SubjectAlternativeNameExtension)?.names.items ?? []
  return (
    certificate.issuer === new X509Certificate(caPem).subject &&
    certificate.notAfter.getTime() - RENEW_BEFORE_MS > Date.now() &&
    hosts.every((host) => names.some(({ value }) => value === host))
  )
}

async function createCa(): Promise<{ caPem: string; caKeyPem: string }> {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: `CN=embedded-platform-${randomBytes(4).toString('hex')}`,
    notBefore: new Date(Date.now() - 3_600_000),
    notAfter: new Date(Date.now() + 10 * YEAR_MS),
    signingAlgorithm: ALGORITHM,
    keys: keys as CryptoKeyPair,
    extensions: [
      new BasicConstraintsExtension(true, 1, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
    ],
  })
  return { caPem: certificate.toString('pem'), caKeyPem: await privatePem(keys.privateKey) }
}

async function createServerCertificate(
  caPem: string,
  caKeyPem: string,
  hosts: readonly string[],
): Promise<{ certPem: string; keyPem: string }> {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
  const der = Buffer.from(caKeyPem.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64')
  const signingKey = await webcrypto.subtle.importKey('pkcs8', der, ALGORITHM, false, ['sign'])
  const certificate = await X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: 'CN=embedded-platform',
    issuer: new X509Certificate(caPem).subject,
    notBefore: new Date(Date.now() - 3_600_000),
    notAfter: new Date(Date.now() + 2 * YEAR_MS),
    signingAlgorithm: ALGORITHM,
    publicKey: keys.publicKey as CryptoKey,
    signingKey: signingKey as CryptoKey,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension(
        hosts.map((host) => ({ type: isIP(host) === 0 ? ('dns' as const) : ('ip' as const), value: host })),
      ),
    ],
  })
  return { certPem: certificate.toString('pem'), keyPem: await privatePem(keys.privateKey) }
}

async function privatePem(key: webcrypto.CryptoKey): Promise<string> {
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key)).toString('base64')
  return `-----BEGIN PRIVATE KEY-----\n${der.replaceAll(/(.{64})/g, '$1\n').trimEnd()}\n-----END PRIVATE KEY-----\n`
}

/** Positive, as certificates demand. */
function serialNumber(): string {
  const bytes = randomBytes(16)
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x01
  return bytes.toString('hex')
}
