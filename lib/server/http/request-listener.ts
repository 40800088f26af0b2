import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { logFailure } from './error-facts.ts'
import { serveEventStream } from './event-stream.ts'
import type { ServiceContext } from '#lib/server/services/context.ts'
import { type GatewayTarget, sendStatus, serveGateway } from './gateway.ts'
import { isGatewayPath } from './gateway-path.ts'
import type { LiveHub } from './live-hub.ts'
import { onLateBody } from './late-body.ts'
import { receivePackagePart, uploadOfPath } from './package-upload.ts'
import { type ProblemFacts, sendProblem } from './problem-response.ts'
import { COMMON_HEADERS, DATA_POLICY, newNonce, pagePolicy, STATIC_POLICY } from './security-headers.ts'
import { isPageVisit, sendStartingPage } from './starting-page.ts'

export type PageHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/** What raw requests need of the runtime. */
export interface RawRuntime {
  live: LiveHub
  contextOf(request: { requestId: string; signal: AbortSignal }): ServiceContext
  /** The API of a cluster, for the gateway; undefined where there is none of that name. */
  cluster(name: string): GatewayTarget | undefined
}

export interface ListenerOptions {
  isAllowedHost(host: string | undefined): boolean
  dev: boolean
  /** Undefined until the cluster is known. */
  runtime(): RawRuntime | undefined
  /** Undefined until the pages are built. */
  pages(): PageHandler | undefined
}

/** A request other than an upload must be complete by then. Milliseconds. */
const BODY_TIMEOUT_MS = 30_000

/** Headers that only we may set on the way to the pages. */
const INTERNAL_HEADERS = [
  'x-nonce',
  'x-request-id',
  'content-security-policy',
  'content-security-policy-report-only',
]

/** The console's answer to any request: raw endpoints here, everything else in the pages' hands. */
export function createRequestListener(options: ListenerOptions) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (isGatewayPath(pathOf(request))) return gateway(request, response, options)
    const requestId = randomUUID()
    for (const name of INTERNAL_HEADERS) delete request.headers[name]
    request.headers['x-request-id'] = requestId
    response.setHeader('x-request-id', requestId)
    for (const [name, value] of Object.entries(COMMON_HEADERS)) response.setHeader(name, value)
    try {
      await answer(request, response, requestId, options)
    } catch (error) {
      logFailure(error, requestId)
      sendProblem(response, { code: 'internal', detail: 'the console failed to answer' }, requestId)
    }
  }
}

function pathOf({ url = '/' }: IncomingMessage): string {
  return url.split('?', 1)[0] ?? '/'
}

function gateway(request: IncomingMessage, response: ServerResponse, options: ListenerOptions): void {
  if (!options.isAllowedHost(request.headers.host))
    return sendStatus(response, 421, 'Misdirected', 'this console is not served under that name')
  const runtime = options.runtime()
  serveGateway(request, response, runtime && ((name) => runtime.cluster(name)))
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  requestId: string,
  options: ListenerOptions,
): Promise<void> {
  const refuse = (facts: ProblemFacts) => sendProblem(response, facts, requestId)
  const path = pathOf(request)
  const isApi = path === '/api' || path.startsWith('/api/')
  const policy = policyFor(path, isApi, options.dev)
  response.setHeader('content-security-policy', policy.text)
  if (!options.isAllowedHost(request.headers.host))
    return refuse({ code: 'misdirected', detail: 'this console is not served under that name' })
  const runtime = options.runtime()
  const pages = options.pages()
  if (runtime === undefined || pages === undefined) {
    if (!isApi && isPageVisit(request)) return sendStartingPage(response)
    return refuse({ code: 'unavailable', detail: 'the console is starting' })
  }
  if (path === '/api/events') {
    if (request.method !== 'GET') return refuse({ code: 'not-found', detail: 'only GET is served here' })
    if (/^(cross|same)-site$/.test(String(request.headers['sec-fetch-site'])))
      return refuse({ code: 'cross-origin', detail: "the event stream is for this console's own pages" })
    const { caller } = runtime.contextOf({ requestId, signal: AbortSignal.any([]) })
    return serveEventStream(request, response, runtime.live, caller.name)
  }
  const upload = uploadOfPath(path)
  if (upload !== undefined && request.method === 'PATCH')
    return receivePackagePart(request, response, { requestId, upload, ...runtime })
  limitBodyTime(request, refuse)
  if (policy.nonce !== undefined) {
    request.headers['x-nonce'] = policy.nonce
    request.headers['content-security-policy'] = policy.text
  }
  await pages(request, response)
}

function policyFor(path: string, isApi: boolean, dev: boolean): { text: string; nonce?: string } {
  if (isApi) return { text: DATA_POLICY }
  if (path.startsWith('/_next/static/')) return { text: STATIC_POLICY }
  const nonce = newNonce()
  return { text: pagePolicy(nonce, dev), nonce }
}

/** Ends requests whose body trickles in: nothing but a package may take long. */
function limitBodyTime(request: IncomingMessage, refuse: (facts: ProblemFacts) => void): void {
  onLateBody(request, BODY_TIMEOUT_MS, () =>
    refuse({ code: 'timeout', status: 408, detail: 'the request body did not arrive in time' }),
  )
}
