import { readFile } from 'node:fs/promises'
import { randomBytes } from 'node:crypto'
import { Agent, request } from 'undici'
import { parse } from 'yaml'
import { afterAll, beforeAll } from 'vitest'
import { startApiServer } from '#e2e/support/api-server.ts'

/** A JSON object as it came; tests look into it freely. */
export interface Body {
  [key: string]: unknown
  kind?: string
  message?: string
  reason?: string
  code?: number
  status?: unknown
  spec?: Record<string, unknown>
  metadata?: Metadata
  items?: Body[]
  details?: { name?: string; group?: string; kind?: string; uid?: string; causes?: Cause[] }
}

export interface Metadata {
  name: string
  namespace?: string
  uid: string
  resourceVersion: string
  generation: number
  creationTimestamp: string
  deletionTimestamp?: string
  labels?: Record<string, string>
  annotations?: Record<string, string>
  finalizers?: string[]
  continue?: string
  remainingItemCount?: number
}

export interface Cause {
  reason: string
  message: string
  field: string
}

export interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: Body
  text: string
}

export interface WatchEvent {
  type: string
  object: Body
}

export interface RequestOptions {
  type?: string
  accept?: string
  headers?: Record<string, string>
}

interface Kubeconfig {
  'current-context': string
  contexts: { name: string; context: { cluster: string; user: string } }[]
  clusters: { name: string; cluster: { server: string; 'certificate-authority-data'?: string } }[]
  users: {
    name: string
    user: { token?: string; 'client-certificate-data'?: string; 'client-key-data'?: string }
  }[]
}

/** The API server under test: the one of `CONTRACT_KUBECONFIG`, or an embedded one for this file. */
export class Target {
  kubeconfig = ''
  server = ''
  /** A namespace of this file's own. */
  readonly namespace = `contract-${randomBytes(4).toString('hex')}`
  #agent = new Agent()
  #headers: Record<string, string> = {}

  async open(kubeconfig: string): Promise<void> {
    const config = parse(await readFile(kubeconfig, 'utf8')) as Kubeconfig
    const context = config.contexts.find(({ name }) => name === config['current-context'])?.context
    const cluster = config.clusters.find(({ name }) => name === context?.cluster)?.cluster
    const user = config.users.find(({ name }) => name === context?.user)?.user
    const decoded = (data: string | undefined) =>
      data === undefined ? undefined : Buffer.from(data, 'base64').toString()
    this.kubeconfig = kubeconfig
    this.server = (cluster?.server ?? '').replace(/\/$/, '')
    this.#agent = new Agent({
      bodyTimeout: 0,
      connect: {
        ca: decoded(cluster?.['certificate-authority-data']),
        cert: decoded(user?.['client-certificate-data']),
        key: decoded(user?.['client-key-data']),
      },
    })
    if (user?.token !== undefined) this.#headers['authorization'] = `Bearer ${user.token}`
    await this.call('POST', '/api/v1/namespaces', { metadata: { name: this.namespace } })
  }

  async close(): Promise<void> {
    await this.call('DELETE', `/api/v1/namespaces/${this.namespace}`)
    await this.#agent.destroy()
  }

  /** Sends a request; `body` is sent as it is when it is text, as JSON otherwise. */
  async call(method: string, path: string, body?: unknown, options: RequestOptions = {}): Promise<Answer> {
    const answer = await request(this.server + path, {
      method: method as 'GET',
      dispatcher: this.#agent,
      headers: {
        ...this.#headers,
        accept: options.accept ?? 'application/json',
        ...(body === undefined ? {} : { 'content-type': options.type ?? 'application/json' }),
        ...options.headers,
      },
      body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
    })
    const text = await answer.body.text()
    let parsed: Body = {}
    try {
      parsed = JSON.parse(text) as Body
    } catch {
      // Not JSON; the test looks at the text.
    }
    return { status: answer.statusCode, headers: answer.headers, body: parsed, text }
  }

  /** Reads an answer as it comes over the wire. */
  async bytes(
    path: string,
    headers: Record<string, string>,
  ): Promise<{ headers: Answer['headers']; bytes: Buffer }> {
    const answer = await request(this.server + path, {
      dispatcher: this.#agent,
      headers: { ...this.#headers, ...headers },
    })
    return { headers: answer.headers, bytes: Buffer.from(await answer.body.arrayBuffer()) }
  }

  /** Opens a watch; `next` waits for events, `all` reads until the server ends the stream. */
  async watch(path: string, options: RequestOptions = {}): Promise<Watch> {
    const answer = await request(this.server + path, {
      dispatcher: this.#agent,
      headers: { ...this.#headers, accept: options.accept ?? 'application/json' },
    })
    return new Watch(answer.statusCode, answer.body)
  }
}

/** The events of one watch, in order. */
export class Watch {
  readonly status: number
  readonly #body: AsyncIterable<Buffer> & {
    destroy(): void
    on(event: 'error', listener: () => void): unknown
  }
  readonly #events: AsyncGenerator<WatchEvent>

  constructor(
    status: number,
    body: AsyncIterable<Buffer> & { destroy(): void; on(event: 'error', listener: () => void): unknown },
  ) {
    this.status = status
    this.#body = body
    body.on('error', () => {})
    this.#events = readEvents(body)
  }

  /** The next event. @throws after 10 s without one, or when the stream has ended */
  async next(): Promise<WatchEvent> {
    const timeout = Promise.withResolvers<never>()
    const timer = setTimeout(() => timeout.reject(new Error('no event within 10 s')), 10_000)
    const result = await Promise.race([this.#events.next(), timeout.promise]).finally(() =>
      clearTimeout(timer),
    )
    if (result.done === true) throw new Error('the watch has ended')
    return result.value
  }

  /** Everything up to the end of the stream. */
  async all(): Promise<WatchEvent[]> {
    const events: WatchEvent[] = []
    for await (const event of this.#events) events.push(event)
    return events
  }

  stop(): void {
    this.#body.destroy()
  }
}

async function* readEvents(body: AsyncIterable<Buffer>): AsyncGenerator<WatchEvent> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of body) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) if (line !== '') yield JSON.parse(line) as WatchEvent
  }
}

/** Gives a test file its server: starts it before the tests and ends it after them. */
export function contractTarget(): Target {
  const target = new Target()
  let stop: (() => Promise<unknown>) | undefined
  beforeAll(async () => {
    const given = process.env['CONTRACT_KUBECONFIG']
    if (given !== undefined && given !== '') {
      await target.open(given)
      return
    }
    const server = await startApiServer()
    stop = () => server[Symbol.asyncDispose]()
    await target.open(server.kubeconfig)
  })
  afterAll(async () => {
    await target.close()
    await stop?.()
  })
  return target
}
