import type { Readable } from 'node:stream'
import type { Dispatcher } from 'undici'
import { createConnectionPool } from './connection-pool.ts'
import { createCredentials } from './credentials.ts'
import type { TransportOptions } from './http-transport.ts'
import type { UnavailableError } from './kube-error.ts'
import { KubeConfig } from './kube-config.ts'
import { publicAddress } from './load-config.ts'
import { errorFromNetwork } from './network-error.ts'

/** A request of somebody else, to be sent on as it is. */
export interface ForwardRequest {
  method: string
  /** Path below the cluster's address, with its query, sent byte for byte. */
  path: string
  /** Names and values in turns, the sender's own credentials among them. */
  headers: readonly string[]
  body: Readable | null
}

/** How the answer is read. */
export interface ForwardFlow {
  pause(): void
  resume(): void
  /** Gives the request up. */
  abort(): void
}

/** Where the answer goes, piece by piece. */
export interface ForwardAnswer {
  /** Before anything is sent. */
  onFlow(flow: ForwardFlow): void
  onHead(status: number, headers: Readonly<Record<string, string | string[] | undefined>>): void
  onData(chunk: Buffer): void
  onEnd(): void
  onError(error: UnavailableError): void
}

/** Sends other people's requests to one API server, on pooled connections, with nothing of our own identity. */
export interface Forwarder {
  forward(request: ForwardRequest, answer: ForwardAnswer): void
  close(): Promise<void>
}

/** An API server that has the whole request answers by then, if only with its headers. Milliseconds. */
const HEADERS_TIMEOUT_MS = 120_000
/** Watches hold one each. Who comes when all are taken waits for one. */
const MOST_CONNECTIONS = 512

/** Opens no connection before the first request. */
export function createForwarder(config: KubeConfig, options: TransportOptions = {}): Forwarder {
  const cluster = config.getCurrentCluster()
  const url = new URL(options.server ?? cluster?.server ?? '')
  const server = publicAddress(url.href) + (options.pathPrefix ?? '')
  const base = url.pathname.replace(/\/+$/, '') + (options.pathPrefix ?? '')
  const trust = createCredentials(anonymous(config))
  const pool = createConnectionPool({
    connections: MOST_CONNECTIONS,
    ...(cluster?.proxyUrl ? { proxyUrl: cluster.proxyUrl } : {}),
  })

  async function send(request: ForwardRequest, handler: Dispatcher.DispatchHandler): Promise<void> {
    const { tls } = await trust.current()
    pool.dispatcher(tls).dispatch(
      {
        origin: url.origin,
        path: base + request.path,
        method: request.method,
        headers: [...request.headers],
        body: request.body,
        headersTimeout: HEADERS_TIMEOUT_MS,
      },
      handler,
    )
  }

  return {
    forward(request, answer) {
      let mayRepeat = request.body === null && /^(?:GET|HEAD)$/.test(request.method)
      const start = (): void => {
        send(request, handler).catch((error: unknown) => answer.onError(errorFromNetwork(error, server)))
      }
      const handler: Dispatcher.DispatchHandler = {
        onRequestStart: (controller) =>
          answer.onFlow({
            pause: () => controller.pause(),
            resume: () => controller.resume(),
            abort: () => {
              mayRepeat = false
              controller.abort(new Error('given up'))
            },
          }),
        onResponseStart: (_, status, headers) => {
          // 1xx are between the two connections, not for those at their ends.
          if (status < 200) return
          mayRepeat = false
          answer.onHead(status, headers)
        },
        onResponseData: (_, chunk) => answer.onData(chunk),
        onResponseEnd: () => answer.onEnd(),
        onResponseError(_, thrown) {
          const error = errorFromNetwork(thrown, server)
          // A kept connection was closed under our hands.
          if (!mayRepeat || error.reason !== 'ConnectionClosed') return answer.onError(error)
          mayRepeat = false
          start()
        },
      }
      start()
    },
    close: () => pool.close(),
  }
}

/** The same cluster, trusted in the same way, for nobody: no token, no client certificate, no plug-in that is asked. */
function anonymous(config: KubeConfig): KubeConfig {
  const cluster = config.getCurrentCluster()
  if (cluster === null) throw new TypeError('the kubeconfig has no current cluster')
  const bare = new KubeConfig()
  bare.loadFromClusterAndUser(cluster, { name: 'anonymous' })
  return bare
}
