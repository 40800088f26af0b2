import type { Readable } from 'node:stream'
import { getCACertificates } from 'node:tls'
import { Agent, ProxyAgent, request, type Dispatcher } from 'undici'
import { proxyFor } from '#lib/kube/proxy-for.ts'
import { RegistryAuth } from './registry-auth.ts'
import { RegistryError } from './registry-error.ts'
import { errorFromAnswer, errorFromNetwork } from './registry-failure.ts'
import { originOf, type RegistryTarget } from './registry-target.ts'

export interface RegistryRequest {
  method: 'GET' | 'HEAD' | 'POST' | 'PATCH' | 'PUT'
  /** Absolute, or a path of the registry. */
  url: string | URL
  /** What the registry is asked for, such as `repository:ait/one:pull,push`. */
  scopes: readonly string[]
  headers?: Readonly<Record<string, string>>
  /** Made anew for each try. */
  body?: () => Buffer | Readable
  /** Length of the body in bytes. */
  bodyBytes?: number
  /** Statuses that are an answer; all others are thrown. */
  accept: readonly number[]
  /** The registry may be long about its answer: it verifies or stores what it was sent. */
  isSlow?: boolean
  /** The content of a 200 or 206 comes as a stream, however large it is. */
  isStreamed?: boolean
  signal?: AbortSignal | undefined
}

export interface RegistryAnswer {
  status: number
  /** Where the answer came from, redirects followed. */
  url: URL
  header(name: string): string | undefined
  /** Empty where the content is a stream. */
  body: Buffer
  /** The content that was asked for as a stream. Its errors are the network's. */
  stream?: Readable
}

export interface RegistryHttpOptions {
  /** How long nothing may happen on a connection, in milliseconds. */
  stallMs?: number
  /** How long a slow answer may take once all is sent (large blobs are verified then), in milliseconds. */
  answerMs?: number
  /** Where HTTPS_PROXY, HTTP_PROXY and NO_PROXY are; the process's own variables when left out. */
  environment?: Readonly<Record<string, string | undefined>>
}

const MOST_REDIRECTS = 5
const REDIRECTS = new Set([301, 302, 303, 307, 308])
const LARGEST_ANSWER = 8 * 1024 * 1024
const STALL_MS = 60_000
const ANSWER_MS = 300_000
/**
 * For all other answers, and in bytes per millisecond what a line carries at least: Node does not always tell that a TLS
 * connection was reset (one in some fifty, on a busy machine), and then it is noticed by this.
 */
const SOON_MS = 30_000
const SLOWEST_BYTES_PER_MS = 10

/** HTTP to one registry: who we are, redirects, certificates, proxies; no retries. */
export class RegistryHttp {
  readonly origin: string
  readonly #target: RegistryTarget
  readonly #environment: Readonly<Record<string, string | undefined>>
  readonly #auth: RegistryAuth
  readonly #connections: ConstructorParameters<typeof Agent>[0] & object
  readonly #tls: { ca?: string[] }
  /** By the proxy that they go through; under the empty text those that go through none. */
  readonly #agents = new Map<string, Dispatcher>()
  readonly #answerMs: number

