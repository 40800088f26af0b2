import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { KubeConfig } from '../kube-config.ts'
import type { TestCertificates } from './test-certificates.ts'

export interface SeenRequest {
  method: string
  path: string
  query: URLSearchParams
  headers: IncomingMessage['headers']
  body: string
}

export interface FaultServer {
  readonly url: string
  /** Every request so far, in order. */
  readonly requests: readonly SeenRequest[]
  /** Connections accepted so far. */
  readonly connections: number
  /** A kubeconfig that leads here; with a CA where the server speaks TLS. */
  config(user?: Record<string, unknown>, cluster?: Record<string, unknown>): KubeConfig
  /** Ends all connections, as a crash would. */
  cut(): void
  close(): Promise<void>
}

export type Handler = (request: SeenRequest, response: ServerResponse) => void

export interface FaultServerOptions {
  /** Probes reach the handler, too; left out, they are answered as by a healthy server, and not counted. */
  handlesProbes?: boolean
  /** So do wishes for a streamed list; left out, they are refused as by an older server, and not counted. */
  handlesStreamedLists?: boolean
  /** Any free one when left out. */
  port?: number
}

/** A server on 127.0.0.1 whose answers a test decides, byte by byte. */
export async function startFaultServer(
  handler: Handler,
  tls?: TestCertificates,
  options: FaultServerOptions = {},
): Promise<FaultServer> {
  const requests: SeenRequest[] = []
  let connections = 0
  const listener = (incoming: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      const url = new URL(incoming.url ?? '/', 'http://server')
      const request = {
        method: incoming.method ?? '',
        path: url.pathname,
        query: url.searchParams,
        headers: incoming.headers,
        body: Buffer.concat(chunks).toString(),
      }
      if (url.pathname.endsWith('/livez') && !options.handlesProbes) {
        response.end('ok')
        return
      }
      if (url.searchParams.has('sendInitialEvents') && !options.handlesStreamedLists) {
        sendStatus(response, 422, 'Invalid')
        return
      }
      requests.push(request)
      handler(request, response)
    })
  }
  const server = tls
    ? createTlsServer({ ...tls.server, ca: tls.ca, requestCert: true, rejectUnauthorized: false }, listener)
    : createServer(listener)
  server.on(tls ? 'secureConnection' : 'connection', () => (connections += 1))
  await new Promise<void>((resolve) => {
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const url = `${tls ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`

  return {
    url,
    requests,
    get connections() {
      return connections
    },
    config(user = { token: 'test-token-0123456789' }, cluster = {}) {
      const config = new KubeConfig()
      const ca = tls ? { 'certificate-authority-data': Buffer.from(tls.ca).toString('base64') } : {}
      config.loadFromContent({
        clusters: [{ name: 'test', cluster: { server: url, ...ca, ...cluster } }],
        users: [{ name: 'tester', user }],
        contexts: [{ name: 'test', context: { cluster: 'test', user: 'tester' } }],
        'current-context': 'test',
      })
      return config
    },
    cut: () => server.closeAllConnections(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Answers with JSON. */
export function sendJson(
  response: ServerResponse,
  code: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(code, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify(body))
}

/** Answers with a `Status`, as an API server does. */
export function sendStatus(response: ServerResponse, code: number, reason: string, rest: object = {}): void {
  sendJson(response, code, statusOf(code, reason, rest))
}

export function statusOf(code: number, reason: string, rest: object = {}): object {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    status: 'Failure',
    code,
    reason,
    message: `it is ${reason}`,
    ...rest,
  }
}
