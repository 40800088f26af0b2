import type { ConnectionOptions } from 'node:tls'
import { isDeepStrictEqual } from 'node:util'
import { Agent, ProxyAgent } from 'undici'
import type { Dispatcher } from 'undici'

export interface ConnectionPool {
  /** The dispatcher for these TLS options; other ones than before (a new client certificate) start a new one. */
  dispatcher(tls: ConnectionOptions): Dispatcher
  close(): Promise<void>
}

/**
 * Keeps connections to one cluster open between calls.
 * @param connections upper bound of open connections, null for none
 */
export function createConnectionPool(options: {
  connections: number | null
  proxyUrl?: string
}): ConnectionPool {
  let known: { tls: ConnectionOptions; dispatcher: Dispatcher } | undefined
  let isClosed = false

  function create(tls: ConnectionOptions): Dispatcher {
    // HTTP/1.1: a watch on a connection of its own can't starve, or be starved by, the others.
    const connect = { ...tls, allowH2: false, keepAliveInitialDelay: 30_000 }
    const shared = {
      connections: options.connections,
      allowH2: false,
      keepAliveTimeout: 60_000,
      headersTimeout: 0,
      bodyTimeout: 0,
    }
    return options.proxyUrl === undefined
      ? new Agent({ ...shared, connect })
      : new ProxyAgent({ ...shared, uri: options.proxyUrl, requestTls: connect })
  }

  return {
    dispatcher(tls) {
      if (known === undefined || (known.tls !== tls && !isDeepStrictEqual(known.tls, tls))) {
        // Calls under way end on the old connections.
        void known?.dispatcher.close()
        known = { tls, dispatcher: create(tls) }
        if (isClosed) void known.dispatcher.destroy()
      }
      return known.dispatcher
    },
    async close() {
      isClosed = true
      await known?.dispatcher.destroy()
    },
  }
}
