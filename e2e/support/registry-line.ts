import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { Transform } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'

/** A line to a registry that can be slow, and be cut; TLS goes through it untouched. */
export interface RegistryLine {
  /** `127.0.0.1:<port>`, the same for good. */
  host: string
  /** Bytes that went towards the registry so far. */
  readonly sent: number
  /** @param bytesPerSecond towards the registry, of all connections together; null for as fast as it goes */
  limit(bytesPerSecond: number | null): void
  /** Nothing more comes through the connections there are; new ones are not affected. */
  freeze(): void
  /** Ends every connection and takes no more, as a registry that is down. */
  cut(): Promise<void>
  /** Takes connections again. */
  mend(): Promise<void>
  stop(): Promise<void>
}

/** @param upstream `127.0.0.1:<port>` of the registry */
export async function startRegistryLine(upstream: string): Promise<RegistryLine> {
  const sockets = new Set<Socket>()
  let sent = 0
  let rate: number | null = null
  let freeAt = 0
  let frozenUntil = 0
  let connections = 0
  const slowed = (connection: number) =>
    new Transform({
      highWaterMark: 16 * 1024,
      transform(chunk: Buffer, _encoding, done) {
        if (connection <= frozenUntil) return
        sent += chunk.length
        if (rate === null) return done(null, chunk)
        const now = performance.now()
        freeAt = Math.max(now, freeAt) + (chunk.length * 1000) / rate
        setTimeout(() => done(null, chunk), freeAt - now)
      },
    })
  const server: Server = createServer((client) => {
    const registry = connect(Number(upstream.split(':')[1]), '127.0.0.1')
    for (const [socket, other] of [
      [client, registry],
      [registry, client],
    ] as const) {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        sockets.delete(socket)
        other.destroy()
      })
    }
    client.pipe(slowed((connections += 1))).pipe(registry)
    registry.pipe(client)
  })
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
  }
  await listen(0)
  const { port } = server.address() as AddressInfo
  const cut = async () => {
    if (!server.listening) return
    const closed = once(server, 'close')
    server.close()
    // An end rather than a reset, of which Node does not always tell the other side over TLS.
    for (const socket of sockets) {
      socket.unpipe()
      socket.resume()
      socket.end()
    }
    await Promise.race([closed, delay(500)])
    for (const socket of sockets) socket.destroy()
    await closed
  }
  return {
    host: `127.0.0.1:${port}`,
    get sent() {
      return sent
    },
    limit(bytesPerSecond) {
      rate = bytesPerSecond
    },
    freeze() {
      frozenUntil = connections
    },
    cut,
    async mend() {
      if (!server.listening) await listen(port)
    },
    stop: cut,
  }
}
