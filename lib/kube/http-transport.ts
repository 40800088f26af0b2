import { setTimeout as delay } from 'node:timers/promises'
import { createCallQueue } from './call-queue.ts'
import { createConnectionPool } from './connection-pool.ts'
import type { ConnectionPool } from './connection-pool.ts'
import { createCredentials } from './credentials.ts'
import type { Credential } from './credentials.ts'
import { abortError, startDeadline } from './deadline.ts'
import type { Deadline } from './deadline.ts'
import { errorOfAnswer, isSuccess, parseAnswer, readAnswer } from './http-answer.ts'
import type { Answer } from './http-answer.ts'
import { KubeError, UnauthorizedError, UnavailableError } from './kube-error.ts'
import type { KubeConfig } from './kube-config.ts'
import { publicAddress } from './load-config.ts'
import { errorFromNetwork } from './network-error.ts'
import type { ProbeAnswer } from './prober.ts'
import { untilSettled } from './until-settled.ts'

export interface TransportOptions {
  /** Instead of the kubeconfig's server. */
  server?: string
  /** Goes between the server's address and every path. */
  pathPrefix?: string
  /** The proxy on the way, where the kubeconfig names none. */
  proxyUrl?: string | undefined
  /** Deadline of a call in milliseconds; 15 s when left out. */
  timeoutMs?: number
  /** The largest answer taken, in bytes; 128 MiB when left out. */
  maxBodyBytes?: number
  /** Calls under way at the same time; 16 when left out. Watches don't count. */
  callsAtOnce?: number
  /** Calls that may wait for their turn, before more are refused at once; 256 when left out. */
  callsWaiting?: number
}

export interface HttpCall {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  path: string
  query?: Readonly<Record<string, string | number | boolean | undefined>>
  /** Sent as JSON. */
  body?: unknown
  contentType?: string
  /** Plain JSON when left out. */
  accept?: string
  signal?: AbortSignal
  timeoutMs?: number
}

export interface HttpStream {
  readonly chunks: AsyncIterable<Uint8Array>
  /** Gives the connection up; to be called in any case. */
  close(): void
}

/** HTTP to one API server. Throws what a KubeClient throws. */
export interface HttpTransport {
  readonly server: string
  /** Resolves with the parsed JSON of a 2xx answer. */
  call(call: HttpCall): Promise<unknown>
  /** A GET whose body comes for as long as the server likes; the deadline is for its headers. */
  stream(call: Omit<HttpCall, 'method' | 'body'>): Promise<HttpStream>
  /** A GET on a connection of its own; never rejects. */
  probe(path: string, options: { isFresh: boolean; signal: AbortSignal }): Promise<ProbeAnswer>
  /** Later calls use new connections: the ones there are may be dead. */
  renew(): void
  close(): Promise<void>
}

/** One call on its way, with what was sent to prove who we are. */
interface Attempt {
  readonly call: HttpCall
  readonly deadline: Deadline
  sent?: Credential
}