  constructor(target: RegistryTarget, options: RegistryHttpOptions = {}) {
    const { stallMs = STALL_MS, answerMs = ANSWER_MS, environment = process.env } = options
    this.#target = target
    this.#environment = environment
    this.#answerMs = answerMs
    this.origin = originOf(target)
    this.#tls = target.ca === null ? {} : { ca: [...getCACertificates('default'), target.ca] }
    this.#connections = {
      connectTimeout: Math.min(stallMs, 30_000),
      headersTimeout: answerMs,
      bodyTimeout: stallMs,
      connections: 16,
    }
    this.#auth = new RegistryAuth(target, async (url, authorization, signal) => {
      const headers = { accept: 'application/json', ...(authorization !== undefined && { authorization }) }
      const answer = await this.#follow({ method: 'GET', url, scopes: [], headers, accept: [], signal }, url)
      return { status: answer.status, body: answer.body }
    })
  }

  /** @throws RegistryError; the signal's reason */
  async send(asked: RegistryRequest): Promise<RegistryAnswer> {
    const url = this.resolve(asked.url)
    for (let tries = 1; ; tries++) {
      // Only the registry itself learns who we are.
      const isOwn = url.origin === this.origin
      const authorization = isOwn ? await this.#auth.header(asked.scopes, asked.signal) : undefined
      const headers = { ...asked.headers, ...(authorization !== undefined && { authorization }) }
      const answer = await this.#follow({ ...asked, headers }, url)
      if (asked.accept.includes(answer.status)) return answer
      const challenge = answer.header('www-authenticate')
      const mayLearn = answer.status === 401 && isOwn && tries < 3 && challenge !== undefined
      if (mayLearn && this.#auth.learn(challenge, asked.scopes, authorization)) continue
      throw errorFromAnswer(answer, this.origin, this.#target.credentials)
    }
  }

  /**
   * An address that the registry gave, which may be relative.
   * @throws RegistryError `invalid-answer` for one that leaves TLS or is none
   */
  resolve(address: string | URL, base: string | URL = this.origin): URL {
    if (typeof address === 'string' && !URL.canParse(address, base))
      throw new RegistryError('invalid-answer', 'The registry gave an address that is none')
    const url = new URL(address, base)
    const own = new URL(this.origin)
    // Registries behind a proxy that ends TLS often name themselves without it.
    if (url.protocol === 'http:' && own.protocol === 'https:' && url.hostname === own.hostname)
      return new URL(own.origin + url.pathname + url.search)
    if (!/^https?:$/.test(url.protocol) || (url.protocol === 'http:' && !this.#target.isPlain))
      throw new RegistryError('invalid-answer', `The registry leads to ${url.host}, which is not on HTTPS`)
    url.username = ''
    url.password = ''
    return url
  }

  /** Ends all connections. */
  async close(): Promise<void> {
    await Promise.all([...this.#agents.values()].map((agent) => agent.destroy()))
  }

  /** @throws RegistryError when the environment names a proxy that is none */
  #agentFor(url: URL): { agent: Dispatcher; proxy: string } {
    const proxy = this.#proxyOf(url)
    const agent = this.#agents.get(proxy) ?? this.#newAgent(proxy)
    this.#agents.set(proxy, agent)
    return { agent, proxy }
  }

  #proxyOf(url: URL): string {
    try {
      return proxyFor(url, this.#environment) ?? ''
    } catch (error) {
      throw new RegistryError('address-invalid', (error as Error).message)
    }
  }

  #newAgent(proxy: string): Dispatcher {
    const tls = this.#tls
    return proxy === ''
      ? new Agent({ ...this.#connections, connect: tls })
      : new ProxyAgent({ ...this.#connections, uri: proxy, requestTls: tls, proxyTls: tls })
  }

  /** One request and its redirects; another host gets no `Authorization`. */
  async #follow(asked: RegistryRequest, start: URL): Promise<RegistryAnswer> {
    let url = start
    let { method, body } = asked
    let headers = { ...asked.headers }
    for (let hops = 0; ; hops++) {
      const answer = await this.#once({ ...asked, method, body, headers }, url)
      const location = answer.header('location')
      if (!REDIRECTS.has(answer.status) || location === undefined) return answer
      if (hops === MOST_REDIRECTS)
        throw new RegistryError('invalid-answer', `The registry redirects more than ${MOST_REDIRECTS} times`)
      const next = this.resolve(location, url)
      if (next.origin !== url.origin) {
        const { authorization: _, ...others } = headers
        headers = others
      }
      if (answer.status === 303) {
        method = 'GET'
        body = undefined
      }
      url = next
    }
  }

  async #once(
    { method, headers, body, bodyBytes, isSlow, isStreamed, signal }: RegistryRequest,
    url: URL,
  ): Promise<RegistryAnswer> {
    const { agent, proxy } = this.#agentFor(url)
    const content = body?.()
    const soonMs = SOON_MS + (bodyBytes ?? 0) / SLOWEST_BYTES_PER_MS
    const length = bodyBytes === undefined ? {} : { 'content-length': String(bodyBytes) }
    let answer: Dispatcher.ResponseData
    try {
      answer = await request(url, {
        method,
        dispatcher: agent,
        headers: {
          'user-agent': 'plugin-marketplace-console',
          ...headers,
          ...(content !== undefined && length),
        },
        body: content ?? null,
        signal: signal ?? null,
        ...(isSlow !== true && { headersTimeout: Math.min(this.#answerMs, soonMs) }),
      })
      const status = answer.statusCode
      const hasStream = isStreamed === true && (status === 200 || status === 206)
      return {
        status,
        url,
        header: (name) => [answer.headers[name] ?? []].flat()[0],
        body: hasStream ? Buffer.alloc(0) : await collect(answer.body),
        ...(hasStream && { stream: answer.body }),
      }
    } catch (error) {
      signal?.throwIfAborted()
      throw error instanceof RegistryError ? error : errorFromNetwork(error, url, proxy)
    } finally {
      if (content !== undefined && 'destroy' in content) content.destroy()
    }
  }
}

async function collect(body: Readable): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > LARGEST_ANSWER) throw new RegistryError('invalid-answer', 'The registry’s answer is too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
