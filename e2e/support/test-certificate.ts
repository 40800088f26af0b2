import 'reflect-metadata'
import { randomUUID, webcrypto } from 'node:crypto'
import * as x509 from '@peculiar/x509'

export interface TestCertificate {
  /** PEM of the authority that signed it. */
  ca: string
  cert: string
  key: string
  privateKey: webcrypto.CryptoKey
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const DAY_MS = 86_400_000

/** A name that only the tests' proxy resolves. */
export const PROXIED_NAME = 'proxied.example'

/** A certificate for 127.0.0.1, localhost and the proxied name, by an authority made for it alone; good for a day. */
export async function makeTestCertificate(): Promise<TestCertificate> {
  const provider = webcrypto as unknown as Crypto
  x509.cryptoProvider.set(provider)
  const make = async () =>
    (await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])) as unknown as CryptoKeyPair
  const authority = await make()
  const server = await make()
  const validity = { notBefore: new Date(Date.now() - DAY_MS), notAfter: new Date(Date.now() + DAY_MS) }
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    // Two authorities of one name can't be told apart.
    name: `CN=test authority ${randomUUID()}`,
    keys: authority,
    signingAlgorithm: ALGORITHM,
    ...validity,
    extensions: [new x509.BasicConstraintsExtension(true, 1, true)],
  })
  const cert = await x509.X509CertificateGenerator.create({
    subject: 'CN=127.0.0.1',
    issuer: ca.subject,
    publicKey: server.publicKey,
    signingKey: authority.privateKey,
    signingAlgorithm: ALGORITHM,
    ...validity,
    extensions: [
      new x509.SubjectAlternativeNameExtension([
        { type: 'ip', value: '127.0.0.1' },
        { type: 'dns', value: 'localhost' },
        { type: 'dns', value: PROXIED_NAME },
      ]),
    ],
  })
  const privateKey = server.privateKey as unknown as webcrypto.CryptoKey
  const key = x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', privateKey), 'PRIVATE KEY')
  return { ca: ca.toString('pem'), cert: cert.toString('pem'), key, privateKey }
}
