import { readFileSync } from 'node:fs'
import { Agent, request } from 'undici'
import type { Dispatcher } from 'undici'
import { isRecord } from './parse-object.ts'

/** The `config` of a kubeconfig's auth-provider `oidc`. */
export type OidcConfig = Record<string, unknown>

/** What went wrong, without anything secret. */
export class OidcError extends Error {}

/** A token this near to its end is renewed: it has to arrive, too. */
const MARGIN_MS = 10_000
const MAX_ANSWER_BYTES = 1024 * 1024

/**
 * Renews `id-token` in place by the refresh token when it is over, and keeps a new refresh token where one is given.
 * Done here because client-node 2.0 can't do it where the issuer has a CA of its own, and misreads lifetimes.
 * @throws OidcError; the errors of the network as they come
 */
export async function renewOidcToken(config: OidcConfig, now = Date.now()): Promise<void> {
  if (endOf(textOf(config['id-token'])) > now + MARGIN_MS) return
  const known = renewals.get(config)
  if (known !== undefined) return known
  const renewal = redeem(config, now).finally(() => renewals.delete(config))
  renewals.set(config, renewal)
  return renewal
}

/** Several clients share one user; an issuer may take a refresh token that is redeemed twice for a stolen one. */
const renewals = new WeakMap<OidcConfig, Promise<void>>()

async function redeem(config: OidcConfig, now: number): Promise<void> {
  const issuer = textOf(config['idp-issuer-url'])
  const refreshToken = textOf(config['refresh-token'])
  if (issuer === '' || refreshToken === '')
    throw new OidcError('the OIDC token is over and nothing is there to renew it with')
  const agent = new Agent({ maxResponseSize: MAX_ANSWER_BYTES, connect: { ca: caOf(config) } })
  try {
    const about = await answerOf(
      request(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, { dispatcher: agent }),
    )
    const endpoint = textOf(about['token_endpoint'])
    if (!/^https?:\/\//.test(endpoint)) throw new OidcError('the OIDC issuer names no token endpoint')
    const methods = about['token_endpoint_auth_methods_supported']
    const answer = await answerOf(
      request(endpoint, {
        dispatcher: agent,
        method: 'POST',
        ...grantOf(config, Array.isArray(methods) && !methods.includes('client_secret_basic')),
      }),
    )
    const token = textOf(answer['id_token'])
    if (endOf(token) <= now) throw new OidcError('the OIDC issuer gave no token that is still good')
    config['id-token'] = token
    if (textOf(answer['refresh_token']) !== '') config['refresh-token'] = answer['refresh_token']
  } finally {
    await agent.destroy()
  }
}

function grantOf(config: OidcConfig, isSecretInBody: boolean) {
  const id = textOf(config['client-id'])
  const secret = textOf(config['client-secret'])
  const form = new URLSearchParams({
    grant_type: 'refresh_token',
    refresh_token: textOf(config['refresh-token']),
  })
  const headers: Record<string, string> = { 'content-type': 'application/x-www-form-urlencoded' }
  if (secret === '' || isSecretInBody) form.set('client_id', id)
  if (secret !== '' && isSecretInBody) form.set('client_secret', secret)
  if (secret !== '' && !isSecretInBody) {
    const basic = `${encodeURIComponent(id)}:${encodeURIComponent(secret)}`
    headers['authorization'] = `Basic ${Buffer.from(basic).toString('base64')}`
  }
  return { headers, body: form.toString() }
}

async function answerOf(asked: Promise<Dispatcher.ResponseData>): Promise<Record<string, unknown>> {
  const { statusCode, body } = await asked
  const text = await body.text()
  if (statusCode !== 200) throw new OidcError(`the OIDC issuer answered ${statusCode}`)
  const answer = parse(text)
  if (!isRecord(answer)) throw new OidcError('the OIDC issuer answered something else than JSON')
  return answer
}

/** When a token is over, in milliseconds since the epoch; 0 when it does not say. */
function endOf(token: string): number {
  const claims = parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
  return isRecord(claims) && typeof claims['exp'] === 'number' ? claims['exp'] * 1000 : 0
}

function caOf(config: OidcConfig): string | undefined {
  const data = textOf(config['idp-certificate-authority-data'])
  if (data !== '') return Buffer.from(data, 'base64').toString()
  const file = textOf(config['idp-certificate-authority'])
  return file === '' ? undefined : readFileSync(file, 'utf8')
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
