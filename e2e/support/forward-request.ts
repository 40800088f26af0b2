import type { IncomingMessage, ServerResponse } from 'node:http'
import { request, type RequestOptions } from 'node:https'

/** Passes on a request with its headers and body, and the answer piece by piece as a watch needs it. */
export function forwardRequest(
  incoming: IncomingMessage,
  response: ServerResponse,
  upstream: RequestOptions,
): void {
  const { connection: _, ...headers } = incoming.headers
  const outgoing = request({ ...upstream, method: incoming.method, headers }, (answer) => {
    const { connection: __, ...passed } = answer.headers
    response.writeHead(answer.statusCode ?? 502, passed)
    response.flushHeaders()
    answer.pipe(response)
    answer.on('error', () => response.destroy())
  })
  outgoing.on('error', (error) => {
    if (response.headersSent) response.destroy()
    else sendStatus(response, 502, 'BadGateway', error.message)
  })
  response.on('close', () => outgoing.destroy())
  incoming.pipe(outgoing)
}

/** Answers with a `Status`, as an API server does. */
export function sendStatus(
  response: ServerResponse,
  code: number,
  reason: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(code, { 'content-type': 'application/json', ...headers })
  const status = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, code }
  response.end(JSON.stringify(status))
}
