import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ForwardAnswer, ForwardFlow, ForwardRequest } from '#lib/kube/forward.ts'
import { answerHeaders, OWN_HEADERS, requestHeaders } from './gateway-headers.ts'
import { parseGatewayPath } from './gateway-path.ts'
import { hasBody, onLateBody } from './late-body.ts'
import { isSameHost } from './same-origin.ts'

/** Sends a request to one cluster. */
export interface GatewayTarget {
  readonly forward?: (request: ForwardRequest, answer: ForwardAnswer) => void
}

/** What is sent to an API server is a few megabytes at most, and must be here by then. Milliseconds. */
const BODY_TIMEOUT_MS = 60_000

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'])

/**
 * Answers `/kubernetes/<cluster>/…` with what that cluster's API server says to the caller: with the caller's own
 * bearer token, never with the console's credentials. Bodies stream both ways at the pace of the slower side.
 * @param target the cluster of that name, if there is one; undefined while nobody can tell
 * @param bodyTimeoutMs a body that trickles in longer is given up
 */
export function serveGateway(
  request: IncomingMessage,
  response: ServerResponse,
  target: ((cluster: string) => GatewayTarget | undefined) | undefined,
  bodyTimeoutMs = BODY_TIMEOUT_MS,
): void {
  if (target === undefined) return sendStatus(response, 503, 'ServiceUnavailable', 'the console is starting')
  const refusal = refusalOf(request)
  if (refusal !== undefined) return sendStatus(response, ...refusal)
  const path = parseGatewayPath(request.url ?? '')
  if (path === undefined)
    return sendStatus(response, 400, 'BadRequest', 'the path names no cluster, or leads out of it')
  const cluster = target(path.cluster)
  if (cluster?.forward === undefined)
    return sendStatus(response, 404, 'NotFound', `there is no cluster ${path.cluster}`)
  const answer = relay(response, `/kubernetes/${path.cluster}`)
  onLateBody(request, bodyTimeoutMs, () => answer.expire())
  cluster.forward(
    {
      method: request.method ?? 'GET',
      path: path.rest,
      headers: requestHeaders(request.rawHeaders, request.socket.remoteAddress),
      body: hasBody(request) ? request : null,
    },
    answer,
  )
}

type Refusal = [code: number, reason: string, message: string]

function refusalOf({ headers, method = '', rawHeaders }: IncomingMessage): Refusal | undefined {
  const { authorization = '', origin, upgrade, host } = headers
  const site = headers['sec-fetch-site']
  if ((site !== undefined && site !== 'same-origin') || (origin !== undefined && !isSameHost(origin, host)))
    return [403, 'Forbidden', 'the gateway is not for pages of other origins']
  if (!METHODS.has(method)) return [405, 'MethodNotAllowed', `the gateway does not carry ${method}`]
  const tokens = rawHeaders.filter((name, index) => index % 2 === 0 && /^authorization$/i.test(name))
  if (tokens.length !== 1 || !/^Bearer +[^\s,]+$/i.test(authorization))
    return [401, 'Unauthorized', "the gateway needs the caller's own token: Authorization: Bearer <token>"]
  if (upgrade !== undefined)
    return [
      501,
      'NotImplemented',
      `the gateway does not carry upgraded connections (exec, attach, port-forward): use the cluster's own address`,
    ]
  return undefined
}

/** Passes an answer on, and lets each side wait for the other. */
function relay(response: ServerResponse, prefix: string): ForwardAnswer & { expire(): void } {
  let flow: ForwardFlow | undefined
  let isOver = false
  let isSilent = true
  response.on('drain', () => flow?.resume())
  response.once('close', () => {
    // The caller went away before the end: so may the API server.
    if (!isOver) flow?.abort()
    isOver = true
  })
  return {
    expire() {
      if (isOver) return
      isOver = true
      flow?.abort()
      if (response.headersSent) response.destroy()
      else sendStatus(response, 408, 'Timeout', 'the body of the request did not arrive in time')
    },
    onFlow(next) {
      flow = next
      if (isOver) next.abort()
    },
    onHead(status, headers) {
      response.writeHead(status, answerHeaders(headers, prefix))
      // A watch may have nothing to say for a while; everything else is sent in one piece with what follows.
      setImmediate(() => {
        if (isSilent && !response.destroyed) response.flushHeaders()
      })
    },
    onData(chunk) {
      isSilent = false
      if (!response.write(chunk)) flow?.pause()
    },
    onEnd() {
      isOver = true
      isSilent = false
      response.end()
    },
    onError(error) {
      if (isOver) return
      isOver = true
      // Half an answer must not look like a whole one.
      if (response.headersSent) response.destroy()
      else sendStatus(response, error.code, error.reason, error.message)
    },
  }
}

/** Answers as an API server does when it can't. */
export function sendStatus(response: ServerResponse, code: number, reason: string, message: string): void {
  if (response.destroyed) return
  // What is still being sent is read and forgotten, so that the client sees the answer.
  response.req.resume()
  response.writeHead(code, [
    ...OWN_HEADERS,
    'content-type',
    'application/json',
    'cache-control',
    'no-store',
    ...(code === 401 ? ['www-authenticate', 'Bearer'] : []),
    ...(response.req.complete ? [] : ['connection', 'close']),
  ])
  response.end(
    JSON.stringify({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message,
      reason,
      code,
    }),
  )
}