/** Opens no connection before the first call. */
export function createHttpTransport(config: KubeConfig, options: TransportOptions = {}): HttpTransport {
  const { timeoutMs = 15_000, maxBodyBytes = 128 * 1024 * 1024, pathPrefix = '' } = options
  const { callsAtOnce = 16, callsWaiting = 256 } = options
  const cluster = config.getCurrentCluster()
  const url = new URL(options.server ?? cluster?.server ?? '')
  const server = publicAddress(url.href) + pathPrefix
  const base = url.pathname.replace(/\/+$/, '') + pathPrefix
  const credentials = createCredentials(config)
  const proxyUrl = cluster?.proxyUrl || options.proxyUrl
  const proxy = proxyUrl ? { proxyUrl } : {}
  const calls = createConnectionPool({ connections: callsAtOnce, ...proxy })
  const queue = createCallQueue(callsAtOnce, callsWaiting)
  const streams = createConnectionPool({ connections: null, ...proxy })
  const probes = createConnectionPool({ connections: 1, ...proxy })

  function request(pool: ConnectionPool, call: HttpCall, credential: Credential, signal: AbortSignal) {
    const body = call.body === undefined ? undefined : JSON.stringify(call.body)
    const asked = pool.dispatcher(credential.tls).request({
      origin: url.origin,
      path: base + call.path + queryText(call.query),
      method: call.method,
      headers: {
        ...credential.headers,
        accept: call.accept ?? 'application/json',
        'user-agent': 'marketplace-console',
        ...(body === undefined ? {} : { 'content-type': call.contentType ?? 'application/json' }),
      },
      body: body ?? null,
      signal,
    })
    // While it connects, undici does not listen to the signal.
    return untilSettled(asked, [signal])
  }

  async function send(pool: ConnectionPool, attempt: Attempt): Promise<Answer> {
    const { call, deadline } = attempt
    delete attempt.sent
    const credential = await untilSettled(credentials.current(), [deadline.signal])
    attempt.sent = credential
    const answer = await request(pool, call, credential, deadline.signal)
    return Object.assign(answer, { secrets: credential.secrets })
  }

  async function probe(
    path: string,
    { isFresh, signal }: { isFresh: boolean; signal: AbortSignal },
  ): Promise<ProbeAnswer> {
    if (isFresh) probes.renew()
    let credential
    try {
      credential = await untilSettled(credentials.current(), [signal])
    } catch {
      return 'unsent'
    }
    try {
      const answer = await request(probes, { method: 'GET', path }, credential, signal)
      await answer.body.dump()
      return answer.statusCode < 500 ? 'answered' : 'unanswered'
    } catch {
      return 'unanswered'
    }
  }

  async function once(attempt: Attempt): Promise<unknown> {
    const leave = await queue.enter(attempt.deadline.signal)
    try {
      const answer = await send(calls, attempt)
      if (!isSuccess(answer)) throw await errorOfAnswer(answer, maxBodyBytes)
      return parseAnswer(await readAnswer(answer, maxBodyBytes), server)
    } finally {
      leave()
    }
  }

  /** Every failure of `run` as a typed error; repeats what may be repeated, once per cause. */
  async function persist<R>(attempt: Attempt, run: () => Promise<R>): Promise<R> {
    const { call, deadline } = attempt
    let hasRefreshed = false
    let hasRepeated = false
    for (;;) {
      try {
        return await run()
      } catch (thrown) {
        if (call.signal?.aborted) throw abortError(call.signal)
        if (deadline.isExpired()) throw timeoutError(server, call.timeoutMs ?? timeoutMs)
        const error = thrown instanceof KubeError ? thrown : errorFromNetwork(thrown, server)
        const refused = error instanceof UnauthorizedError && !hasRefreshed ? attempt.sent : undefined
        if (refused !== undefined && credentials.refresh(refused)) {
          hasRefreshed = true
          continue
        }
        const waitMs = hasRepeated ? undefined : repeatDelay(call, error)
        if (waitMs === undefined || waitMs > deadline.remainingMs()) throw error
        hasRepeated = true
        await delay(waitMs, undefined, { signal: deadline.signal }).catch(() => {})
      }
    }
  }

  return {
    server,
    async call(call) {
      const deadline = startDeadline(call.timeoutMs ?? timeoutMs, call.signal)
      try {
        const attempt: Attempt = { call, deadline }
        return await persist(attempt, () => once(attempt))
      } finally {
        deadline.clear()
      }
    },
    async stream(options) {
      const call: HttpCall = { ...options, method: 'GET' }
      const deadline = startDeadline(call.timeoutMs ?? timeoutMs, call.signal)
      try {
        const attempt: Attempt = { call, deadline }
        const answer = await persist(attempt, async () => {
          const answer = await send(streams, attempt)
          if (!isSuccess(answer)) throw await errorOfAnswer(answer, maxBodyBytes)
          return answer
        })
        deadline.lift()
        answer.body.on('error', () => {})
        return {
          chunks: chunksOf(answer, call, server),
          close() {
            deadline.clear()
            answer.body.destroy()
          },
        }
      } catch (error) {
        deadline.clear()
        throw error
      }
    },
    probe,
    renew: () => calls.renew(),
    async close() {
      await Promise.all([calls, streams, probes].map((pool) => pool.close()))
    },
  }
}

async function* chunksOf(answer: Answer, call: HttpCall, server: string) {
  try {
    for await (const chunk of answer.body as AsyncIterable<Uint8Array>) yield chunk
  } catch (error) {
    throw call.signal?.aborted ? abortError(call.signal) : errorFromNetwork(error, server)
  }
}

/**
 * When to send a read again, in milliseconds from now: after a 429 or 503 that says when, and at once after a kept
 * connection was closed under our hands. Undefined for everything else, and for all writes.
 */
function repeatDelay(call: HttpCall, error: KubeError): number | undefined {
  if (call.method !== 'GET') return undefined
  if (error.code === 429 || (error.code === 503 && error.retryAfterMs !== undefined))
    return error.retryAfterMs
  return error.reason === 'ConnectionClosed' ? 0 : undefined
}

function timeoutError(server: string, timeoutMs: number): UnavailableError {
  return new UnavailableError(`${server} did not answer within ${Math.round(timeoutMs)} ms`, {
    code: 504,
    reason: 'Timeout',
  })
}

function queryText(query: HttpCall['query'] = {}): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== '') params.set(name, String(value))
  return params.size === 0 ? '' : `?${params}`
}
