import type { ConnectionOptions } from 'node:tls'
import { isDeepStrictEqual } from 'node:util'
import { Agent, ProxyAgent } from 'undici'
import type { Dispatcher } from 'undici'

export interface ConnectionPool {
  /** The dispatcher for these TLS options; other ones than before (a new client certificate) start a new one. */
  dispatcher(tls: ConnectionOptions): Dispatcher
  /** The next call opens a new connection; calls under way end on the old ones. */
  renew(): void
  close(): Promise<void>
}

/**
 * Idle time before the kernel asks whether the other side is still there. It asks ten times, a second apart (libuv's
 * choice), so that a connection that died on the way is noticed after 14 s.
 */
const KEEP_ALIVE_DELAY_MS = 4000

/**
 * Keeps connections to one cluster open between calls.
 * @param connections upper bound of open connections, null for none
 */
export function createConnectionPool(options: {
  connections: number | null
  proxyUrl?: string
}): ConnectionPool {
  let known: { tls: ConnectionOptions; dispatcher: Dispatcher } | undefined
  const retired = new Set<Dispatcher>()
  let isClosed = false

  function create(tls: ConnectionOptions): Dispatcher {
    // HTTP/1.1: a watch on a connection of its own can't starve, or be starved by, the others.
    const connect = { ...tls, allowH2: false, keepAliveInitialDelay: KEEP_ALIVE_DELAY_MS }
    const shared = {
      connections: options.connections,
      allowH2: false,
      keepAliveTimeout: 60_000,
      headersTimeout: 0,
      bodyTimeout: 0,
    }
    return options.proxyUrl === undefined
      ? new Agent({ ...shared, connect })
      : new ProxyAgent({
          ...shared,
          uri: options.proxyUrl,
          proxyTls: { keepAliveInitialDelay: KEEP_ALIVE_DELAY_MS },
          requestTls: connect,
        })
  }

  /** Calls under way end on the old connections. */
  function retire(): void {
    if (known === undefined) return
    const { dispatcher } = known
    known = undefined
    retired.add(dispatcher)
    const forget = () => retired.delete(dispatcher)
    dispatcher.close().then(forget, forget)
  }

  return {
    dispatcher(tls) {
      if (known === undefined || (known.tls !== tls && !isDeepStrictEqual(known.tls, tls))) {
        retire()
        known = { tls, dispatcher: create(tls) }
        if (isClosed) void known.dispatcher.destroy()
      }
      return known.dispatcher
    },
    renew: retire,
    async close() {
      isClosed = true
      retire()
      await Promise.all([...retired].map((dispatcher) => dispatcher.destroy()))
    },
  }
}
