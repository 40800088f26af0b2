import { parseChallenges, type Challenge } from './challenge.ts'
import { RegistryError } from './registry-error.ts'
import { originOf, type RegistryCredentials, type RegistryTarget } from './registry-target.ts'

/** Fetches a token: a GET that follows no redirect to another host with its credentials. */
export type TokenFetch = (
  url: URL,
  authorization: string | undefined,
  signal: AbortSignal | undefined,
) => Promise<{ status: number; body: Buffer }>

interface Token {
  header: string
  /** By `performance.now()`. */
  freshUntil: number
}

type Mode = { kind: 'none' } | { kind: 'basic' } | { kind: 'bearer'; realm: URL; service: string | undefined }

/** Registries that don't say how long a token lasts mean 60 s (docker's rule). */
const DEFAULT_LIFE_S = 60
const LONGEST_LIFE_S = 3600
/** A token is not used in its last seconds: the request may take them. */
const SPARE_S = 10

/** What proves to one registry who we are. Learns from its challenges; tokens are kept for each scope. */
export class RegistryAuth {
  readonly #target: RegistryTarget
  readonly #fetch: TokenFetch
  readonly #tokens = new Map<string, Promise<Token>>()
  #mode: Mode = { kind: 'none' }

  constructor(target: RegistryTarget, fetch: TokenFetch) {
    this.#target = target
    this.#fetch = fetch
  }

  /**
   * Value of the `Authorization` header for a request to the registry itself.
   * @param scopes what the request needs, such as `repository:ait/one:pull,push`
   * @throws RegistryError when no token can be had
   */
  async header(scopes: readonly string[], signal?: AbortSignal): Promise<string | undefined> {
    const { credentials } = this.#target
    const mode = this.#mode
    if (mode.kind === 'none') return undefined
    if (mode.kind === 'basic') return credentials === null ? undefined : basic(credentials)
    const key = scopes.join(' ')
    const kept = this.#tokens.get(key)
    if (kept !== undefined) {
      const token = await kept.catch(() => undefined)
      if (token !== undefined && token.freshUntil > performance.now()) return token.header
      if (this.#tokens.get(key) === kept) this.#tokens.delete(key)
    }
    // Another request may have asked meanwhile.
    const token = this.#tokens.get(key) ?? this.#token(mode.realm, mode.service, scopes, signal)
    this.#tokens.set(key, token)
    return (await token).header
  }

  /**
   * Learns from a 401.
   * @param header its `WWW-Authenticate`
   * @param sent the `Authorization` that was refused
   * @returns whether to try again
   * @throws RegistryError when the registry asks for what we can't give
   */
  learn(header: string, scopes: readonly string[], sent: string | undefined): boolean {
    const challenges = parseChallenges(header)
    const bearer = challenges.find(({ scheme, parameters }) => scheme === 'bearer' && parameters.has('realm'))
    if (bearer !== undefined) {
      this.#mode = this.#bearerMode(bearer)
      this.#tokens.delete(scopes.join(' '))
      return true
    }
    if (challenges.some(({ scheme }) => scheme === 'basic') && this.#target.credentials !== null) {
      this.#mode = { kind: 'basic' }
      return sent !== basic(this.#target.credentials)
    }
    return false
  }

  #bearerMode({ parameters }: Challenge): Mode {
    const realm = parameters.get('realm') ?? ''
    const url = URL.canParse(realm) ? new URL(realm) : undefined
    if (url === undefined || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '')
      throw new RegistryError('invalid-answer', 'The registry names no usable token service')
    // What is said to a registry over TLS is not said to anybody without.
    if (url.protocol === 'http:' && !this.#target.isPlain)
      throw new RegistryError('invalid-answer', `The registry’s token service ${url.host} is not on HTTPS`)
    return { kind: 'bearer', realm: url, service: parameters.get('service') }
  }

  async #token(
    realm: URL,
    service: string | undefined,
    scopes: readonly string[],
    signal: AbortSignal | undefined,
  ): Promise<Token> {
    const { credentials } = this.#target
    const url = new URL(realm)
    if (service !== undefined) url.searchParams.set('service', service)
    for (const scope of scopes) url.searchParams.append('scope', scope)
    if (credentials !== null) url.searchParams.set('account', credentials.username)
    const asked = performance.now()
    const { status, body } = await this.#fetch(
      url,
      credentials === null ? undefined : basic(credentials),
      signal,
    )
    if (status !== 200)
      throw new RegistryError(
        status === 403 ? 'forbidden' : 'unauthorized',
        `The token service of ${originOf(this.#target)} refuses these credentials (${status})`,
        { status },
      )
    return tokenIn(body, asked)
  }
}

function basic({ username, password }: RegistryCredentials): string {
  return `Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString('base64')}`
}

function tokenIn(body: Buffer, asked: number): Token {
  let value: unknown
  try {
    value = JSON.parse(body.toString('utf8'))
  } catch {
    value = undefined
  }
  const answer = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>
  const token = answer['token'] ?? answer['access_token']
  if (typeof token !== 'string' || !/^[\x21-\x7e]+$/.test(token))
    throw new RegistryError('invalid-answer', 'The registry’s token service gave no token')
  const said = answer['expires_in']
  const life = typeof said === 'number' && said > 0 ? Math.min(said, LONGEST_LIFE_S) : DEFAULT_LIFE_S
  return { header: `Bearer ${token}`, freshUntil: asked + Math.max(1, life - SPARE_S) * 1000 }
}
