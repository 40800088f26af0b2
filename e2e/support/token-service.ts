import { createHash, KeyObject, sign } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeTestCertificate, type TestCertificate } from './test-certificate.ts'

export interface TokenRequest {
  authorization: string | undefined
  scopes: string[]
  service: string | null
}

export interface TokenService {
  /** `auth` of a registry's configuration that trusts it. */
  auth: Record<string, unknown>
  /** PEM of the authority behind its certificate. */
  ca: string
  asked: TokenRequest[]
  stop(): Promise<void>
}

/**
 * A token service as Docker's registry trusts it (its `auth: {token: …}`), which signs what `user` asks for.
 * @param lifeSeconds how long it says that a token lasts
 */
export async function startTokenService(
  user: { name: string; password: string },
  lifeSeconds: number,
): Promise<TokenService> {
  const certificate = await makeTestCertificate()
  const dir = await mkdtemp(join(tmpdir(), 'tokens-'))
  const bundle = join(dir, 'bundle.crt')
  await writeFile(bundle, certificate.cert)
  const asked: TokenRequest[] = []
  const expected = `Basic ${Buffer.from(`${user.name}:${user.password}`).toString('base64')}`
  const server = createServer({ cert: certificate.cert, key: certificate.key }, (incoming, response) => {
    const { searchParams } = new URL(incoming.url ?? '', 'https://tokens')
    const { authorization } = incoming.headers
    const scopes = searchParams.getAll('scope')
    asked.push({ authorization, scopes, service: searchParams.get('service') })
    if (authorization !== expected) {
      response.writeHead(401).end('{}')
      return
    }
    const token = signed(certificate, scopes, lifeSeconds, user.name)
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ token, expires_in: lifeSeconds }))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const realm = `https://127.0.0.1:${port}/token`
  return {
    auth: { token: { realm, service: 'registry of the tests', issuer: 'tests', rootcertbundle: bundle } },
    ca: certificate.ca,
    asked,
    stop: () => stop(server, dir),
  }
}

async function stop(server: Server, dir: string): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  server.closeAllConnections()
  await closed
  await rm(dir, { recursive: true })
}

function signed(
  { cert, privateKey }: TestCertificate,
  scopes: readonly string[],
  lifeSeconds: number,
  subject: string,
): string {
  const der = cert.replaceAll(/-----[A-Z ]+-----|\s/g, '')
  const now = Math.floor(Date.now() / 1000)
  const access = scopes.map((scope) => {
    const [type, name, actions = ''] = scope.split(':')
    return { type, name, actions: actions.split(',') }
  })
  const parts = [
    { typ: 'JWT', alg: 'ES256', x5c: [der] },
    {
      iss: 'tests',
      sub: subject,
      aud: 'registry of the tests',
      exp: now + lifeSeconds,
      nbf: now - 10,
      iat: now,
      jti: createHash('sha256')
        .update(`${now} ${scopes.join(' ')}`)
        .digest('hex'),
      access,
    },
  ].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
  const text = parts.join('.')
  const key = KeyObject.from(privateKey)
  const signature = sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' })
  return `${text}.${signature.toString('base64url')}`
}
