import { afterEach, describe, expect, test } from 'vitest'
import { createCredentials } from './credentials.ts'
import { OidcError, renewOidcToken } from './oidc-token.ts'
import type { OidcConfig } from './oidc-token.ts'
import { sendJson, startFaultServer } from './testing/fault-server.ts'
import type { FaultServer } from './testing/fault-server.ts'
import { TEST_CERTIFICATES } from './testing/test-certificates.ts'

const NOW = 1_700_000_000_000
const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

/** A token that is over `seconds` after NOW. */
function tokenFor(seconds: number): string {
  const parts = [{ alg: 'RS256' }, { sub: 'tester', exp: NOW / 1000 + seconds }]
  return [...parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')), 'AAAA'].join('.')
}

interface Issuer {
  server: FaultServer
  config: OidcConfig
}

/** An issuer that gives `answer` for a refresh token, and the configuration of a user whose token is over. */
async function startIssuer(answer: object, about: object = {}, code = 200): Promise<Issuer> {
  const server: FaultServer = await startFaultServer((request, response) => {
    if (request.path === '/realm/.well-known/openid-configuration')
      sendJson(response, 200, { token_endpoint: `${server.url}/token`, ...about })
    else sendJson(response, code, answer)
  }, TEST_CERTIFICATES)
  cleanups.push(() => server.close())
  const config: OidcConfig = {
    'idp-issuer-url': `${server.url}/realm/`,
    'idp-certificate-authority-data': Buffer.from(TEST_CERTIFICATES.ca).toString('base64'),
    'client-id': 'console',
    'client-secret': 'top:secret',
    'id-token': tokenFor(-60),
    'refresh-token': 'refresh-1',
  }
  return { server, config }
}

function grantOf({ server }: Issuer) {
  const request = server.requests.at(-1)
  return {
    method: request?.method,
    path: request?.path,
    authorization: request?.headers.authorization,
    form: Object.fromEntries(new URLSearchParams(request?.body)),
  }
}

describe('renewOidcToken', () => {
  test('leaves a token alone that is still good', async () => {
    const issuer = await startIssuer({})
    issuer.config['id-token'] = tokenFor(60)
    await renewOidcToken(issuer.config, NOW)
    expect(issuer.server.requests).toEqual([])
  })

  test('renews one that is nearly over, and keeps the new refresh token', async () => {
    const issuer = await startIssuer({ id_token: tokenFor(3600), refresh_token: 'refresh-2' })
    issuer.config['id-token'] = tokenFor(5)
    await renewOidcToken(issuer.config, NOW)
    expect(issuer.config).toMatchObject({ 'id-token': tokenFor(3600), 'refresh-token': 'refresh-2' })
    expect(grantOf(issuer)).toEqual({
      method: 'POST',
      path: '/token',
      authorization: `Basic ${Buffer.from('console:top%3Asecret').toString('base64')}`,
      form: { grant_type: 'refresh_token', refresh_token: 'refresh-1' },
    })
  })

  test('redeems a refresh token once for all who ask at the same time', async () => {
    const issuer = await startIssuer({ id_token: tokenFor(3600), refresh_token: 'refresh-2' })
    await Promise.all([1, 2, 3].map(() => renewOidcToken(issuer.config, NOW)))
    expect(issuer.server.requests.filter(({ path }) => path === '/token')).toHaveLength(1)
  })

  test('keeps the old refresh token where none is given', async () => {
    const issuer = await startIssuer({ id_token: tokenFor(3600) })
    await renewOidcToken(issuer.config, NOW)
    expect(issuer.config['refresh-token']).toBe('refresh-1')
  })

  test('puts the secret where the issuer wants it, and a client without one says its name', async () => {
    const methods = { token_endpoint_auth_methods_supported: ['client_secret_post'] }
    const issuer = await startIssuer({ id_token: tokenFor(3600) }, methods)
    const publicConfig = { ...issuer.config, 'client-secret': '' }
    await renewOidcToken(issuer.config, NOW)
    expect(grantOf(issuer)).toMatchObject({
      authorization: undefined,
      form: { client_id: 'console', client_secret: 'top:secret' },
    })
    await renewOidcToken(publicConfig, NOW)
    expect(grantOf(issuer).form).toEqual({
      grant_type: 'refresh_token',
      refresh_token: 'refresh-1',
      client_id: 'console',
    })
  })

  test('trusts no issuer whose certificate its own CA did not sign', async () => {
    const issuer = await startIssuer({ id_token: tokenFor(3600) })
    delete issuer.config['idp-certificate-authority-data']
    await expect(renewOidcToken(issuer.config, NOW)).rejects.toMatchObject({
      code: 'SELF_SIGNED_CERT_IN_CHAIN',
    })
    expect(issuer.server.requests).toEqual([])
  })

  test.each([
    ['refuses', { error: 'invalid_grant', error_description: 'refresh-1' }, {}, 400, 'answered 400'],
    ['gives none', { access_token: 'x' }, {}, 200, 'no token that is still good'],
    ['gives an old one', { id_token: tokenFor(-1) }, {}, 200, 'no token that is still good'],
    ['names no endpoint', {}, { token_endpoint: 'file:///etc/passwd' }, 200, 'names no token endpoint'],
  ])('an issuer that %s is named as the cause, without secrets', async (_, answer, about, code, why) => {
    const issuer = await startIssuer(answer, about, code)
    const before = { ...issuer.config }
    const error: unknown = await renewOidcToken(issuer.config, NOW).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(OidcError)
    expect(String(error)).toContain(why)
    expect(String(error)).not.toMatch(/refresh-1|secret/)
    expect(issuer.config).toEqual(before)
  })

  test('without a refresh token there is nothing to be done', async () => {
    const config = { 'id-token': tokenFor(-1), 'idp-issuer-url': 'https://127.0.0.1:1' }
    await expect(renewOidcToken(config, NOW)).rejects.toThrow('nothing is there to renew it with')
  })
})

test('credentials send the renewed token until its own end, and renew it once', async () => {
  const soon = Math.floor(Date.now() / 1000) - NOW / 1000 + 3600
  const issuer = await startIssuer({ id_token: tokenFor(soon), expires_in: 1 })
  const server = await startFaultServer((_, response) => sendJson(response, 200, {}))
  cleanups.push(() => server.close())
  let now = 0
  const user = { 'auth-provider': { name: 'oidc', config: issuer.config } }
  const credentials = createCredentials(server.config(user), () => now)
  for (const minute of [0, 1, 2]) {
    now = minute * 60_000
    const { headers } = await credentials.current()
    expect(headers['authorization']).toBe(`Bearer ${tokenFor(soon)}`)
  }
  expect(issuer.server.requests.filter(({ path }) => path === '/token')).toHaveLength(1)
})
